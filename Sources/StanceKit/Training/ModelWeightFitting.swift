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
    return isSingleLabel
      ? ProbabilityScores.logLoss(
        rowMajorProbabilities: probabilities, gold: observed.gold, labelCount: probabilities.count)
      : ProbabilityScores.logLoss(
        probabilities: probabilities,
        positives: probabilities.indices.map(observed.gold.contains))
  }

  /// Where nothing is known, as if there had been five more codings of which four agree with a copy's,
  /// about a label of which the model knows nothing.
  private static func priorLoss(_ weight: Double) -> Double {
    let agreements = [true, true, true, true, false]
    let evidence = CodingEvidence(carried: [1], total: 1, modelWeight: weight)
    let probability = evidence.probability(0.5, label: 0)
    return Double(agreements.count)
      * ProbabilityScores.logLoss(
        probabilities: agreements.map { _ in probability }, positives: agreements)
  }
}
