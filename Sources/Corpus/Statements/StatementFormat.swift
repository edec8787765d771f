/// How a file of statements is written.
public enum StatementFormat: String, Hashable, Sendable, Codable, CaseIterable {
  /// Comma-separated values (RFC 4180) with a header.
  case csv

  /// Tab-separated values with a header; quoted as in CSV where a field needs it.
  case tsv

  /// One JSON object a line.
  case jsonl

  /// One statement a line.
  case plainText = "text"

  /// What doccano exports and imports for text classification; one task, in the field `label`.
  case doccano

  /// What Label Studio exports and imports: tasks with choices.
  case labelStudio = "label-studio"

  /// What Prodigy exports and imports for text classification; one task.
  case prodigy

  /// fastText's lines: `__label__a __label__b text`; one task.
  case fastText = "fasttext"

  /// The format that a file's extension tells, also before `.gz`; `nil` when it tells none.
  public init?(path: String) {
    var name = path.split(separator: "/").last?.lowercased() ?? ""
    if name.hasSuffix(".gz") { name.removeLast(3) }
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...] {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "jsonl", "ndjson": self = .jsonl
    case "txt": self = .plainText
    default: return nil
    }
  }
}
