import Foundation

/// Measures how often intervals hold the truth, and writes it as Markdown: `simulations [RUNS]`.
@main
enum Simulations {
  static let single = Population.Kind.singleLabel(
    prior: [0.5, 0.3, 0.2], missed: [0.2, 0.3, 0.4],
    takenFor: [[0, 0.7, 0.3], [0.6, 0, 0.4], [0.5, 0.5, 0]])
  static let multi = Population.Kind.multiLabel(
    prior: [0.3, 0.2, 0.2, 0.1], missed: [0.2, 0.25, 0.15, 0.35], wrong: [0.06, 0.05, 0.04, 0.03])

  static func population(
    _ kind: Population.Kind, grouped: Bool, secondErrors: Double = 1.25, shared: Double = 0.5
  ) -> Population {
    let task: String
    if case .singleLabel = kind { task = "one of 3 labels" } else { task = "any of 4 labels" }
    return Population(
      name: grouped ? "\(task), in groups" : task, kind: kind, isGrouped: grouped,
      secondErrors: secondErrors, shared: shared)
  }

  static let seed: UInt64 = 2026

  static func main() {
    let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1000
    guard runs >= 1 else {
      FileHandle.standardError.write(Data("usage: simulations [RUNS], 1 or more\n".utf8))
      exit(64)
    }
    let start = Date()
    print(
      """
      Each row is \(runs) samples from a population of which the truth is known: how often the interval of \
      95 % holds it (aim: 92 to 98 %), how often it lies too low or too high as a whole, and its mean width. \
      Groups have one to nine statements, a topic half of the time, and from none to twice the usual errors.
      """)
    var missed = scores(runs) + differences(runs)
    tests(runs)
    missed += shares(runs)
    print("\nSeconds: \(Int(Date().timeIntervalSince(start)))")
    if !missed.isEmpty {
      print("\nOutside of 92 to 98 %: \(missed.joined(separator: "; "))")
    }
  }

  // MARK: Parts

  private static func scores(_ runs: Int) -> [String] {
    heading("Rates, F1 and averages (`evaluate`, `cross-validate`, `train`)")
    var missed: [String] = []
    for (kind, grouped, counts) in [
      (single, false, [100, 300, 1000]), (multi, false, [150, 300, 1000]),
      (single, true, [300, 1000]), (multi, true, [300, 1000]),
    ] {
      for count in counts {
        let population = population(kind, grouped: grouped)
        let simulation = ScoreSimulation(population: population, statementCount: count)
        missed += write(
          simulation.scores(runs: runs, seed: seed), "\(population.name)", count)
      }
    }
    return missed
  }

  private static func differences(_ runs: Int) -> [String] {
    heading("Differences of two classifiers (`compare`)")
    var missed: [String] = []
    for (kind, grouped, counts) in [
      (single, false, [100, 300, 1000]), (multi, false, [150, 300, 1000]),
      (single, true, [300, 1000]), (multi, true, [300, 1000]),
    ] {
      for count in counts {
        for errors in [1, 1.25] {
          let population = population(kind, grouped: grouped, secondErrors: errors)
          let simulation = ScoreSimulation(population: population, statementCount: count)
          missed += write(
            simulation.differences(runs: runs, seed: seed),
            population.name + (errors == 1 ? ", equally good" : ""), count)
        }
      }
    }
    return missed
  }

  private static func tests(_ runs: Int) {
    print(
      """

      ## Tests (`compare`)

      How often a difference is called at the level of 5 %. Where both are equally good that is a false \
      alarm, and should come in 5 % of samples or fewer.

      | population | statements | macro F1, by swaps | McNemar, all labels right | any label, by Holm |
      |---|---:|---:|---:|---:|
      """)
    for (kind, grouped) in [(single, false), (multi, false), (single, true), (multi, true)] {
      for errors in [1, 1.25, 1.5] {
        let population = population(kind, grouped: grouped, secondErrors: errors)
        let found = ScoreSimulation(population: population, statementCount: 500)
          .calls(runs: runs, seed: seed &+ 1)
        let name =
          errors == 1 ? "equally good" : "the second errs \(errors) times as often"
        print(
          "| \(population.name), \(name) | 500 | \(percent(found.swaps)) | \(percent(found.mcNemar)) "
            + "| \(percent(found.holm)) |")
      }
    }
  }

  // MARK: Writing

  static func heading(_ title: String) {
    print(
      """

      ## \(title)

      | population | statements | score | truth | held | too low | too high | mean width |
      |---|---:|---|---:|---:|---:|---:|---:|
      """)
  }

  /// - Returns: the rows whose intervals do not hold as often as they should.
  static func write(
    _ rows: [ScoreSimulation.Row], _ name: String, _ count: Int
  ) -> [String] {
    var missed: [String] = []
    for row in rows {
      let coverage = row.coverage
      let runs = Double(coverage.covered + coverage.below + coverage.above)
      print(
        "| \(name) | \(count) | \(row.score) | \(threeDigits(row.truth)) | \(percent(coverage.share)) "
          + "| \(percent(Double(coverage.below) / runs)) | \(percent(Double(coverage.above) / runs)) "
          + "| \(threeDigits(coverage.meanWidth)) |")
      if !coverage.isKept { missed.append("\(name), \(count) statements: \(row.score)") }
    }
    return missed
  }

  static func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
  static func threeDigits(_ value: Double) -> String { String(format: "%.3f", value) }
}
