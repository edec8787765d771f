import ArgumentParser

/// How results are written.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, jsonl, csv, markdown

  /// - Throws: when the command has no use for the format.
  func require(_ known: [OutputFormat], of command: String) throws {
    guard known.contains(self) else {
      throw ValidationError(
        "--format: `\(command)` does not write \(rawValue), expected "
          + known.map(\.rawValue).joined(separator: ", "))
    }
  }
}
