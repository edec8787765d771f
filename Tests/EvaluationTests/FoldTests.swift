import Evaluation
import Testing

@Suite("Folds")
struct FoldTests {
  @Test(
    "they partition the rows, keep groups whole and are not empty",
    arguments: 1...10 as ClosedRange<UInt64>, [2, 3, 10])
  func partition(seed: UInt64, count: Int) throws {
    let rows = Rows(seed: seed)
    let folds = try rows.folds(count: count, seed: seed)
    #expect(folds.count == count)
    for fold in 0..<count {
      let (training, heldOut) = (folds.training(excluding: fold), folds.held(out: fold))
      #expect(!heldOut.isEmpty, "seed \(seed)")
      #expect((training + heldOut).sorted() == Array(rows.groups.indices), "seed \(seed)")
      #expect(training == training.sorted() && heldOut == heldOut.sorted(), "seed \(seed)")
      let trainingGroups = Set(training.map { rows.groups[$0] })
      #expect(
        trainingGroups.isDisjoint(with: heldOut.map { rows.groups[$0] }), "seed \(seed)")
    }
  }

  @Test(
    "labels and sizes are balanced far better than at random",
    arguments: 1...10 as ClosedRange<UInt64>)
  func balance(seed: UInt64) throws {
    let rows = Rows(seed: seed)
    let folds = try rows.folds(count: 5, seed: seed)
    var generator = SplitMix64(seed: seed &+ 1000)
    let foldOfGroup = generator.labels(rows: Rows.groupCount, labelCount: 5)
    let random = rows.groups.map { foldOfGroup[$0] }
    let (achieved, atRandom) = (
      rows.imbalance(of: folds.foldOfRow, count: 5), rows.imbalance(of: random, count: 5)
    )
    // Observed on these seeds: 16 to 37 times; the bound allows for a less lucky draw.
    #expect(achieved < atRandom / 5, "seed \(seed): \(achieved), at random \(atRandom)")
  }

  @Test("rows that are their own groups are spread evenly", arguments: [2, 3, 7, 10])
  func singletons(count: Int) throws {
    var generator = SplitMix64(seed: 3)
    let labels = generator.labels(rows: 500, labelCount: 3)
    let folds = try Folds(
      groups: Array(0..<500), labels: labels.map { [$0] }, labelCount: 3, count: count,
      using: &generator)
    for label in 0..<3 {
      let perFold = (0..<count).map { fold in
        folds.held(out: fold).count { labels[$0] == label }
      }
      // One label a row: perfect stratification is within one row of even.
      #expect((perFold.max() ?? 0) - (perFold.min() ?? 0) <= 1, "\(perFold)")
    }
  }

  @Test("a rare label is in as many folds as it has groups")
  func rareLabel() throws {
    var generator = SplitMix64(seed: 5)
    let common = generator.labelSets(rows: 300, rates: [0.5, 0.3])
    let labels = common.enumerated().map { $1 + ($0 % 60 == 0 ? [2] : []) }
    let folds = try Folds(
      groups: Array(0..<300), labels: labels, labelCount: 3, count: 5, using: &generator)
    #expect((0..<5).allSatisfy { fold in folds.held(out: fold).count { $0 % 60 == 0 } == 1 })
  }

  @Test("rows without any label, and labels that no row carries, are no obstacle")
  func noLabels() throws {
    var generator = SplitMix64(seed: 6)
    for labelCount in [0, 4] {
      let folds = try Folds(
        groups: Array(0..<23), labels: Array(repeating: [], count: 23), labelCount: labelCount,
        count: 5, using: &generator)
      #expect((0..<5).map { folds.held(out: $0).count }.sorted() == [4, 4, 5, 5, 5])
    }
  }

  @Test("as many folds as groups leave one group out at a time, however unequal they are")
  func leaveOneGroupOut() throws {
    var generator = SplitMix64(seed: 8)
    let groups = Array(repeating: -7, count: 90) + [4, 4, 1_000_000, 12]
    let folds = try Folds(
      groups: groups, labels: groups.map { $0 == 12 ? [] : [0] }, labelCount: 1, count: 4,
      using: &generator)
    #expect((0..<4).map { folds.held(out: $0).count }.sorted() == [1, 1, 2, 90])
  }

  @Test("the same seed gives the same folds, another seed others", arguments: [1, 2, 3])
  func seeds(seed: UInt64) throws {
    let rows = Rows(seed: 11)
    let folds = try rows.folds(count: 5, seed: seed)
    #expect(try rows.folds(count: 5, seed: seed) == folds)
    #expect(try rows.folds(count: 5, seed: seed + 1) != folds)
  }

  @Test("neither the numbers of groups nor the order of a row's labels matter")
  func renaming() throws {
    let rows = Rows(seed: 12)
    var generator = SplitMix64(seed: 9)
    let renamed = try Folds(
      groups: rows.groups.map { 1_000 - 3 * $0 }, labels: rows.labels.map { $0.reversed() },
      labelCount: Rows.rates.count, count: 5, using: &generator)
    #expect(try rows.folds(count: 5, seed: 9) == renamed)
  }

  @Test(
    "they are those of the definition, computed anew in exact fractions",
    arguments: try FoldReferences.load().cases)
  func reference(reference: FoldReferences.Case) throws {
    var generator = SplitMix64(seed: reference.seed)
    let folds = try Folds(
      groups: reference.groups, labels: reference.labels, labelCount: reference.labelCount,
      count: reference.count, using: &generator)
    #expect(folds.foldOfRow == reference.foldOfRow, "seed \(reference.seed)")
  }

  @Test(
    "a number of folds out of range is an error that says what to do",
    arguments: [
      (count: 1, groups: [1, 2, 3], code: FoldError.Code.tooFewFolds),
      (count: 0, groups: [1, 2, 3], code: .tooFewFolds),
      (count: -5, groups: [], code: .tooFewFolds),
      (count: 3, groups: [4, 4, 9, 9, 9], code: .tooFewGroups),
      (count: 2, groups: [], code: .tooFewGroups),
    ])
  func errors(count: Int, groups: [Int], code: FoldError.Code) throws {
    var generator = SplitMix64(seed: 1)
    let error = try #require(throws: FoldError.self) {
      try Folds(
        groups: groups, labels: groups.map { _ in [] }, labelCount: 0, count: count,
        using: &generator)
    }
    #expect(error.code == code)
    #expect("\(error)" == error.message)
  }

  @Test("the text of the errors")
  func errorTexts() throws {
    var generator = SplitMix64(seed: 1)
    let tooFewFolds = try #require(throws: FoldError.self) {
      try Folds(groups: [1], labels: [[]], labelCount: 0, count: 1, using: &generator)
    }
    #expect(
      tooFewFolds.message == """
        found a request for 1 folds, expected at least 2: every fold is predicted from the others. \
        Ask for 2 folds or more.
        """)
    let tooFewGroups = try #require(throws: FoldError.self) {
      try Folds(
        groups: [1, 1, 2], labels: [[], [], []], labelCount: 0, count: 5, using: &generator)
    }
    #expect(
      tooFewGroups.message == """
        found 2 groups of statements for 5 folds, expected at least one group for each fold: the \
        statements of a group stay together. Ask for at most 2 folds, or add statements of other \
        groups.
        """)
  }
}

