import Foundation
import LinearAlgebra
import LogisticModels
import Testing

@Suite("Log-count ratios")
struct LogCountRatioTests {
  /// Four documents, three features; values do not count, only whether they are there.
  private let documents = SparseMatrix(
    Matrix(rows: 4, columns: 3, elements: [1, 0, 2, 1, 1, 0, 0, 3, 1, 0, 1, 0]))

  @Test("are the logarithms of smoothed shares")
  func byHand() {
    // With the label: rows 0 and 1, p = [1 + 2, 1 + 1, 1 + 1], sum 7; without: q = [1, 3, 2], sum 6.
    let found = LogCountRatios.scales(
      documents, positives: [true, true, false, false], rowWeights: [1, 1, 1, 1])
    let expected = [
      log((3.0 / 7) / (1.0 / 6)), log((2.0 / 7) / (3.0 / 6)), log((2.0 / 7) / (2.0 / 6)),
    ]
    #expect(zip(found, expected).allSatisfy { abs($0 - abs($1)) < 1e-12 })
  }

  @Test("a weight counts as so many documents")
  func weights() {
    let found = LogCountRatios.scales(
      documents, positives: [true, true, false, false], rowWeights: [2, 1, 0, 1])
    let repeated = documents.selectingRows([0, 0, 1, 3])
    let expected = LogCountRatios.scales(
      repeated, positives: [true, true, true, false], rowWeights: [1, 1, 1, 1])
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("of several classes the largest counts, each against the others")
  func classes() {
    let found = LogCountRatios.scales(
      documents, classes: [0, 1, 2, 2], classCount: 3, rowWeights: [1, 1, 1, 1])
    let each = (0..<3).map { label in
      LogCountRatios.scales(
        documents, positives: [0, 1, 2, 2].map { $0 == label }, rowWeights: [1, 1, 1, 1])
    }
    for feature in 0..<3 {
      // α stands on the side of the others once, not once a class.
      #expect(abs(found[feature] - each.map { $0[feature] }.max()!) < 1e-12)
    }
  }
}
