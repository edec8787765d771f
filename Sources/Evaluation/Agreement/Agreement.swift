/// How far coders agree on a task.
///
/// Intervals of 95 % are resampled: whole groups of statements, else statements.
public struct Agreement: Hashable, Sendable {
  /// A coefficient; at most 1.
  public struct Coefficient: Hashable, Sendable {
    /// `nil` where nothing can be said, as when everybody always gives the same answer.
    public let value: Double?
    /// `nil` also where resampling tells nothing, as when nobody ever disagrees.
    public let interval: ClosedRange<Double>?
  }

  /// Of two coders, on the statements that both answered.
  public struct Pair: Hashable, Sendable {
    public let first: Int
    public let second: Int
    public let statementCount: Int
    public let percentAgreement: Coefficient
    public let cohenKappa: Coefficient
  }

  /// Of one label: is it there or not?
  public struct Label: Hashable, Sendable {
    /// How many answers have it.
    public let answerCount: Int
    public let percentAgreement: Coefficient
    /// Cohen's of two coders, Fleiss' of more.
    public let kappa: Coefficient
    public let krippendorffAlpha: Coefficient
  }

  /// Statements with two answers or more, and all answers to them.
  public let statementCount: Int
  public let answerCount: Int
  /// The share of pairs of answers to the same statement that are the same in all labels.
  public let percentAgreement: Coefficient
  /// Of two coders; `nil` of more.
  public let cohenKappa: Coefficient?
  public let fleissKappa: Coefficient
  public let krippendorffAlpha: Coefficient
  /// Krippendorff's alpha by the MASI distance; `nil` for single-label tasks.
  public let masiAlpha: Coefficient?
  /// Every two coders; empty for two, and for more than `mostCoders`.
  public let pairs: [Pair]
  public let labels: [Label]
  /// `nil` without intervals, with fewer than two units.
  public let sampling: Sampling?

  /// Nobody reads the pairs of more coders.
  public static let mostCoders = 10

  /// Compares answers.
  ///
  /// - Parameters:
  ///   - labelCount: the number of labels.
  ///   - answers: for each statement and coder the numbers of the labels, ascending; `nil` for no answer.
  ///   - isSingleLabel: whether an answer is one label.
  ///   - groups: for each statement the number of its group.
  /// - Complexity: O(resamples · (statements + values²)), for each label again.
  public init(
    labelCount: Int, answers: [[[Int]?]], isSingleLabel: Bool, groups: [Int],
    bootstrap: Bootstrap = .init()
  ) {
    precondition(answers.count == groups.count, "one group for each statement")
    let coderCount = answers.first?.count ?? 0
    precondition(answers.allSatisfy { $0.count == coderCount }, "one answer of each coder")
    let values = AnsweredValues(answers)
    let allPairs = (0..<coderCount).flatMap { second in
      (0..<second).map { (first: $0, second: second) }
    }
    let counts = AgreementCounts(
      valueCount: values.sets.count, coderCount: coderCount,
      distances: isSingleLabel ? nil : values.distances(.masi),
      pairs: coderCount <= Self.mostCoders ? allPairs : [])
    let units = ResampledUnits(width: counts.width, groups: groups) { row, entries in
      counts.fill(values.numbers[row], &entries)
    }
    let found = Self.coefficients(units, counts, bootstrap) { totals in
      [counts.percentAgreement(totals), counts.fleissKappa(totals), counts.nominalAlpha(totals)]
        + (isSingleLabel ? [] : [counts.distanceAlpha(totals)])
        + counts.pairs.indices.flatMap {
          [counts.pairAgreement($0, totals), counts.cohenKappa($0, totals)]
        }
    }
    statementCount = counts.pairedCount(units.totals)
    let paired = answers.map { $0.compactMap(\.self) }.filter { $0.count >= 2 }
    answerCount = paired.reduce(0) { $0 + $1.count }
    (percentAgreement, fleissKappa, krippendorffAlpha) = (found[0], found[1], found[2])
    masiAlpha = isSingleLabel ? nil : found[3]
    let firstPair = isSingleLabel ? 3 : 4
    cohenKappa = coderCount == 2 ? found[firstPair + 1] : nil
    pairs =
      coderCount == 2
      ? []
      : counts.pairs.enumerated().map { index, pair in
        Pair(
          first: pair.first, second: pair.second,
          statementCount: counts.pairCount(index, units.totals),
          percentAgreement: found[firstPair + 2 * index],
          cohenKappa: found[firstPair + 2 * index + 1])
      }
    labels = (0..<labelCount).map { label in
      Label(
        label, answers, groups: groups, bootstrap,
        answerCount: paired.reduce(0) { $0 + $1.count { $0.contains(label) } })
    }
    sampling = units.count >= 2 ? Sampling(units, bootstrap) : nil
  }

  /// - Parameter statistics: the first is a share, which has Wilson's interval of as many trials as there
  ///   are units where all are alike.
  fileprivate static func coefficients(
    _ units: ResampledUnits, _ counts: AgreementCounts, _ bootstrap: Bootstrap,
    _ statistics: ([Double]) -> [Double]
  ) -> [Coefficient] {
    var intervals = bootstrap.intervals(units, statistics)
    let values = statistics(units.totals)
    if intervals[0] == nil, values[0] == 0 || values[0] == 1, units.count >= 2 {
      let trials = min(units.count, counts.pairedCount(units.totals))
      intervals[0] = BinomialProportion.interval(
        successes: Int(values[0]) * trials, trials: trials,
        standardDeviations: BinomialProportion.standardDeviationsOf95Percent)
    }
    return zip(values, intervals).map { value, interval in
      Coefficient(value: value.isNaN ? nil : value, interval: interval)
    }
  }
}

extension Agreement.Label {
  fileprivate init(
    _ label: Int, _ answers: [[[Int]?]], groups: [Int], _ bootstrap: Bootstrap, answerCount: Int
  ) {
    let coderCount = answers.first?.count ?? 0
    let counts = AgreementCounts(
      valueCount: 2, coderCount: coderCount,
      pairs: coderCount == 2 ? [(first: 0, second: 1)] : [])
    let units = ResampledUnits(width: counts.width, groups: groups) { row, entries in
      counts.fill(answers[row].map { $0.map { $0.contains(label) ? 1 : 0 } }, &entries)
    }
    let found = Agreement.coefficients(units, counts, bootstrap) { totals in
      [
        counts.percentAgreement(totals),
        coderCount == 2 ? counts.cohenKappa(0, totals) : counts.fleissKappa(totals),
        counts.nominalAlpha(totals),
      ]
    }
    self.answerCount = answerCount
    (percentAgreement, kappa, krippendorffAlpha) = (found[0], found[1], found[2])
  }
}

/// Different answers, numbered.
private struct AnsweredValues {
  /// In an order of their own, whoever gave them first.
  let sets: [[Int]]
  /// Of each statement and coder.
  let numbers: [[Int?]]

  init(_ answers: [[[Int]?]]) {
    sets = Set(answers.flatMap { $0.compactMap(\.self) }).sorted {
      $0.lexicographicallyPrecedes($1)
    }
    let places = Dictionary(uniqueKeysWithValues: sets.enumerated().map { ($0.element, $0.offset) })
    numbers = answers.map { $0.map { $0.flatMap { places[$0] } } }
  }

  func distances(_ distance: SetDistance) -> [Double] {
    sets.flatMap { left in sets.map { distance(left, $0) } }
  }
}
