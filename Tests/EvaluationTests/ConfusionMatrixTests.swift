import Evaluation
import Foundation
import Testing

@Suite("Confusion matrix of a single-label task")
struct ConfusionMatrixTests {
  @Test("the counts are scikit-learn's", arguments: try References.load().singleLabel)
  func countsMatchReference(reference: References.SingleLabel) {
    let matrix = ConfusionMatrix(
      labels: names(reference.labelCount), gold: reference.gold, predicted: reference.predicted)
    #expect(matrix.counts == reference.matrix.flatMap(\.self))
    #expect(matrix.unansweredTotal == 0)
  }

  @Test("rows are gold, columns are predictions, and nil is no answer")
  func orientation() {
    let matrix = ConfusionMatrix(
      labels: ["a", "b"], gold: [0, 0, 0, 1, 1], predicted: [0, 1, 1, nil, 1])
    #expect(matrix.counts == [1, 2, 0, 1])
    #expect(matrix.unanswered == [0, 1])
    #expect(matrix[gold: 0, predicted: 1] == 2)
    #expect(matrix[gold: 1, predicted: 0] == 0)
    #expect(matrix[gold: 1, predicted: nil] == 1)
    #expect(matrix.rowTotals == [3, 2])
    #expect(matrix.columnTotals == [1, 3])
    #expect(matrix.correct == 2)
    #expect(matrix.total == 5)
  }

  @Test("totals count every row once", arguments: 1...10 as ClosedRange<UInt64>)
  func totals(seed: UInt64) {
    let (gold, predicted) = randomAnswers(seed: seed)
    let matrix = ConfusionMatrix(labels: names(4), gold: gold, predicted: predicted)
    #expect(matrix.total == gold.count, "seed \(seed)")
    #expect(matrix.rowTotals.reduce(0, +) == gold.count, "seed \(seed)")
    #expect(matrix.columnTotals.reduce(matrix.unansweredTotal, +) == gold.count, "seed \(seed)")
    for label in 0..<4 {
      #expect(matrix.rowTotals[label] == gold.count { $0 == label }, "seed \(seed)")
      #expect(matrix.columnTotals[label] == predicted.count { $0 == label }, "seed \(seed)")
    }
  }

  @Test("renaming labels permutes rows and columns", arguments: 1...10 as ClosedRange<UInt64>)
  func labelPermutation(seed: UInt64) {
    let (gold, predicted) = randomAnswers(seed: seed)
    let renamed = [2, 0, 3, 1]
    let matrix = ConfusionMatrix(labels: names(4), gold: gold, predicted: predicted)
    let permuted = ConfusionMatrix(
      labels: names(4), gold: gold.map { renamed[$0] },
      predicted: predicted.map { $0.map { renamed[$0] } })
    #expect(matrix != permuted, "seed \(seed)")
    for gold in 0..<4 {
      for predicted in [0, 1, 2, 3, nil] {
        #expect(
          matrix[gold: gold, predicted: predicted]
            == permuted[gold: renamed[gold], predicted: predicted.map { renamed[$0] }],
          "seed \(seed)")
      }
    }
  }

  @Test("neither the order of rows nor a split into parts changes it", arguments: [1, 2, 3])
  func orderAndAddition(seed: UInt64) {
    let (gold, predicted) = randomAnswers(seed: seed)
    let matrix = ConfusionMatrix(labels: names(4), gold: gold, predicted: predicted)
    let backwards = ConfusionMatrix(
      labels: names(4), gold: gold.reversed(), predicted: predicted.reversed())
    #expect(matrix == backwards, "seed \(seed)")
    let head = ConfusionMatrix(
      labels: names(4), gold: Array(gold.prefix(37)), predicted: Array(predicted.prefix(37)))
    let tail = ConfusionMatrix(
      labels: names(4), gold: Array(gold.dropFirst(37)), predicted: Array(predicted.dropFirst(37)))
    #expect(head.adding(tail) == matrix, "seed \(seed)")
    #expect(head != matrix, "seed \(seed)")
  }

  @Test("JSON carries it there and back, one array a row")
  func codingRoundTrip() throws {
    let (gold, predicted) = randomAnswers(seed: 7)
    let matrix = ConfusionMatrix(labels: names(4), gold: gold, predicted: predicted)
    let json = try JSONEncoder().encode(matrix)
    #expect(try JSONDecoder().decode(ConfusionMatrix.self, from: json) == matrix)
    let small = ConfusionMatrix(labels: ["a", "b"], gold: [0, 1], predicted: [1, nil])
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(
      String(decoding: try encoder.encode(small), as: UTF8.self)
        == #"{"counts":[[0,1],[0,0]],"labels":["a","b"],"unanswered":[0,1]}"#)
  }

  @Test(
    "JSON that contradicts itself is refused",
    arguments: [
      #"{"labels":["a","b"],"counts":[[1,2]],"unanswered":[0,0]}"#,
      #"{"labels":["a","b"],"counts":[[1,2],[3]],"unanswered":[0,0]}"#,
      #"{"labels":["a","b"],"counts":[[1,2],[3,4]],"unanswered":[0]}"#,
      #"{"labels":["a","b"],"counts":[[1,2],[3,-4]],"unanswered":[0,0]}"#,
      #"{"labels":["a","b"],"counts":[[1,2],[3,9223372036854775807]],"unanswered":[0,0]}"#,
      #"{"labels":["a","a"],"counts":[[1,2],[3,4]],"unanswered":[0,0]}"#,
      #"{"labels":["a","b"],"counts":[[1,2],[3,4]]}"#,
    ])
  func malformedJSON(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ConfusionMatrix.self, from: Data(json.utf8))
    }
  }

  /// 100 statements with four labels; about one in five is not answered.
  private func randomAnswers(seed: UInt64) -> (gold: [Int], predicted: [Int?]) {
    var generator = SplitMix64(seed: seed)
    let gold = generator.labels(rows: 100, labelCount: 4)
    let predicted = generator.labels(rows: 100, labelCount: 5)
    return (gold, predicted.map { $0 == 4 ? nil : $0 })
  }
}
