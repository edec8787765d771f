import Evaluation

/// Corrected shares of a label that is more frequent in the classified statements than where the
/// classifier's errors were counted.
struct PrevalenceSimulation {
  /// Where the errors are counted.
  let population: Population
  /// By how much the last label is more frequent where shares are asked for; the others give way in
  /// proportion.
  let shift: Double
  /// Statements that errors are counted on, and that are classified.
  let counts: (labelled: Int, classified: Int)

  struct Row {
    let truth: Double
    var coverage = Coverage()
    /// Means over all runs of the share found less the truth.
    var rawBias = 0.0
    var correctedBias = 0.0
    /// Runs without a corrected share.
    var uncorrected = 0
  }

  func row(runs: Int, seed: UInt64) -> Row {
    let label = population.labelCount - 1
    let shifted = population.shifted(by: shift)
    let found = repeated(runs, seed: seed) { generator in
      let errors = population.sample(counts.labelled, using: &generator)
      let classified = shifted.sample(counts.classified, using: &generator)
      let stratum = PrevalenceCorrection.Stratum(
        errors: table(errors, label), answers: answers(classified.first, label))
      return PrevalenceCorrection([stratum]).estimates(using: &generator)[
        population.isSingleLabel ? label : 1]
    }
    var row = Row(truth: shifted.prior[label])
    for estimate in found {
      row.rawBias += (estimate.raw.share - row.truth) / Double(runs)
      guard let corrected = estimate.corrected else {
        row.uncorrected += 1
        continue
      }
      row.coverage.count(corrected.interval, row.truth)
      row.correctedBias += corrected.share - row.truth
    }
    row.correctedBias /= Double(max(1, runs - row.uncorrected))
    return row
  }

  /// Rows: classes; columns: answers. All labels of a single-label task, else whether one is there.
  private func table(_ sample: Population.Sample, _ label: Int) -> [[Int]] {
    let width = population.isSingleLabel ? population.labelCount + 1 : 2
    var table = Array(
      repeating: Array(repeating: 0, count: width),
      count: population.isSingleLabel ? population.labelCount : 2)
    for (gold, answer) in zip(sample.gold, sample.first) {
      table[number(gold, label)][number(answer, label)] += 1
    }
    return table
  }

  private func answers(_ answers: [[Int]], _ label: Int) -> [Int] {
    var counts = Array(
      repeating: 0, count: population.isSingleLabel ? population.labelCount + 1 : 2)
    for answer in answers { counts[number(answer, label)] += 1 }
    return counts
  }

  private func number(_ labels: [Int], _ label: Int) -> Int {
    population.isSingleLabel
      ? labels.first ?? population.labelCount : labels.contains(label) ? 1 : 0
  }
}

extension Population {
  var prior: [Double] {
    switch kind {
    case .singleLabel(let prior, _, _), .multiLabel(let prior, _, _): prior
    }
  }

  /// The same errors where the last label is more frequent.
  func shifted(by shift: Double) -> Population {
    var prior = prior
    let last = prior.count - 1
    if isSingleLabel {
      for label in 0..<last { prior[label] *= (1 - prior[last] - shift) / (1 - prior[last]) }
    }
    prior[last] += shift
    let kind: Kind =
      switch self.kind {
      case .singleLabel(_, let missed, let takenFor):
        .singleLabel(prior: prior, missed: missed, takenFor: takenFor)
      case .multiLabel(_, let missed, let wrong):
        .multiLabel(prior: prior, missed: missed, wrong: wrong)
      }
    return Population(
      name: name, kind: kind, isGrouped: isGrouped, secondErrors: secondErrors, shared: shared)
  }
}

extension Simulations {
  /// Corrected shares under a shift of the labels' frequencies.
  static func shares(_ runs: Int) -> [String] {
    print(
      """

      ## Corrected shares (`shares`)

      Errors are counted on 600 statements, 500 are classified where the last label is more frequent by \
      the shift. Off by: mean of the share found less the truth, as the classifier answers and corrected \
      (aim: at most 0.02 where the raw share is off by 0.08 or more).

      | population | shift | truth | raw, off by | corrected, off by | held | mean width |
      |---|---:|---:|---:|---:|---:|---:|
      """)
    var missed: [String] = []
    for kind in [single, multi] {
      for shift in stride(from: 0.1, through: 0.61, by: 0.1) {
        let population = population(kind, grouped: false)
        let row = PrevalenceSimulation(
          population: population, shift: shift, counts: (600, 500)
        ).row(runs: runs, seed: seed &+ 2)
        print(
          "| \(population.name) | \(threeDigits(shift)) | \(threeDigits(row.truth)) "
            + "| \(threeDigits(row.rawBias)) | \(threeDigits(row.correctedBias)) "
            + "| \(percent(row.coverage.share)) | \(threeDigits(row.coverage.meanWidth)) |")
        let isBiased = abs(row.rawBias) >= 0.08 && abs(row.correctedBias) > 0.02
        if !row.coverage.isKept || isBiased {
          missed.append("\(population.name), shift \(threeDigits(shift)): corrected share")
        }
      }
    }
    return missed
  }
}
