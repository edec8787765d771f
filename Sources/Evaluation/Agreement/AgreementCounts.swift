/// What statements add to the totals that coefficients of agreement are made of.
///
/// Each statement has the values that coders gave it; values are numbered from 0 without gaps.
struct AgreementCounts {
  let valueCount: Int
  let coderCount: Int
  /// value × value, row-major.
  let distances: [Double]
  /// The coders whose answers are compared two by two.
  let pairs: [(first: Int, second: Int)]

  /// - Parameter distances: of the values; nominal where `nil`.
  init(
    valueCount: Int, coderCount: Int, distances: [Double]? = nil,
    pairs: [(first: Int, second: Int)]
  ) {
    self.valueCount = valueCount
    self.coderCount = coderCount
    self.pairs = pairs
    self.distances =
      distances
      ?? (0..<valueCount * valueCount).map { $0 / valueCount == $0 % valueCount ? 0 : 1 }
  }

  // MARK: Cells

  /// Statements with an answer, with two or more.
  private static let answered = 0
  private static let paired = 1
  /// Pairs of answers, and how many are the same.
  private static let answerPairs = 2
  private static let samePairs = 3
  /// Σ over statements of the same ordered pairs, over m (m − 1) with m answers.
  private static let agreement = 4
  /// Σ of the distances of ordered pairs, over m − 1: nominal, and by `distances`.
  private static let nominalDisagreement = 5
  private static let disagreement = 6
  private static let firstValue = 7
  /// Answers of each value in statements with two or more.
  private func pairable(_ value: Int) -> Int { Self.firstValue + value }
  /// Σ over statements of each value's share of the answers.
  private func share(_ value: Int) -> Int { Self.firstValue + valueCount + value }
  /// For each pair of coders: statements of both, the same answers, and each one's answers by value.
  private func pair(_ pair: Int) -> Int {
    Self.firstValue + 2 * valueCount + pair * (2 + 2 * valueCount)
  }

  var width: Int { pair(pairs.count) }

  /// Appends what a statement adds.
  ///
  /// - Parameter answers: for each coder the number of the value; `nil` for no answer.
  func fill(_ answers: [Int?], _ entries: inout [ResampledUnits.Entry]) {
    func add(_ cell: Int, _ amount: Double = 1) {
      entries.append(.init(cell: cell, amount: amount))
    }
    let given = answers.compactMap(\.self)
    let count = Double(given.count)
    guard !given.isEmpty else { return }
    add(Self.answered)
    for value in given { add(share(value), 1 / count) }
    guard given.count >= 2 else { return }
    add(Self.paired)
    var (same, distance) = (0, 0.0)
    for (index, value) in given.enumerated() {
      add(pairable(value))
      for other in given[..<index] {
        if other == value { same += 1 }
        distance += distances[other * valueCount + value]
      }
    }
    let pairCount = given.count * (given.count - 1) / 2
    add(Self.answerPairs, Double(pairCount))
    add(Self.samePairs, Double(same))
    add(Self.agreement, Double(same) / Double(pairCount))
    add(Self.nominalDisagreement, 2 * Double(pairCount - same) / (count - 1))
    add(Self.disagreement, 2 * distance / (count - 1))
    for (index, coders) in pairs.enumerated() {
      guard let first = answers[coders.first], let second = answers[coders.second] else { continue }
      let cell = pair(index)
      add(cell)
      if first == second { add(cell + 1) }
      add(cell + 2 + first)
      add(cell + 2 + valueCount + second)
    }
  }

  // MARK: Coefficients

  func answeredCount(_ totals: [Double]) -> Int { Int(totals[Self.answered]) }
  func pairedCount(_ totals: [Double]) -> Int { Int(totals[Self.paired]) }
  func pairCount(_ pair: Int, _ totals: [Double]) -> Int { Int(totals[self.pair(pair)]) }

  /// The share of pairs of answers to the same statement that are the same. Not a number without any.
  func percentAgreement(_ totals: [Double]) -> Double {
    totals[Self.samePairs] / totals[Self.answerPairs]
  }

  /// (P̄ − P̄ₑ) / (1 − P̄ₑ): P̄ is the mean over statements of the share of pairs that are the same, P̄ₑ
  /// the sum of the squared mean shares of the values. Not a number where all answers are the same.
  ///
  /// Where statements have different numbers of answers: Gwet's generalization.
  ///
  /// Sources: Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76
  /// (1971), equations 1-7; Gwet, Handbook of Inter-Rater Reliability (2014), section 2.5.
  func fleissKappa(_ totals: [Double]) -> Double {
    let observed = totals[Self.agreement] / totals[Self.paired]
    var expected = 0.0
    for value in 0..<valueCount {
      let mean = totals[share(value)] / totals[Self.answered]
      expected += mean * mean
    }
    return chanceCorrected(observed, expected)
  }

  /// (pₒ − pₑ) / (1 − pₑ) of two coders, with pₑ the sum of the products of their shares of each
  /// value. Not a number where both always give one value, or share no statement.
  ///
  /// Source: Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
  /// Measurement 20 (1960), equation 1.
  func cohenKappa(_ pair: Int, _ totals: [Double]) -> Double {
    let cell = self.pair(pair)
    let count = totals[cell]
    var expected = 0.0
    for value in 0..<valueCount {
      expected += totals[cell + 2 + value] / count * (totals[cell + 2 + valueCount + value] / count)
    }
    return chanceCorrected(totals[cell + 1] / count, expected)
  }

  func pairAgreement(_ pair: Int, _ totals: [Double]) -> Double {
    totals[self.pair(pair) + 1] / totals[self.pair(pair)]
  }

  /// α = 1 − Dₒ/Dₑ with nominal distances: 1 − (n − 1) Σ o(c,k) / Σ n(c) n(k), both over c ≠ k. Not a
  /// number where all answers are the same.
  ///
  /// Source: Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), sections A-C.
  func nominalAlpha(_ totals: [Double]) -> Double {
    var (count, squares) = (0.0, 0.0)
    for value in 0..<valueCount {
      let number = totals[pairable(value)]
      count += number
      squares += number * number
    }
    return alpha(totals[Self.nominalDisagreement], count, expected: count * count - squares)
  }

  /// The same by the distances of the values: 1 − (n − 1) Σ o(c,k) δ(c,k) / Σ n(c) n(k) δ(c,k).
  func distanceAlpha(_ totals: [Double]) -> Double {
    let numbers = (0..<valueCount).map { totals[pairable($0)] }
    var (count, expected) = (0.0, 0.0)
    for (value, number) in numbers.enumerated() where number > 0 {
      count += number
      var sum = 0.0
      for other in 0..<value { sum += numbers[other] * distances[other * valueCount + value] }
      expected += 2 * number * sum
    }
    return alpha(totals[Self.disagreement], count, expected: expected)
  }

  private func alpha(_ observed: Double, _ count: Double, expected: Double) -> Double {
    expected > 0 ? 1 - (count - 1) * observed / expected : .nan
  }

  /// Not a number where chance alone agrees always, up to rounding.
  private func chanceCorrected(_ observed: Double, _ expected: Double) -> Double {
    1 - expected > 1e-12 ? (observed - expected) / (1 - expected) : .nan
  }
}
