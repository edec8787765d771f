import Foundation

/// How unsure a model is of its answer to a task.
public struct Uncertainty: Hashable, Sendable {
  /// 0 where the model is certain, 1 where it knows nothing. Single-label: −Σ p ln p / ln k. Multi-label:
  /// the mean over the labels of their binary entropies, in bits (Settles 2009, section 3.1).
  public let entropy: Double
  /// 0 where two answers are equally near. Single-label: the highest probability less the next, of
  /// probabilities times weights, as shares, where labels have weights. Multi-label: the distance
  /// |p − threshold| of the label that is nearest to its threshold (Settles 2009, section 3.1; Scheffer et
  /// al. 2001).
  public let margin: Double
  /// The labels between which, or about which, the model is least sure, rising; one or two.
  public let labels: [Int]

  /// - Parameters:
  ///   - probabilities: one for each label.
  ///   - rule: says what the probabilities decide.
  public init(_ probabilities: [Double], _ rule: DecisionRule) {
    self.init(probabilities, rule, standings: nil)
  }

  /// - Parameter standings: what labels compete by, where it is not only the probabilities.
  init(_ probabilities: [Double], _ rule: DecisionRule, standings: [Double]?) {
    switch rule {
    case .mostProbable:
      let standings = standings ?? rule.standings(of: probabilities)
      let order = standings.indices.sorted { (standings[$1], $0) < (standings[$0], $1) }
      let logs = probabilities.reduce(0) { $0 + Self.surprise($1) }
      entropy = logs / log(Double(max(2, probabilities.count)))
      margin =
        order.count > 1 ? standings[order[0]] - standings[order[1]] : 1
      labels = order.prefix(2).sorted()
    case .thresholds(let rules):
      let entropies = probabilities.map {
        (Self.surprise($0) + Self.surprise(1 - $0)) / log(2)
      }
      entropy = entropies.reduce(0, +) / Double(max(1, entropies.count))
      let distances = zip(probabilities, rules).map(Self.distance)
      let nearest = distances.indices.min { (distances[$0], $0) < (distances[$1], $1) }
      margin = nearest.map { distances[$0] } ?? 1
      labels = nearest.map { [$0] } ?? []
    }
  }

  /// How far a statement is from changing sides on one label: |p − threshold|, or in a single-label
  /// task |p − max over the others|, of probabilities times weights, as shares, where labels have weights.
  public static func distance(
    toEdgeOf label: Int, _ probabilities: [Double], _ rule: DecisionRule
  ) -> Double {
    distance(toEdgeOf: label, probabilities, rule, standings: nil)
  }

  /// - Parameter standings: what labels compete by, where it is not only the probabilities.
  static func distance(
    toEdgeOf label: Int, _ probabilities: [Double], _ rule: DecisionRule, standings: [Double]?
  ) -> Double {
    switch rule {
    case .thresholds(let rules): return distance(probabilities[label], rules[label])
    case .mostProbable:
      let standings = standings ?? rule.standings(of: probabilities)
      let others = standings.indices.lazy.filter { $0 != label }.map { standings[$0] }
      return abs(standings[label] - (others.max() ?? 0))
    }
  }

  /// |p − threshold|; a label that is never given would be at a threshold of 1.
  private static func distance(_ probability: Double, _ rule: DecisionRule.LabelRule) -> Double {
    abs(probability - (rule.threshold ?? 1))
  }

  /// −p ln p, which is 0 at 0.
  private static func surprise(_ probability: Double) -> Double {
    probability > 0 ? -probability * log(probability) : 0
  }
}
