import ArgumentParser
import StanceKit

/// A statement and why the model decided as it did.
struct ExplainedStatement {
  let terms: ShownTerms
  /// `nil` for a statement from the command line.
  let id: String?
  let text: String
  /// Whether the text may be shown in full.
  let showsText: Bool
  let neighbours: [ShownNeighbour]

  var explanation: Explanation { terms.explanation }
}

/// A statement that is like the explained one.
struct ShownNeighbour {
  let id: String
  let similarity: Double
  let isNearCopy: Bool
  /// For each of the model's tasks the labels that the file gives, `nil` where it gives none.
  let gold: [String?]
  /// `nil` unless asked for.
  let text: String?
}

/// Writes explanations in one of the formats.
protocol ExplanationWriter: Sendable {
  /// What comes before the first statement.
  func header() -> [UInt8]
  func append(_ explained: ExplainedStatement, to bytes: inout [UInt8])
  /// What comes after the last.
  func footer() -> [UInt8]
}

extension ExplanationWriter {
  func header() -> [UInt8] { [] }
  func footer() -> [UInt8] { [] }
}

/// How explanations are written.
enum ExplanationFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, jsonl, html, markdown

  /// - Precondition: not `markdown`, which only `--global` writes.
  func writer(_ model: Model) -> any ExplanationWriter {
    switch self {
    case .table, .markdown: ExplanationTable(model: model)
    case .json, .jsonl: ExplanationRecords(model: model)
    case .html: ExplanationPage(model: model)
    }
  }
}
