/// Makes a curve of the runs of one task: means, intervals, the law that fits them and its forecast.
struct CurveFitting {
  let configuration: LearningCurveMeasurement.Configuration
  let task: Int
  let runs: [SubsetRun]

  /// Fewer labelled statements say nothing of how a score grows.
  static let fewestStatements = 100
  /// Fewer sizes than this fit any curve.
  static let fewestSizes = 4
  /// A forecast that leaves more than this open is none.
  static let widestInterval = 0.1
  private static let level = 0.95

  func curve() -> LearningCurve {
    let data = runs[0].tasks[task]
    let shares = configuration.shares.indices.filter { share in
      runs.allSatisfy { $0.answers[task][share] != nil }
    }
    let tallies = runs.map { run in
      shares.map { Tally(data, run.answers[task][$0] ?? []) }
    }
    let counts = shares.map { share in
      runs.reduce(0) { $0 + $1.trainingCounts[task][share] } / Double(runs.count)
    }
    let whole = [Int](repeating: 1, count: data.gold.count)
    let means = mean(tallies.map { $0.map { $0.macroF1(weights: whole) } })
    let draws = bootstrap(tallies, sizes: shares.count)
    let points = shares.indices.map { index in
      LearningCurve.Point(
        share: configuration.shares[shares[index]], trainingCount: counts[index],
        macroF1: means[index], interval: interval(draws.map { $0[index] }))
    }
    let labelled = data.labelledRows.count
    return LearningCurve(
      task: data.task.name, points: points, labelledCount: labelled,
      forecast: forecast(counts, means, draws, labelled))
  }

  private func forecast(
    _ counts: [Double], _ means: [Double], _ draws: [[Double]], _ labelled: Int
  ) -> LearningCurve.Forecast {
    if labelled < Self.fewestStatements {
      return .tooFewPoints(
        "found \(labelled) labelled statements, expected at least \(Self.fewestStatements)")
    }
    guard counts.count >= Self.fewestSizes, let law = fit(counts, means) else {
      return .tooFewPoints(
        "found \(counts.count) sizes at which every fold has all labels, expected at least "
          + "\(Self.fewestSizes)")
    }
    func gain(_ law: PowerLaw) -> Double {
      law.score(at: Double(labelled) + Double(configuration.more)) - law.score(at: Double(labelled))
    }
    let interval = interval(draws.compactMap { fit(counts, $0).map(gain) })
    guard interval.upperBound - interval.lowerBound <= Self.widestInterval else {
      return .tooFewPoints(
        "the gain could be anything in a range of more than \(Self.widestInterval)")
    }
    return .gain(
      LearningCurve.Gain(
        more: configuration.more, law: law, gain: gain(law), interval: interval))
  }

  private func fit(_ counts: [Double], _ scores: [Double]) -> PowerLaw? {
    PowerLaw.fit(
      counts: counts, scores: scores, weights: [Double](repeating: 1, count: counts.count))
  }

  /// The mean curves of so many samples of groups of statements and of repetitions, both drawn with
  /// replacement.
  private func bootstrap(_ tallies: [[Tally]], sizes: Int) -> [[Double]] {
    let groups = runs[0].groups
    let distinct = Array(Set(groups)).sorted()
    let places = Dictionary(
      distinct.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first }
    )
    let placeOfRow = groups.map { places[$0] ?? 0 }
    var generator = SplitMix64(seed: configuration.seed)
    return (0..<configuration.draws).map { _ in
      var drawn = [Int](repeating: 0, count: distinct.count)
      for _ in distinct { drawn[index(below: distinct.count, &generator)] += 1 }
      let weights = placeOfRow.map { drawn[$0] }
      let chosen = runs.indices.map { _ in index(below: runs.count, &generator) }
      var scores: [Int: [Double]] = [:]
      for run in chosen where scores[run] == nil {
        scores[run] = tallies[run].map { $0.macroF1(weights: weights) }
      }
      return mean(chosen.map { scores[$0] ?? [Double](repeating: 0, count: sizes) })
    }
  }

  private func index(below count: Int, _ generator: inout SplitMix64) -> Int {
    Int(generator.next().multipliedFullWidth(by: UInt64(count)).high)
  }

  private func mean(_ curves: [[Double]]) -> [Double] {
    guard let first = curves.first else { return [] }
    return first.indices.map { index in
      curves.reduce(0) { $0 + $1[index] } / Double(curves.count)
    }
  }

  private func interval(_ values: [Double]) -> ClosedRange<Double> {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return 0...0 }
    let tail = Int((1 - Self.level) / 2 * Double(sorted.count))
    return tail == 0 ? first...last : sorted[tail]...sorted[sorted.count - 1 - tail]
  }
}

/// Who was right about what, ready to be counted again with other weights.
private struct Tally {
  private let labelCount: Int
  private var right: [(row: Int, label: Int)] = []
  private var missed: [(row: Int, label: Int)] = []
  private var wrong: [(row: Int, label: Int)] = []

  init(_ data: TaskData, _ answers: [[Int]]) {
    labelCount = data.labelCount
    for row in data.labelledRows where row < answers.count {
      let gold = data.gold[row] ?? []
      for label in gold {
        if answers[row].contains(label) {
          right.append((row, label))
        } else {
          missed.append((row, label))
        }
      }
      for label in answers[row] where !gold.contains(label) { wrong.append((row, label)) }
    }
  }

  /// The mean F1 of the labels that some weighted statement carries.
  func macroF1(weights: [Int]) -> Double {
    var counts = [(right: Int, missed: Int, wrong: Int)](repeating: (0, 0, 0), count: labelCount)
    for (row, label) in right { counts[label].right += weights[row] }
    for (row, label) in missed { counts[label].missed += weights[row] }
    for (row, label) in wrong { counts[label].wrong += weights[row] }
    let supported = counts.filter { $0.right + $0.missed > 0 }
    guard !supported.isEmpty else { return 0 }
    return supported.reduce(0) {
      $0 + Double(2 * $1.right) / Double(2 * $1.right + $1.missed + $1.wrong)
    } / Double(supported.count)
  }
}
