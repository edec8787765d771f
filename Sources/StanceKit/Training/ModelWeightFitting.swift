import Foundation

/// Learns for how many codings of near copies the model's own probability counts, from statements that
/// have near copies in training: each is judged by a model that saw none of them.
struct ModelWeightFitting {
  /// One labelled statement with near copies.
  struct Case {
    let evidence: CodingEvidence
    /// One for each label, out-of-fold and calibrated.
    let probabilities: [Double]
    /// Rising.
    let gold: [Int]
    /// How much it counts, above 0.
    var weight = 1.0
  }

  private let isSingleLabel: Bool

  init(_ task: Codebook.Task) { isSingleLabel = task.kind == .singleLabel }

  /// The weight with the smallest log loss.
  func weight(_ cases: [Case]) -> Double {
    Self.grid.map { (loss: loss(cases, $0), weight: $0) }.min { $0 < $1 }?.weight ?? 1
  }

  /// Steps of a quarter of a doubling, from 1/64 to 8: finer ones change no probability by more than 0.03.
  private static let grid = (-24...12).map { exp2(Double($0) / 4) }

  private func loss(_ cases: [Case], _ weight: Double) -> Double {
    cases.reduce(Self.priorLoss(weight)) { $0 + $1.weight * loss($1, weight) }
  }

  private func loss(_ observed: Case, _ weight: Double) -> Double {
    var evidence = observed.evidence
    evidence.modelWeight = weight
    let probabilities = evidence.probabilities(observed.probabilities)
    if isSingleLabel { return observed.gold.reduce(0) { $0 - Self.log(probabilities[$1]) } }
    let loss = probabilities.indices.reduce(0.0) { loss, label in
      let probability = probabilities[label]
      return loss - Self.log(observed.gold.contains(label) ? probability : 1 - probability)
    }
    return loss / Double(probabilities.count)
  }

  /// Where nothing is known, as if there had been five more codings of which four agree with a copy's,
  /// about a label of which the model knows nothing.
  private static func priorLoss(_ weight: Double) -> Double {
    let agreement = (1 + weight / 2) / (1 + weight)
    let disagreement = weight / 2 / (1 + weight)
    return -4 * log(agreement) - log(disagreement)
  }

  /// Probabilities that are 0 in all digits cost no more than those of one in a million.
  private static func log(_ probability: Double) -> Double {
    Foundation.log(max(probability, 1e-6))
  }
}