/// 150 groups of unequal size, whose rows carry labels that are common in some groups.
private struct Rows {
  static let groupCount = 150
  static let rates = [0.5, 0.3, 0.15, 0.05]

  let groups: [Int]
  let labels: [[Int]]

  init(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var groups: [Int] = []
    var labels: [[Int]] = []
    for group in 0..<Self.groupCount {
      let size = 1 + Int(generator.uniform() * generator.uniform() * 30)
      let tilt = 2 * generator.uniform()
      groups += Array(repeating: group, count: size)
      labels += generator.labelSets(rows: size, rates: Self.rates.map { min($0 * tilt, 1) })
    }
    self.groups = groups
    self.labels = labels
  }

  func folds(count: Int, seed: UInt64) throws -> Folds {
    var generator = SplitMix64(seed: seed)
    return try Folds(
      groups: groups, labels: labels, labelCount: Self.rates.count, count: count, using: &generator)
  }

  /// The mean over labels and the row itself of the standard deviation of the folds' shares.
  func imbalance(of foldOfRow: [Int], count: Int) -> Double {
    let indicators = Self.rates.indices.map { label in labels.map { $0.contains(label) } }
    let deviations = (indicators + [groups.map { _ in true }]).map { carries in
      let total = Double(carries.count { $0 })
      let shares = (0..<count).map { fold in
        Double(carries.indices.count { carries[$0] && foldOfRow[$0] == fold }) / total
      }
      let mean = 1 / Double(count)
      return (shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
    }
    return deviations.reduce(0, +) / Double(deviations.count)
  }
}
