import ArgumentParser
import StanceKit

/// Which tasks are meant, and what a codebook says of them.
struct TaskOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Tasks and labels. Default: the model's, where the command takes one, else those that the data show.",
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
  ///
  /// - Returns: each once, in the order of their first mention.
  func names() throws -> [Codebook.WantedTask] {
    var found: [Codebook.WantedTask] = []
    for name in try task.map(TaskName.init) {
      guard let index = found.firstIndex(where: { $0.name == name.name }) else {
        found.append((name.name, name.kind))
        continue
      }
      if let first = found[index].kind, let second = name.kind, first != second {
        throw ValidationError(
          "--task: found \"\(oneLine(name.name))\" as \(first.rawValue) and as \(second.rawValue), "
            + "expected one of them")
      }
      found[index].kind = found[index].kind ?? name.kind
    }
    return found
  }

  /// The codebook that the options name, with the tasks that they ask for; `nil` without one.
  func readCodebook() throws -> Codebook? {
    try codebook.map { try selected(from: Codebook.read(contentsOf: $0), called: $0) }
  }

  /// A codebook with the tasks that the options ask for; all where they ask for none.
  ///
  /// - Parameter name: what errors call it.
  func selected(from book: Codebook, called name: String) throws -> Codebook {
    let wanted = try names()
    do throws(DataErrors) {
      return try book.selecting(wanted, called: oneLine(name))
    } catch {
      throw ValidationError("\(error)")
    }
  }
}

extension [String] {
  /// Each once, in the order of their first mention.
  var distinct: [String] {
    var known = Set<String>()
    return filter { known.insert($0).inserted }
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
