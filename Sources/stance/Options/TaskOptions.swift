import ArgumentParser
import StanceKit

/// Which tasks are meant, and what a codebook says of them.
struct TaskOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Tasks and labels. Default: those of a model that is given, else those that the data show.",
      valueName: "yaml"), completion: .file(extensions: ["yaml", "yml"]))
  var codebook: String?

  @Option(
    help: ArgumentHelp(
      "Only this task; may be repeated. NAME:multi or NAME:single decides the kind without a codebook.",
      valueName: "name[:kind]"))
  var task: [String] = []

  func validate() throws {
    _ = try names()
  }

  /// The names that are asked for, with their kinds where they are given.
  func names() throws -> [(String, Codebook.Task.Kind?)] {
    try task.map(TaskName.init).map { ($0.name, $0.kind) }
  }

  /// The codebook that the options name, with the tasks that they ask for; `nil` without one.
  func readCodebook() throws -> Codebook? {
    guard let path = codebook else { return nil }
    let book = try Codebook.read(contentsOf: path)
    let wanted = try names()
    guard !wanted.isEmpty else { return book }
    for (name, kind) in wanted {
      guard let known = book.task(named: name) else {
        throw ValidationError(
          "--task: \(path) has no task \"\(name)\", expected one of "
            + book.tasks.map(\.name).joined(separator: ", "))
      }
      if let kind, kind != known.kind {
        throw ValidationError(
          "--task: \(path) says that \"\(name)\" is \(known.kind.rawValue); leave the kind out")
      }
    }
    return try Codebook(
      name: book.name, version: book.version,
      tasks: book.tasks.filter { task in wanted.contains { $0.0 == task.name } })
  }
}

/// A task as it is typed: `NAME`, `NAME:multi` or `NAME:single`.
struct TaskName {
  let name: String
  /// `nil` where the codebook or the data decide.
  let kind: Codebook.Task.Kind?

  init(_ argument: String) throws {
    let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    name = String(parts[0])
    switch parts.dropFirst().first {
    case nil: kind = nil
    case "multi": kind = .multiLabel
    case "single": kind = .singleLabel
    default:
      throw ValidationError(
        "--task: found \"\(argument)\", expected NAME, NAME:multi or NAME:single")
    }
  }
}
