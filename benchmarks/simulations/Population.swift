import Evaluation

/// Statements of which everything is known: what labels they carry, how often two classifiers err, and
/// how alike the statements of a group are.
struct Population: Sendable {
  enum Kind: Sendable {
    /// How often each label is the right one; how often it is missed; what it is then taken for, row by
    /// row.
    case singleLabel(prior: [Double], missed: [Double], takenFor: [[Double]])
    /// How often each label is there; how often it is missed, and given where it is not.
    case multiLabel(prior: [Double], missed: [Double], wrong: [Double])
  }

  let name: String
  let kind: Kind
  /// Whether statements come in groups of one to nine, which have a topic, half of the time, and are
  /// easy or hard as a whole: from no error to twice as many.
  let isGrouped: Bool
  /// How many times as many errors the second classifier makes, above 0.
  let secondErrors: Double
  /// The share of statements on which both err or not together, by the same draw.
  let shared: Double

  /// Answers to some statements.
  struct Sample {
    var gold: [[Int]] = []
    var first: [[Int]] = []
    var second: [[Int]] = []
    var groups: [Int] = []
  }

  var labelCount: Int {
    switch kind {
    case .singleLabel(let prior, _, _), .multiLabel(let prior, _, _): prior.count
    }
  }

  var isSingleLabel: Bool { if case .singleLabel = kind { true } else { false } }

  // MARK: Sampling

  func sample(_ count: Int, using generator: inout SplitMix64) -> Sample {
    var sample = Sample()
    var group = 0
    while sample.gold.count < count {
      let size = isGrouped ? 1 + Int(generator.next() % 9) : 1
      let topic = labels(using: &generator)
      // Uniform in 0...2, so that the mean stays.
      let hardness = isGrouped ? 2 * generator.uniform() : 1
      for _ in 0..<min(size, count - sample.gold.count) {
        let gold = statement(topic, using: &generator)
        let draws = (Draws(labelCount, &generator), Draws(labelCount, &generator))
        sample.gold.append(gold)
        sample.first.append(answer(gold, hardness, draws.0))
        sample.second.append(
          answer(
            gold, hardness * secondErrors, generator.uniform() < shared ? draws.0 : draws.1))
        sample.groups.append(group)
      }
      group += 1
    }
    return sample
  }

  /// What decides whether a classifier errs about a statement.
  private struct Draws {
    let errors: [Double]
    let choice: Double

    init(_ labelCount: Int, _ generator: inout SplitMix64) {
      errors = (0..<labelCount).map { _ in generator.uniform() }
      choice = generator.uniform()
    }
  }

  private func labels(using generator: inout SplitMix64) -> [Int] {
    switch kind {
    case .singleLabel(let prior, _, _): [pick(prior, generator.uniform())]
    case .multiLabel(let prior, _, _): prior.indices.filter { generator.uniform() < prior[$0] }
    }
  }

  private func statement(_ topic: [Int], using generator: inout SplitMix64) -> [Int] {
    guard isGrouped else { return topic }
    let own = labels(using: &generator)
    if isSingleLabel { return generator.uniform() < 0.5 ? topic : own }
    return (0..<labelCount).filter { label in
      (generator.uniform() < 0.5 ? topic : own).contains(label)
    }
  }

  private func answer(_ gold: [Int], _ errors: Double, _ draws: Draws) -> [Int] {
    switch kind {
    case .singleLabel(_, let missed, let takenFor):
      let label = gold[0]
      return draws.errors[0] < errors * missed[label] ? [pick(takenFor[label], draws.choice)] : gold
    case .multiLabel(_, let missed, let wrong):
      return (0..<labelCount).filter { label in
        gold.contains(label)
          ? draws.errors[label] >= errors * missed[label]
          : draws.errors[label] < errors * wrong[label]
      }
    }
  }

  private func pick(_ shares: [Double], _ draw: Double) -> Int {
    var rest = draw
    for (index, share) in shares.enumerated() {
      if rest < share { return index }
      rest -= share
    }
    return shares.count - 1
  }
}

extension SplitMix64 {
  /// Uniform in 0..<1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}
