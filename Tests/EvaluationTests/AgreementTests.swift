import Evaluation
import Testing

@Suite("Agreement of coders")
struct AgreementTests {
  /// How exactly published examples are met.
  private static let published = 1e-6

  /// - Parameter columns: for each coder the number of the label it gave to each statement, from 1; 0
  ///   for none.
  private func singleLabel(_ columns: [[Int]], labelCount: Int) -> Agreement {
    agreement(
      columns[0].indices.map { row in columns.map { $0[row] == 0 ? nil : [$0[row] - 1] } },
      labelCount: labelCount, isSingleLabel: true)
  }

  private func agreement(
    _ answers: [[[Int]?]], labelCount: Int, isSingleLabel: Bool, groups: [Int]? = nil
  ) -> Agreement {
    Agreement(
      labelCount: labelCount, answers: answers, isSingleLabel: isSingleLabel,
      groups: groups ?? Array(answers.indices))
  }

  /// Cohen 1960, the table of two judges and three diagnoses in 200 cases; κ = 0.29 / 0.59, printed as
  /// .492.
  @Test("Cohen's kappa is that of Cohen's example")
  func cohen1960() throws {
    let table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    var (first, second) = ([Int](), [Int]())
    for (row, counts) in table.enumerated() {
      for (column, count) in counts.enumerated() {
        first += Array(repeating: row + 1, count: count)
        second += Array(repeating: column + 1, count: count)
      }
    }
    let found = singleLabel([first, second], labelCount: 3)
    let kappa = try #require(found.cohenKappa)
    #expect(abs(try #require(kappa.value) - 29.0 / 59) < Self.published)
    #expect(abs(try #require(found.percentAgreement.value) - 0.7) < Self.published)
    // The standard error of Fleiss, Cohen and Everitt (1969) is 0.0510 by statsmodels 0.15.
    let interval = try #require(kappa.interval)
    #expect(abs((interval.upperBound - interval.lowerBound) / 2 - 1.96 * 0.0510) < 0.005)
  }

