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
  /// The statements of training that it is nearly the same as, whose codings count.
  let copies: [ShownNeighbour]

  var explanation: Explanation { terms.explanation }
}

/// A statement that is like the explained one.
struct ShownNeighbour {
  let id: String
  let similarity: Double
  /// `nil` where it stands among near copies.
  let isNearCopy: Bool?
  /// For each of the model's tasks the labels that the file gives, `nil` where it gives none.
  let gold: [String?]
  /// `nil` unless asked for.
  let text: String?
}

extension ShownNeighbour {
  /// The near copies that a model knows of an explained statement.
  static func copies(_ explanation: Explanation, _ model: Model) -> [ShownNeighbour] {
    guard let known = model.knownStatements else { return [] }
    return explanation.judgement.copies.map { copy in
      ShownNeighbour(
        id: known.id(copy.number), similarity: copy.similarity, isNearCopy: nil,
        gold: model.classifiers.enumerated().map { task, classifier in
          known.codings(copy.number, task: task).map { codings in
            codings.carried.enumerated().filter { $0.element > 0 }.map { label, weight in
              classifier.task.labels[label].name
                + (weight == codings.total
                  ? "" : " (\(shortest(weight)) of \(shortest(codings.total)))")
            }.joined(separator: ";")
          }
        }, text: nil)
    }
  }
}

extension Explanation.LabelSum {
  /// `0.93`, or `0.93, without near copies 0.62`.
  var shownProbability: String {
    twoDigits(probability)
      + (probabilityWithoutCopies.map { ", without near copies \(twoDigits($0))" } ?? "")
  }
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
