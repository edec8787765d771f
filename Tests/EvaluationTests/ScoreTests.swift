import Evaluation
import Foundation
import Testing

@Suite("Scores of single-label and multi-label tasks")
struct ScoreTests {
  @Test("single-label scores are scikit-learn's", arguments: try References.load().singleLabel)
  func singleLabelReference(reference: References.SingleLabel) {
    let scores = SingleLabelScores(
      ConfusionMatrix(
        labels: names(reference.labelCount), gold: reference.gold, predicted: reference.predicted))
    expect(scores, matches: reference.scores)
    #expect(isClose(scores.accuracy, reference.accuracy))
    #expect(isClose(scores.macroRecall, reference.balancedAccuracy))
    #expect(scores.microF1 == scores.accuracy)
    for confusion in scores.perLabel { #expect(confusion.total == reference.gold.count) }
  }

  @Test("multi-label scores are scikit-learn's", arguments: try References.load().multiLabel)
  func multiLabelReference(reference: References.MultiLabel) {
    let scores = MultiLabelScores(
      labels: names(reference.labelCount), gold: reference.gold, predicted: reference.predicted)
    expect(scores, matches: reference.scores)
    #expect(isClose(scores.exactMatch, reference.exactMatch))
    #expect(isClose(scores.hammingLoss, reference.hammingLoss))
    let binary = scores.perLabel.map {
      [$0.trueNegatives, $0.falsePositives, $0.falseNegatives, $0.truePositives]
    }
    #expect(binary == reference.binary)
  }

  private func expect(
    _ scores: some PerLabelScores, matches reference: References.LabelScores,
    at location: SourceLocation = #_sourceLocation
  ) {
    #expect(scores.perLabel.map(\.support) == reference.support, sourceLocation: location)
    let pairs = [
      (scores.perLabel.map(\.precision), reference.precision),
      (scores.perLabel.map(\.recall), reference.recall),
      (scores.perLabel.map(\.f1), reference.f1),
      ([scores.macroPrecision, scores.macroRecall, scores.macroF1], reference.macro),
      ([scores.microPrecision, scores.microRecall, scores.microF1], reference.micro),
    ]
    for (values, expected) in pairs {
      #expect(values.count == expected.count, sourceLocation: location)
      for (value, expected) in zip(values, expected) {
        #expect(isClose(value, expected), sourceLocation: location)
      }
    }
  }

  @Test("a score without anything to divide by is 0")
  func emptyDenominators() {
    let nothing = BinaryConfusion(trueNegatives: 5)
    #expect([nothing.precision, nothing.recall, nothing.f1] == [0, 0, 0])
    let single = SingleLabelScores(ConfusionMatrix(labels: ["a"], gold: [], predicted: []))
    #expect([single.accuracy, single.macroF1, single.microF1] == [0, 0, 0])
    let multi = MultiLabelScores(labels: ["a"], gold: [], predicted: [])
    #expect([multi.exactMatch, multi.macroF1, multi.microF1] == [0, 0, 0])
    #expect(multi.hammingLoss.isNaN)
  }

  @Test("an unanswered statement is a miss and nobody's wrong prediction")
  func unanswered() {
    let scores = SingleLabelScores(
      ConfusionMatrix(labels: ["a", "b"], gold: [0, 0, 1, 1], predicted: [0, nil, 1, 1]))
    #expect(
      scores.perLabel[0]
        == BinaryConfusion(
          truePositives: 1, falsePositives: 0, falseNegatives: 1, trueNegatives: 2))
    #expect(scores.perLabel.map(\.precision) == [1, 1])
    #expect(scores.perLabel.map(\.recall) == [0.5, 1])
    #expect(scores.accuracy == 0.75)
    #expect(scores.microPrecision == 1)
    #expect(scores.microRecall == 0.75)
  }

