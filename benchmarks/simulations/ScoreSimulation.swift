import Evaluation

/// Intervals of scores, and of differences of two classifiers' scores.
struct ScoreSimulation {
  let population: Population
  let statementCount: Int

  /// A line of the result.
  struct Row {
    let score: String
    let truth: Double
    var coverage = Coverage()
  }

  // MARK: Scores

  /// Rates, F1 and averages of one classifier.
  func scores(runs: Int, seed: UInt64) -> [Row] {
    let truth = Truth(population, errors: 1)
    let found = repeated(runs, seed: seed) { generator -> [ClosedRange<Double>?] in
      let sample = population.sample(statementCount, using: &generator)
      guard
        let intervals = ScoreIntervals(
          labelCount: population.labelCount, gold: sample.gold, predicted: sample.first,
          isSingleLabel: population.isSingleLabel, groups: sample.groups,
          bootstrap: Bootstrap(seed: generator.next()))
      else { return [] }
      return [intervals.correct, intervals.macroF1, intervals.microF1]
        + intervals.perLabel.flatMap { [$0.precision, $0.recall, $0.f1] }
        + cells.map { gold, given in intervals.rowShares?[gold]?[given] }
    }
    var rows = [
      Row(score: population.isSingleLabel ? "accuracy" : "exact match", truth: truth.correct),
      Row(score: "macro F1", truth: truth.macroF1), Row(score: "micro F1", truth: truth.microF1),
    ]
    for label in 0..<population.labelCount {
      rows += [
        Row(score: "precision of label \(label + 1)", truth: truth.precision(label)),
        Row(score: "recall of label \(label + 1)", truth: truth.recall(label)),
        Row(score: "F1 of label \(label + 1)", truth: truth.f1(label)),
      ]
    }
    rows += cells.map { gold, given in
      Row(score: "cell \(gold + 1), \(given + 1) of the matrix", truth: truth.rows[gold][given])
    }
    return counted(rows, found)
  }

  /// Cells beside the diagonal, which recall is about.
  private var cells: [(Int, Int)] {
    guard population.isSingleLabel else { return [] }
    let last = population.labelCount - 1
    return [(0, last), (last, 0)]
  }

  // MARK: Differences

  /// Differences of two classifiers.
  func differences(runs: Int, seed: UInt64) -> [Row] {
    let truths = (
      Truth(population, errors: 1), Truth(population, errors: population.secondErrors)
    )
    // Intervals are looked at, so few swaps.
    let found = comparisons(runs, seed, resamples: 2000, swaps: 99).map {
      [$0.macroF1.interval, $0.correct.interval]
    }
    return counted(
      [
        Row(
          score: "difference in macro F1", truth: truths.1.macroF1 - truths.0.macroF1),
        Row(
          score: "difference in \(population.isSingleLabel ? "accuracy" : "exact match")",
          truth: truths.1.correct - truths.0.correct),
      ], found)
  }

  /// How often tests call a difference at the level of 5 %: macro F1 by swaps, all labels right by
  /// McNemar's test, any label by Holm's correction.
  func calls(runs: Int, seed: UInt64) -> (swaps: Double, mcNemar: Double, holm: Double) {
    // And here the other way round.
    let found = comparisons(runs, seed, resamples: 100, swaps: 999)
    func share(_ isCalled: (ScoreComparison) -> Bool) -> Double {
      Double(found.count(where: isCalled)) / Double(found.count)
    }
    return (
      share { $0.macroF1.pValue <= 0.05 }, share { $0.mcNemar.pValue <= 0.05 },
      share { $0.labels.contains { $0.adjustedPValue <= 0.05 } }
    )
  }

  private func comparisons(
    _ runs: Int, _ seed: UInt64, resamples: Int, swaps: Int
  ) -> [ScoreComparison] {
    repeated(runs, seed: seed) { generator in
      let sample = population.sample(statementCount, using: &generator)
      return ScoreComparison(
        labelCount: population.labelCount, gold: sample.gold,
        answers: (sample.first, sample.second), groups: sample.groups,
        configuration: .init(
          bootstrap: Bootstrap(resampleCount: resamples, seed: generator.next()), swapCount: swaps))
    }
  }

  private func counted(_ rows: [Row], _ found: [[ClosedRange<Double>?]]) -> [Row] {
    var rows = rows
    for intervals in found where intervals.count == rows.count {
      for (index, interval) in intervals.enumerated() {
        rows[index].coverage.count(interval, rows[index].truth)
      }
    }
    return rows
  }
}
