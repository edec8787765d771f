/// fastText's lines: labels with the prefix `__label__`, then the text. Labels behind the text are read
/// too; among its words fastText would take them for labels and lose them for the text, so they are an
/// error there.
struct FastTextStatements: StatementParsing {
  static let prefix = "__label__"

  private(set) var columns: ColumnAssignment
  private var lines = LineRecords(breaksAtCarriageReturn: false)
  private let labelRole: ColumnRole

  init(_ columns: ColumnAssignment, name: String) throws(DataErrors) {
    self.columns = columns
    let location = SourceLocation(file: name, line: 0)
    do throws(DataError) {
      _ = try self.columns.role(of: columns.options.textColumn, canBeTask: false, at: location)
      labelRole = try self.columns.role(
        of: BridgedRecords.labelField, canBeTask: true, at: location)
    } catch { throw DataErrors([error]) }
  }

  mutating func read(
    into statement: inout Statement, from buffer: inout ByteBuffer
  ) throws(DataError) -> Bool {
    guard let range = try lines.next(from: &buffer) else { return false }
    statement.location = buffer.location
    guard let line = buffer.string(range) else {
      throw DataError(.invalidUTF8, at: buffer.location, Wording.notUTF8("the line"))
    }
    columns.makeRoom(in: &statement)
    var text = Substring(line)
    var labels: [String] = []
    func add(_ word: Substring) throws(DataError) {
      let label = word.dropFirst(Self.prefix.count)
      guard !label.isEmpty, !label.utf8.contains(UInt8(ascii: ";")) else {
        throw DataError(
          .unknownLabel, at: buffer.location,
          "found a label that is empty or has \";\"; expected a name behind \(Self.prefix): correct it"
        )
      }
      labels.append(String(label))
    }
    while text.hasPrefix(Self.prefix) {
      let end = text.firstIndex(where: Self.isSpace) ?? text.endIndex
      try add(text[..<end])
      text = end < text.endIndex ? text[text.index(after: end)...] : text[end...]
    }
    while let space = text.lastIndex(where: Self.isSpace),
      text[text.index(after: space)...].hasPrefix(Self.prefix)
    {
      try add(text[text.index(after: space)...])
      text = text[..<space]
    }
    guard !text.split(whereSeparator: Self.isSpace).contains(where: { $0.hasPrefix(Self.prefix) })
    else {
      throw DataError(
        .unknownLabel, at: buffer.location,
        "found \(Self.prefix) in the midst of the text; expected labels before the text: move it")
    }
    statement.text = String(text)
    switch labelRole {
    case .task(let task): statement.annotations[task] = cell(labels)
    case .extra(let extra):
      statement.extras[extra] = .json(JSONValue.array(labels.map(JSONValue.string)).text)
    case .known: preconditionFailure("no known column is called label")
    }
    return true
  }

  /// One label as it is, so that tasks with one label each are told from others.
  private func cell(_ labels: [String]) -> String {
    labels.count == 1 ? labels[0] : labels.isEmpty ? ";" : labels.map { $0 + ";" }.joined()
  }

  private static func isSpace(_ character: Character) -> Bool {
    character == " " || character == "\t"
  }
}