  @Test("a label without support is left out of macro averages, but not out of micro ones")
  func labelsWithoutSupport() {
    let scores = MultiLabelScores(
      labels: ["a", "never"], gold: [[0], [0]], predicted: [[0], [0, 1]])
    #expect(scores.macroF1 == 1)
    #expect(scores.microPrecision == 2.0 / 3)
    #expect(scores.exactMatch == 0.5)
  }

  @Test("none and none is an exact match; order and repetition of labels do not matter")
  func setSemantics() {
    let scores = MultiLabelScores(
      labels: names(3), gold: [[], [2, 0], [1]], predicted: [[], [0, 2, 2], [1, 1]])
    #expect(scores.exactMatch == 1)
    #expect(scores.hammingLoss == 0)
    #expect(scores.perLabel.map(\.truePositives) == [1, 1, 1])
  }

  @Test("the order of rows and the names of labels change no score", arguments: [1, 2, 3])
  func rowAndLabelOrder(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let gold = generator.labelSets(rows: 70, rates: [0.5, 0.3, 0.1])
    let predicted = generator.labelSets(rows: 70, rates: [0.4, 0.4, 0.2])
    let scores = MultiLabelScores(labels: names(3), gold: gold, predicted: predicted)
    let renamed = [2, 0, 1]
    let other = MultiLabelScores(
      labels: names(3), gold: gold.reversed().map { $0.map { renamed[$0] } },
      predicted: predicted.reversed().map { $0.map { renamed[$0] } })
    for label in 0..<3 {
      #expect(other.perLabel[renamed[label]] == scores.perLabel[label], "seed \(seed)")
    }
    #expect(isClose(other.macroF1, scores.macroF1), "seed \(seed)")
    #expect(other.microF1 == scores.microF1, "seed \(seed)")
    #expect(other.exactMatch == scores.exactMatch, "seed \(seed)")
    #expect(other.hammingLoss == scores.hammingLoss, "seed \(seed)")
  }

  @Test("F1 is the harmonic mean of precision and recall")
  func harmonicMean() {
    let binary = BinaryConfusion(
      truePositives: 6, falsePositives: 2, falseNegatives: 3, trueNegatives: 9)
    #expect(binary.precision == 0.75)
    #expect(isClose(binary.recall, 2.0 / 3))
    #expect(isClose(binary.f1, 2 / (1 / binary.precision + 1 / binary.recall)))
    #expect(binary.total == 20)
  }

  @Test("JSON carries scores there and back")
  func codingRoundTrip() throws {
    let multi = MultiLabelScores(
      labels: names(2), gold: [[0], [], [0, 1]], predicted: [[1], [], [0, 1]])
    let single = SingleLabelScores(
      ConfusionMatrix(labels: names(2), gold: [0, 1], predicted: [1, nil]))
    let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
    #expect(try decoder.decode(MultiLabelScores.self, from: encoder.encode(multi)) == multi)
    #expect(try decoder.decode(SingleLabelScores.self, from: encoder.encode(single)) == single)
  }

  @Test(
    "JSON whose counts contradict each other is refused",
    arguments: [
      (labels: #"["a"]"#, truePositives: 1, statements: 3, exact: 1),
      (labels: #"["a"]"#, truePositives: 1, statements: 2, exact: 3),
      (labels: #"["a"]"#, truePositives: -1, statements: 0, exact: 0),
      (labels: #"["a","b"]"#, truePositives: 1, statements: 2, exact: 1),
    ])
  func malformedJSON(labels: String, truePositives: Int, statements: Int, exact: Int) throws {
    func json(_ labels: String, _ truePositives: Int, _ statements: Int, _ exact: Int) -> Data {
      Data(
        """
        {"labels":\(labels),"perLabel":[{"truePositives":\(truePositives),"falsePositives":0,\
        "falseNegatives":0,"trueNegatives":1}],"statementCount":\(statements),\
        "exactMatchCount":\(exact)}
        """.utf8)
    }
    _ = try JSONDecoder().decode(MultiLabelScores.self, from: json(#"["a"]"#, 1, 2, 1))
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        MultiLabelScores.self, from: json(labels, truePositives, statements, exact))
    }
  }
}
