/// How the two sides of a label, or the classes of a task, share the weight of the rows.
public enum ClassWeighting: String, Hashable, Codable, Sendable, CaseIterable {
  /// Each row counts with its own weight.
  case uniform
  /// Each side gets the same total: a row's weight is multiplied by Σw / (sides · Σ of its side).
  ///
  /// This is scikit-learn's `class_weight="balanced"` with rows counted by their weights, so that
  /// a weight of 2 still equals a repeated row.
  case balanced
}

/// Which labels each row carries, with a weight for every row and label.
public struct LabelIndicators: Hashable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of labels.
  public let labels: Int
  /// Whether a row carries a label, rows × labels, row after row.
  public let positive: [Bool]
  /// The weight of a row for a label, rows × labels, row after row; at least 0. A label that is
  /// unknown for a row has weight 0 there.
  public let weights: [Double]
  /// The share of each row's weight that counts for the other side, in 0..<0.5: label smoothing.
  ///
  /// With ε a row that carries a label is fitted as if it did so with probability 1 − ε, and one
  /// that does not as if with ε. No row then asks for a probability nearer to 0 or 1 than that, and
  /// one whose label was forgotten by a coder pulls less at the coefficients.
  ///
  /// Source: Szegedy, Vanhoucke, Ioffe, Shlens & Wojna, "Rethinking the inception architecture for
  /// computer vision" (2016), section 7.
  public let smoothing: Double

  /// Makes indicators with a weight for every row and label.
  ///
  /// - Parameters:
  ///   - positive: rows × labels, row after row.
  ///   - weights: as many, finite and at least 0; checked when a model is fitted.
  ///   - smoothing: in 0..<0.5.
  public init(
    rows: Int, labels: Int, positive: [Bool], weights: [Double], smoothing: Double = 0
  ) {
    precondition(
      rows >= 0 && labels >= 0 && positive.count == rows * labels
        && weights.count == positive.count,
      "\(rows) × \(labels) indicators and weights")
    precondition((0..<0.5).contains(smoothing), "a smoothing of \(smoothing)")
    self.rows = rows
    self.labels = labels
    self.positive = positive
    self.weights = weights
    self.smoothing = smoothing
  }

  /// Makes indicators with a weight for every row.
  ///
  /// - Parameters:
  ///   - labels: the number of labels.
  ///   - positive: rows × labels, row after row.
  ///   - rowWeights: one weight a row, finite and at least 0.
  ///   - weighting: how a label's two sides share the weight.
  ///   - smoothing: in 0..<0.5.
  public init(
    labels: Int, positive: [Bool], rowWeights: [Double], weighting: ClassWeighting = .uniform,
    smoothing: Double = 0
  ) {
    let rows = rowWeights.count
    precondition(positive.count == rows * labels, "\(rows) × \(labels) indicators")
    var weights = [Double](repeating: 0, count: rows * labels)
    for label in 0..<labels {
      var (positiveWeight, negativeWeight) = (0.0, 0.0)
      for row in 0..<rows {
        if positive[row * labels + label] {
          positiveWeight += rowWeights[row]
        } else {
          negativeWeight += rowWeights[row]
        }
      }
      let sum = positiveWeight + negativeWeight
      for row in 0..<rows {
        let side = positive[row * labels + label] ? positiveWeight : negativeWeight
        weights[row * labels + label] =
          switch weighting {
          case .uniform: rowWeights[row]
          // A side without weight has no row that needs a factor.
          case .balanced: side > 0 ? rowWeights[row] * (sum / (2 * side)) : 0
          }
      }
    }
    self.init(
      rows: rows, labels: labels, positive: positive, weights: weights, smoothing: smoothing)
  }

  /// The labels that all rows of positive weight carry, or none: they have no regression, and a
  /// fit with one of them throws.
  public var labelsWithOneOutcome: [Int] {
    (0..<labels).filter { label in
      var (hasPositive, hasNegative) = (false, false)
      for position in stride(from: label, to: rows * labels, by: labels)
      where weights[position] > 0 {
        if positive[position] { hasPositive = true } else { hasNegative = true }
        if hasPositive && hasNegative { return false }
      }
      return true
    }
  }
}

/// The class of each row, with a weight for every row.
public struct ClassTargets: Hashable, Sendable {
  /// The class of each row, each in `0..<classCount`.
  public let classes: [Int]
  /// The number of classes, at least 2.
  public let classCount: Int
  /// The weight of each row, at least 0.
  public let weights: [Double]

  /// Makes targets of classes and row weights.
  ///
  /// - Parameters:
  ///   - classes: one class a row, each in `0..<classCount`.
  ///   - classCount: at least 2.
  ///   - rowWeights: one weight a row, finite and at least 0; nil for 1 each.
  ///   - weighting: how the classes share the weight.
  public init(
    classes: [Int], classCount: Int, rowWeights: [Double]? = nil,
    weighting: ClassWeighting = .uniform
  ) {
    precondition(classCount >= 2, "a softmax needs 2 classes, not \(classCount)")
    precondition(
      classes.allSatisfy { $0 >= 0 && $0 < classCount }, "classes are below \(classCount)")
    let rowWeights = rowWeights ?? Array(repeating: 1, count: classes.count)
    precondition(rowWeights.count == classes.count, "one weight for each of \(classes.count) rows")
    self.classes = classes
    self.classCount = classCount
    switch weighting {
    case .uniform: self.weights = rowWeights
    case .balanced:
      var classWeights = [Double](repeating: 0, count: classCount)
      for (row, weight) in rowWeights.enumerated() { classWeights[classes[row]] += weight }
      // Only classes that occur share the weight.
      let present = Double(classWeights.count { $0 > 0 })
      let sum = classWeights.reduce(0, +)
      self.weights = rowWeights.enumerated().map { row, weight in
        let side = classWeights[classes[row]]
        return side > 0 ? weight * (sum / (present * side)) : 0
      }
    }
  }

  /// The classes without a row of positive weight: a fit with one of them throws.
  public var emptyClasses: [Int] {
    var isEmpty = [Bool](repeating: true, count: classCount)
    for (row, weight) in weights.enumerated() where weight > 0 { isEmpty[classes[row]] = false }
    return (0..<classCount).filter { isEmpty[$0] }
  }
}
