import Foundation
import StanceKit

/// The statements of a task whose labels a model found least probable.
struct HardStatements {
  struct Found {
    let row: Int
    /// The labels that it was given instead.
    let judged: String
    /// Of its labels as they are, those of a multi-label task taken as independent.
    let probability: Double
  }

  /// An index of the data's codebook.
  let task: Int
  /// The hardest first.
  let statements: [Found]

  static func lists(_ material: ReportMaterial, count: Int) -> [HardStatements] {
    let data = material.data
    return material.model.classifiers.indices.compactMap { classifier in
      let task = material.model.classifiers[classifier].task
      guard let judgements = material.judged.judgements[classifier],
        let index = data.codebook.tasks.firstIndex(where: { $0.name == task.name })
      else { return nil }
      let found = data.statements.indices.compactMap { row -> (row: Int, logarithm: Double)? in
        let probabilities = judgements[row].probabilities
        switch data.annotations[index][row] {
        case .unlabelled: return nil
        case .label(let label): return (row, log(probabilities[label]))
        case .labels(let labels):
          let sum = probabilities.indices.reduce(0.0) {
            $0 + log(labels.contains($1) ? probabilities[$1] : 1 - probabilities[$1])
          }
          return (row, sum)
        }
      }.sorted { ($0.logarithm, $0.row) < ($1.logarithm, $1.row) }.prefix(count)
      return HardStatements(
        task: index,
        statements: found.map { row, logarithm in
          let names = judgements[row].bestGuess.map { task.labels[$0].name }
          return Found(
            row: row, judged: names.isEmpty ? "(none)" : names.joined(separator: ";"),
            probability: exp(logarithm))
        })
    }
  }
}
