/// How good a candidate is out-of-fold, and how much of a lead over another may be chance.
struct CandidateScore: Sendable {
  /// The macro F1 of all observations, by the thresholds that would be set on them.
  let macroF1: Double
  /// For each fold the macro F1 of all observations but its own.
  private let withoutFold: [Double]

  /// Of a candidate that fell out of the race: below all others.
  static let dropped = CandidateScore(macroF1: -.infinity, withoutFold: [])

  private init(macroF1: Double, withoutFold: [Double]) {
    self.macroF1 = macroF1
    self.withoutFold = withoutFold
  }

  /// Scores observations of a task.
  ///
  /// - Parameters:
  ///   - scores: observations × labels, out-of-fold.
  ///   - rows: the observations to look at.
  ///   - folds: of all observations.
  init(_ data: TaskData, _ scores: Matrix, rows: [Int], folds: Folds) {
    var counts = FoldCounts(labels: data.labelCount, folds: folds.count)
    switch data.task.kind {
    case .multiLabel:
      for label in 0..<data.labelCount {
        let values = rows.map { LogisticFunctions.sigmoid(scores[$0, label]) }
        let positives = data.positives(label, rows)
        let threshold = Thresholds.steadyF1(probabilities: values, positives: positives)
        for (index, row) in rows.enumerated() {
          counts.add(
            label, fold: folds.foldOfRow[row], isPositive: positives[index],
            isPredicted: Thresholds.isOn(values[index], at: threshold))
        }
      }
    case .singleLabel:
      let rule = DecisionRule.standard(for: data.task)
      for row in rows {
        let predicted = rule.labels(of: Array(scores.row(row))).first
        let gold = data.gold[row]?.first ?? 0
        for label in Set([gold, predicted ?? gold]) {
          counts.add(
            label, fold: folds.foldOfRow[row], isPositive: gold == label,
            isPredicted: predicted == label)
        }
      }
    }
    macroF1 = counts.macroF1(without: nil)
    withoutFold = (0..<folds.count).filter(counts.isUsed).map { counts.macroF1(without: $0) }
  }

  /// The mean of several tasks' scores under one recipe.
  init(mean scores: [CandidateScore]) {
    let count = Double(max(1, scores.count))
    macroF1 = scores.reduce(0) { $0 + $1.macroF1 } / count
    let folds = scores.map(\.withoutFold.count).min() ?? 0
    withoutFold = (0..<folds).map { fold in
      scores.reduce(0) { $0 + $1.withoutFold[fold] } / count
    }
  }

  /// Whether `better` leads by no more than one standard error of the difference.
  ///
  /// The error is the jackknife's over folds, of both candidates on the same statements:
  /// √((k − 1)/k Σ (dᵢ − d̄)²), with dᵢ the difference without fold i (Efron & Tibshirani, An
  /// Introduction to the Bootstrap, 1993, equation 11.5; Breiman et al., Classification and Regression
  /// Trees, 1984, section 3.4.3, for taking the simpler of two that tie).
  func ties(with better: CandidateScore) -> Bool {
    let count = min(withoutFold.count, better.withoutFold.count)
    guard count > 1 else { return macroF1 >= better.macroF1 }
    let differences = (0..<count).map { better.withoutFold[$0] - withoutFold[$0] }
    let mean = differences.reduce(0, +) / Double(count)
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (Double(count - 1) / Double(count) * squares).squareRoot()
    return better.macroF1 - macroF1 <= error
  }

  /// The one with the highest score, the first of equals.
  static func best(of candidates: [CandidateScore]) -> Int {
    var best = 0
    for index in candidates.indices where candidates[index].macroF1 > candidates[best].macroF1 {
      best = index
    }
    return best
  }

  /// The first of some recipes, ordered from the simplest, that ties with the best of them.
  static func simplest(of recipes: [CandidateScore]) -> Int {
    let best = best(of: recipes)
    return recipes.firstIndex { $0.ties(with: recipes[best]) } ?? best
  }
}

/// For each label and fold the true positives, and twice these plus all errors: F1 is twice the one by
/// the other.
private struct FoldCounts {
  private let labels: Int
  private let folds: Int
  private var truePositives: [Int]
  private var denominators: [Int]

  init(labels: Int, folds: Int) {
    self.labels = labels
    self.folds = folds
    truePositives = Array(repeating: 0, count: labels * folds)
    denominators = truePositives
  }

  mutating func add(_ label: Int, fold: Int, isPositive: Bool, isPredicted: Bool) {
    let place = label * folds + fold
    if isPositive && isPredicted { truePositives[place] += 1 }
    denominators[place] += (isPositive ? 1 : 0) + (isPredicted ? 1 : 0)
  }

  func isUsed(_ fold: Int) -> Bool { (0..<labels).contains { denominators[$0 * folds + fold] > 0 } }

  /// The mean F1 of the labels that occur or are predicted, outside of a fold.
  func macroF1(without fold: Int?) -> Double {
    var sum = 0.0
    var present = 0
    for label in 0..<labels {
      let places = (label * folds..<(label + 1) * folds).filter {
        $0 != fold.map { label * folds + $0 }
      }
      let denominator = places.reduce(0) { $0 + denominators[$1] }
      guard denominator > 0 else { continue }
      present += 1
      sum += 2 * Double(places.reduce(0) { $0 + truePositives[$1] }) / Double(denominator)
    }
    return present == 0 ? 0 : sum / Double(present)
  }
}
