import Evaluation
import Testing

@Suite("Confident learning")
struct ConfidentLearningTests {
  @Test("a worked example: thresholds are mean self-confidence, suspects cross them")
  func workedExample() {
    // Given 0, 0, 0, 1, 1: t0 = (0.9 + 0.8 + 0.1) / 3 = 0.6, t1 = (0.7 + 0.3) / 2 = 0.5.
    let found = ConfidentLearning(
      rowMajorProbabilities: [0.9, 0.1, 0.8, 0.2, 0.1, 0.9, 0.3, 0.7, 0.7, 0.3],
      given: [0, 0, 0, 1, 1], labelCount: 2)
    #expect(isClose(found.thresholds[0] ?? 0, 0.6) && isClose(found.thresholds[1] ?? 0, 0.5))
    #expect(found.suspects.map(\.row) == [2, 4])
    #expect(found.suspects.map(\.suggested) == [1, 0])
    #expect(found.suspects.map(\.confidence) == [0.1, 0.3])
  }

  @Test("a label that is surer than the given one is no reason below its own threshold")
  func belowThreshold() {
    // Label 1 is usually given with 0.95, so 0.6 is little for it.
    let found = ConfidentLearning(
      rowMajorProbabilities: [0.4, 0.6, 0.9, 0.1, 0.05, 0.95], given: [0, 0, 1], labelCount: 2)
    #expect(found.suspects.isEmpty)
  }

  @Test("a label that nobody was given is never suggested")
  func unusedLabel() {
    let found = ConfidentLearning(
      rowMajorProbabilities: [0.1, 0.2, 0.7, 0.6, 0.3, 0.1], given: [0, 0], labelCount: 3)
    #expect(found.thresholds == [0.35, nil, nil])
    #expect(found.suspects.isEmpty)
  }

  @Test("one label of many is a task of two classes")
  func oneLabel() {
    let probabilities = [0.9, 0.8, 0.95, 0.1, 0.2]
    let positives = [true, true, false, false, true]
    let found = ConfidentLearning(probabilities: probabilities, positives: positives)
    #expect(found.suspects.map(\.row) == [2, 4])
    #expect(found.suspects.map(\.given) == [0, 1])
  }

  @Test("thresholds, suspects and confidences are cleanlab's")
  func reference() throws {
    let reference = try ConfidentLearningReferences.load()
    for expected in reference.cases {
      let found = ConfidentLearning(
        rowMajorProbabilities: expected.probabilities, given: expected.given,
        labelCount: expected.labelCount)
      for (own, other) in zip(found.thresholds, expected.thresholds) {
        #expect(isClose(own ?? 0, other, relative: 1e-12))
      }
      #expect(!expected.suspects.isEmpty)
      #expect(found.suspects.map(\.row).sorted() == expected.suspects.sorted())
      let confidences = Dictionary(
        uniqueKeysWithValues: zip(expected.suspects, expected.confidences))
      for suspect in found.suspects { #expect(suspect.confidence == confidences[suspect.row]) }
      #expect(
        zip(found.suspects, found.suspects.dropFirst())
          .allSatisfy { $0.confidence <= $1.confidence })
    }
  }
}
