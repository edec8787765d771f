/// Labels that out-of-fold probabilities contradict.
///
/// With t_j the mean of p̂(j) over the statements that were given label j (how sure the classifier
/// is of the label where it is said to be), a statement given i is suspect when
///
///     j = argmax over l with p̂(l) ≥ t_l of p̂(l)
///
/// exists and differs from i: the statements off the diagonal of the confident joint. They are
/// ranked by self-confidence, p̂(i); the lowest is the most suspect. (Of several classes, it finds more
/// of the labels that were turned than the normalized margin p̂(i) − max over l ≠ i of p̂(l) does.)
///
/// Source: Northcutt, Jiang & Chuang, "Confident Learning: Estimating Uncertainty in Dataset
/// Labels", JAIR 70 (2021), equations 1 and 2, and section 3.3 for the ranking.
public struct ConfidentLearning: Hashable, Sendable {
  /// A label that is likely to be wrong.
  public struct Suspect: Hashable, Sendable {
    /// The statement.
    public let row: Int
    /// The label it was given.
    public let given: Int
    /// The label that is more likely.
    public let suggested: Int
    /// p̂(given), in 0...1.
    public let confidence: Double
  }

  /// t_j; `nil` for a label that no statement was given.
  public let thresholds: [Double?]
  /// The most suspect first.
  public let suspects: [Suspect]

  /// - Parameters:
  ///   - rowMajorProbabilities: n × k, out-of-fold, in 0...1.
  ///   - given: n labels in 0..<k.
  ///   - labelCount: k, at least 2.
  /// - Complexity: O(n k + s log s) for s suspects.
  public init(rowMajorProbabilities: [Double], given: [Int], labelCount: Int) {
    precondition(labelCount >= 2, "a label can be wrong only where there is another")
    ProbabilityScores.check(rowMajorProbabilities, count: given.count * labelCount)
    var sums = [Double](repeating: 0, count: labelCount)
    var counts = [Int](repeating: 0, count: labelCount)
    for (row, label) in given.enumerated() {
      precondition(0..<labelCount ~= label, "label outside 0..<\(labelCount)")
      sums[label] += rowMajorProbabilities[row * labelCount + label]
      counts[label] += 1
    }
    let thresholds = zip(sums, counts).map { $1 == 0 ? nil : $0 / Double($1) }
    self.thresholds = thresholds
    var suspects: [Suspect] = []
    for (row, label) in given.enumerated() {
      let probabilities = rowMajorProbabilities[row * labelCount..<(row + 1) * labelCount]
      let first = probabilities.startIndex
      var best: Int?
      for other in 0..<labelCount {
        let probability = probabilities[first + other]
        guard let threshold = thresholds[other], probability >= threshold else { continue }
        if best.map({ probability > probabilities[first + $0] }) ?? true { best = other }
      }
      guard let best, best != label else { continue }
      suspects.append(
        Suspect(
          row: row, given: label, suggested: best, confidence: probabilities[first + label]))
    }
    self.suspects = suspects.sorted { ($0.confidence, $0.row) < ($1.confidence, $1.row) }
  }

  /// One label of a multi-label task: was it rightly given or withheld?
  ///
  /// The two answers are the classes 0 (not given) and 1 (given), with probabilities 1 − p̂ and p̂.
  ///
  /// - Parameters:
  ///   - probabilities: of the label, one per statement, out-of-fold, in 0...1.
  ///   - positives: one per statement: was it given the label?
  public init(probabilities: [Double], positives: [Bool]) {
    self.init(
      rowMajorProbabilities: probabilities.flatMap { [1 - $0, $0] },
      given: positives.map { $0 ? 1 : 0 }, labelCount: 2)
  }
}