  /// Fleiss 1971, table 1: 30 patients, six of the psychiatrists each, five diagnoses. Printed as .430;
  /// the further digits are those of statsmodels 0.15 for the same table.
  @Test("Fleiss' kappa is that of Fleiss' example")
  func fleiss1971() throws {
    let table = [
      [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0],
      [2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6],
      [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
      [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0], [0, 2, 0, 4, 0], [1, 0, 2, 0, 3],
      [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0], [1, 0, 0, 4, 1],
      [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
    ]
    let answers = table.map { counts in
      counts.enumerated().flatMap { Array<[Int]?>(repeating: [$0.offset], count: $0.element) }
    }
    let found = agreement(answers, labelCount: 5, isSingleLabel: true)
    #expect(
      abs(try #require(found.fleissKappa.value) - 0.43024452006014074) < Self.published)
    #expect(found.cohenKappa == nil && found.pairs.count == 15)
  }

  /// Krippendorff 2011: sections A (two coders, two values, printed as 0.095), B (two coders, five
  /// values, 0.692) and C (four coders, values missing, 0.743); as fractions.
  @Test("Krippendorff's alpha is that of Krippendorff's examples")
  func krippendorff2011() throws {
    let cases: [(columns: [[Int]], value: Double)] = [
      ([[1, 2, 1, 1, 1, 1, 1, 1, 2, 1], [2, 2, 2, 1, 1, 2, 1, 1, 1, 1]], 2.0 / 21),
      (
        [[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]],
        155.0 / 224
      ),
      (
        [
          [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
          [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ], 113.0 / 152
      ),
    ]
    for (columns, value) in cases {
      let found = singleLabel(columns, labelCount: 5)
      #expect(abs(try #require(found.krippendorffAlpha.value) - value) < Self.published)
    }
    // One statement of the last has a single answer, and does not count.
    #expect(singleLabel(cases[2].columns, labelCount: 5).statementCount == 11)
    #expect(singleLabel(cases[2].columns, labelCount: 5).answerCount == 40)
  }

  /// Passonneau 2006, section 3: M is 1, 2/3, 1/3, 0; figures 2 and 3 with the corrections that the
  /// tests of Perl's Statistics::Krippendorff have from the author: means of J M of 2/9 and 0. The last
  /// pair is that of nltk's documentation, which rounds M to 0.67 and finds 0.665.
  @Test("the MASI distance is Passonneau's")
  func passonneau2006() {
    func distances(_ pairs: [([Int], [Int])]) -> [Double] {
      pairs.map { SetDistance.masi($0.0, $0.1) }
    }
    func mean(_ pairs: [([Int], [Int])]) -> Double {
      1 - distances(pairs).reduce(0, +) / Double(pairs.count)
    }
    #expect(abs(mean([([1], [1, 2]), ([0], [0, 2]), ([], [0, 1])]) - 2.0 / 9) < Self.published)
    #expect(mean([([1], []), ([0], [2]), ([], [1])]) == 0)
    let found = distances([
      ([0, 1], [0, 1]), ([], []), ([0, 1], [1, 2]), ([1, 2], [1, 2, 3, 4]),
    ])
    for (distance, expected) in zip(found, [0, 0, 1 - 1.0 / 9, 1 - 1.0 / 3]) {
      #expect(abs(distance - expected) < Self.published)
    }
  }

  @Test("coefficients agree with those of other tools")
  func otherTools() throws {
    let references = try AgreementReferences.load()
    for (isSingleLabel, cases) in [(true, references.singleLabel), (false, references.multiLabel)] {
      for reference in cases {
        let found = agreement(reference.answers, labelCount: 5, isSingleLabel: isSingleLabel)
        #expect(
          isClose(try #require(found.krippendorffAlpha.value), reference.alpha, relative: 1e-9))
        if let fleiss = reference.fleiss {
          #expect(isClose(try #require(found.fleissKappa.value), fleiss, relative: 1e-9))
        }
        if let cohen = reference.cohen {
          #expect(isClose(try #require(found.cohenKappa?.value), cohen, relative: 1e-9))
        }
        if let masi = reference.masi {
          #expect(isClose(try #require(found.masiAlpha?.value), masi, relative: 1e-9))
        }
      }
    }
  }

  @Test("a label's alpha is that of whether it is there")
  func labels() throws {
    let reference = try AgreementReferences.load().multiLabel[1]
    let found = agreement(reference.answers, labelCount: 4, isSingleLabel: false)
    for (label, own) in found.labels.enumerated() {
      let presence = reference.answers.map { $0.map { $0.map { [$0.contains(label) ? 1 : 0] } } }
      let binary = agreement(presence, labelCount: 2, isSingleLabel: true)
      for (one, other) in [
        (own.krippendorffAlpha, binary.krippendorffAlpha), (own.kappa, binary.fleissKappa),
      ] {
        #expect(isClose(try #require(one.value), try #require(other.value)))
        #expect(
          isClose(
            try #require(one.interval).lowerBound, try #require(other.interval).lowerBound,
            relative: 0.01))
      }
      #expect(own.answerCount == binary.labels[1].answerCount)
    }
  }

  @Test("neither the order of the statements nor that of the coders matters")
  func order() throws {
    let answers = try AgreementReferences.load().singleLabel[3].answers
    let found = agreement(answers, labelCount: 5, isSingleLabel: true)
    #expect(found == agreement(answers.reversed(), labelCount: 5, isSingleLabel: true))
    let turned = agreement(answers.map { $0.reversed() }, labelCount: 5, isSingleLabel: true)
    for coefficient in [\Agreement.krippendorffAlpha, \.fleissKappa, \.percentAgreement] {
      let (value, other) = (found[keyPath: coefficient].value, turned[keyPath: coefficient].value)
      #expect(isClose(try #require(value), try #require(other)))
    }
  }

  @Test("intervals widen where groups are alike inside, and hold the value")
  func groups() throws {
    let answers = try AgreementReferences.load().singleLabel[2].answers
    let copied = answers.flatMap { Array(repeating: $0, count: 4) }
    func width(_ groups: [Int]?) throws -> Double {
      let alpha = agreement(copied, labelCount: 5, isSingleLabel: true, groups: groups)
        .krippendorffAlpha
      let interval = try #require(alpha.interval)
      #expect(interval.contains(try #require(alpha.value)))
      return interval.upperBound - interval.lowerBound
    }
    #expect(try width(copied.indices.map { $0 / 4 }) > 1.6 * width(nil))
  }

  @Test("where everybody gives the same answer, chance explains all and nothing is said")
  func oneAnswer() throws {
    let found = singleLabel([[1, 1, 1], [1, 1, 1]], labelCount: 2)
    #expect(found.percentAgreement.value == 1)
    // Wilson's lower end of 3 of 3: 1 / (1 + z² / 3).
    #expect(
      isClose(try #require(found.percentAgreement.interval).lowerBound, 0.43850, relative: 1e-4))
    #expect(found.cohenKappa?.value == nil && found.krippendorffAlpha.value == nil)
  }

  @Test("coders without a statement in common leave no coefficient")
  func nothingShared() {
    let found = singleLabel([[1, 2, 0, 0], [0, 0, 1, 2]], labelCount: 2)
    #expect(found.statementCount == 0 && found.percentAgreement.value == nil)
    #expect(found.fleissKappa.value == nil && found.krippendorffAlpha.value == nil)
    let empty = agreement([], labelCount: 2, isSingleLabel: true)
    #expect(empty.statementCount == 0 && empty.sampling == nil)
  }
}

@Suite("Majority votes")
struct MajorityVoteTests {
  @Test("one label: the most votes win, and equals are a tie")
  func singleLabel() {
    #expect(MajorityVote([[1], [1], [2], [0]], isSingleLabel: true).labels == [1])
    let tie = MajorityVote([[2], [1], [2], [1], [0]], isSingleLabel: true)
    #expect(tie.labels.isEmpty && tie.tied == [1, 2])
    #expect(MajorityVote([[3]], isSingleLabel: true).labels == [3])
  }

  @Test("several labels: each needs more than half, and half is a tie")
  func multiLabel() {
    let vote = MajorityVote([[0, 1], [0], [], [0, 2, 1]], isSingleLabel: false)
    #expect(vote.labels == [0] && vote.tied == [1])
    let none = MajorityVote([[], [], [2]], isSingleLabel: false)
    #expect(none.labels.isEmpty && none.tied.isEmpty)
  }
}
