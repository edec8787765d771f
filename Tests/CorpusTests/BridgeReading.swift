import Corpus

/// Reading files of other tools from memory.
protocol BridgeReading {}

extension BridgeReading {
  func read(
    _ text: String, _ format: StatementFormat, tasks: [String] = ["stance"],
    _ change: (inout ReadingOptions) -> Void = { _ in }
  ) throws -> StatementSet {
    var options = ReadingOptions(tasks: tasks)
    options.format = format
    change(&options)
    return try StatementSet.read(
      StatementReader(Array(text.utf8), name: "file.json", options: options))
  }

  func labels(_ set: StatementSet, _ task: Int = 0) -> [[String]?] {
    set.statements.map { $0.annotations[task].map(AnnotationCell.labels) }
  }

  func messages(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return ""
  }
}
