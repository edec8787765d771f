import Evaluation
import Foundation
import Testing

@Suite("Confusion matrix of a multi-label task")
struct LabelConfusionTests {
  /// A statement with labels a, b, c, and the cells that count it.
  struct Statement: CustomTestStringConvertible, Sendable {
    let gold: [Int]
    let predicted: [Int]
    /// Row and column; 3 is the rim.
    let cells: [[Int]]
    var testDescription: String { "gold \(gold), predicted \(predicted)" }
  }

  @Test(
    "each statement is counted in the cells of the definition",
    arguments: [
      Statement(gold: [], predicted: [], cells: [[3, 3]]),
      Statement(gold: [0], predicted: [0], cells: [[0, 0]]),
      Statement(gold: [2, 0], predicted: [0, 2], cells: [[0, 0], [2, 2]]),
      Statement(gold: [1], predicted: [], cells: [[1, 3]]),
      Statement(gold: [0, 1, 2], predicted: [1], cells: [[0, 3], [1, 1], [2, 3]]),
      Statement(gold: [], predicted: [1, 2], cells: [[3, 1], [3, 2]]),
      // MLCM would count the surplus in [0, 2] and [1, 2].
      Statement(gold: [0, 1], predicted: [0, 1, 2], cells: [[0, 0], [1, 1], [3, 2]]),
      Statement(gold: [0], predicted: [1], cells: [[0, 1]]),
      Statement(gold: [0, 1], predicted: [1, 2], cells: [[0, 2], [1, 1]]),
      Statement(gold: [0], predicted: [1, 2], cells: [[0, 1], [0, 2]]),
      Statement(gold: [0, 1], predicted: [2], cells: [[0, 2], [1, 2]]),
    ])
  func definition(statement: Statement) {
    let confusion = LabelConfusion(
      labels: ["a", "b", "c"], gold: [statement.gold], predicted: [statement.predicted])
    var expected = Array(repeating: 0, count: 16)
    for cell in statement.cells { expected[cell[0] * 4 + cell[1]] += 1 }
    #expect(confusion.counts == expected)
  }

  @Test("nil names the rims, and titles name them for people")
  func rims() {
    let confusion = LabelConfusion(
      labels: ["a", "b"], gold: [[0], [], [1], []], predicted: [[], [1], [], []])
    #expect(confusion[gold: 0, predicted: nil] == 1)
    #expect(confusion[gold: 1, predicted: nil] == 1)
    #expect(confusion[gold: nil, predicted: 1] == 1)
    #expect(confusion[gold: nil, predicted: 0] == 0)
    #expect(confusion[gold: nil, predicted: nil] == 1)
    #expect(confusion.rowTitles == ["a", "b", "(none missed)"])
    #expect(confusion.columnTitles == ["a", "b", "(none instead)"])
  }

  @Test("the diagonal holds the true positives", arguments: 1...10 as ClosedRange<UInt64>)
  func diagonal(seed: UInt64) {
    let (gold, predicted) = randomAnswers(seed: seed)
    let confusion = LabelConfusion(labels: names(3), gold: gold, predicted: predicted)
    let scores = MultiLabelScores(labels: names(3), gold: gold, predicted: predicted)
    for (label, binary) in scores.perLabel.enumerated() {
      #expect(confusion[gold: label, predicted: label] == binary.truePositives, "seed \(seed)")
      // Each missed label is counted at least once in its row, each wrong one in its column.
      let row = (0...3).reduce(0) { $0 + confusion.counts[label * 4 + $1] }
      let column = (0...3).reduce(0) { $0 + confusion.counts[$1 * 4 + label] }
      #expect(row >= binary.support, "seed \(seed)")
      #expect(column >= binary.predictedCount, "seed \(seed)")
    }
  }

  @Test("at most one label each is an ordinary confusion matrix", arguments: [1, 2, 3])
  func agreesWithSingleLabel(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let gold = generator.labels(rows: 80, labelCount: 3)
    let predicted = generator.labels(rows: 80, labelCount: 4).map { $0 == 3 ? nil : $0 }
    let single = ConfusionMatrix(labels: names(3), gold: gold, predicted: predicted)
    let multi = LabelConfusion(
      labels: names(3), gold: gold.map { [$0] }, predicted: predicted.map { $0.map { [$0] } ?? [] })
    for gold in 0..<3 {
      for predicted in [0, 1, 2, nil] {
        #expect(
          multi[gold: gold, predicted: predicted] == single[gold: gold, predicted: predicted],
          "seed \(seed)")
      }
    }
  }

  @Test("neither order nor a split into parts changes it; JSON keeps it", arguments: [1, 2, 3])
  func orderAdditionAndCoding(seed: UInt64) throws {
    let (gold, predicted) = randomAnswers(seed: seed)
    let confusion = LabelConfusion(labels: names(3), gold: gold, predicted: predicted)
    let backwards = LabelConfusion(
      labels: names(3), gold: gold.reversed().map { $0.reversed() },
      predicted: predicted.reversed().map { $0.reversed() })
    #expect(backwards == confusion, "seed \(seed)")
    let parts = [0..<20, 20..<100].map {
      LabelConfusion(labels: names(3), gold: Array(gold[$0]), predicted: Array(predicted[$0]))
    }
    #expect(parts[0].adding(parts[1]) == confusion, "seed \(seed)")
    let json = try JSONEncoder().encode(confusion)
    #expect(try JSONDecoder().decode(LabelConfusion.self, from: json) == confusion)
  }

  @Test("JSON without the rims is refused")
  func malformedJSON() {
    let json = Data(#"{"labels":["a","b"],"counts":[[1,2],[3,4]]}"#.utf8)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(LabelConfusion.self, from: json)
    }
  }

  private func randomAnswers(seed: UInt64) -> (gold: [[Int]], predicted: [[Int]]) {
    var generator = SplitMix64(seed: seed)
    return (
      generator.labelSets(rows: 100, rates: [0.5, 0.3, 0.1]),
      generator.labelSets(rows: 100, rates: [0.4, 0.4, 0.2])
    )
  }
}
