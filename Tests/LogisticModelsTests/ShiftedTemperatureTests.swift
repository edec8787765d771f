import Foundation
import LinearAlgebra
import LogisticModels
import Testing

@Suite("Temperature with offsets")
struct ShiftedTemperatureTests {
  /// Texts of some kinds, and how many of each kind are of each class.
  private static let counts = [[900, 60, 10], [2_000, 700, 90], [100, 240, 100]]

  /// Scores whose softmax, divided by `temperature` and shifted by `offsets`, is what occurs.
  private func rows(_ temperature: Double, _ offsets: [Double]) -> (Matrix, [Int]) {
    var (elements, classes) = ([Double](), [Int]())
    for kind in Self.counts {
      let scores = zip(kind, offsets).map { (log(Double($0)) - $1) * temperature }
      for (label, count) in kind.enumerated() {
        for _ in 0..<count {
          elements += scores
          classes.append(label)
        }
      }
    }
    return (Matrix(rows: classes.count, columns: 3, elements: elements), classes)
  }

  private func meanLoss(
    _ rows: (Matrix, [Int]), _ temperature: Double, _ offsets: [Double]
  ) -> Double {
    let sum = rows.1.enumerated().reduce(0) { sum, entry in
      let scores = zip(rows.0.row(entry.offset), offsets).map { $0 / temperature + $1 }
      return sum + LogisticFunctions.logSumExp(scores) - scores[entry.element]
    }
    return sum / Double(rows.1.count)
  }

  @Test(
    "what scores were multiplied and shifted by is found",
    arguments: [(1.0, [0.0, 0, 0]), (0.4, [-1.5, 0, -0.3]), (3.0, [0, -2, -0.7])])
  func found(temperature: Double, offsets: [Double]) throws {
    let rows = rows(temperature, offsets)
    let fitted = try #require(
      BiasCorrectedTemperatureScaling.fit(scores: rows.0, classes: rows.1))
    // The smoothed targets and the prior move them a little.
    #expect(abs(fitted.temperature / temperature - 1) < 0.03)
    #expect(zip(fitted.offsets, offsets).allSatisfy { abs($0 - $1) < 0.05 })
    #expect(fitted.offsets.max() == 0)
    let loss = meanLoss(rows, fitted.temperature, fitted.offsets)
    let alone = TemperatureScaling.fit(scores: rows.0, classes: rows.1).temperature
    #expect(loss <= meanLoss(rows, alone, [0, 0, 0]) + 1e-6)
    for label in 0..<3 {
      var moved = fitted.offsets
      moved[label] += 0.1
      #expect(meanLoss(rows, fitted.temperature, moved) > loss)
    }
  }

  @Test("the order of classes does not matter", arguments: [[1, 2, 0], [2, 1, 0], [2, 0, 1]])
  func order(places: [Int]) throws {
    let (scores, classes) = rows(0.4, [-1.5, 0, -0.3])
    // Few rows: the prior counts.
    let few = Array(stride(from: 0, to: scores.rows, by: 150))
    let matrix = Matrix(rows: few.count, columns: 3, elements: few.flatMap { scores.row($0) })
    let moved = Matrix(
      rows: few.count, columns: 3,
      elements: few.flatMap { row in places.map { scores[row, $0] } })
    let fitted = try #require(
      BiasCorrectedTemperatureScaling.fit(scores: matrix, classes: few.map { classes[$0] }))
    let other = try #require(
      BiasCorrectedTemperatureScaling.fit(
        scores: moved, classes: few.map { places.firstIndex(of: classes[$0]) ?? 0 }))
    #expect(abs(fitted.temperature - other.temperature) < 1e-7)
    for (place, label) in places.enumerated() {
      #expect(abs(fitted.offsets[label] - other.offsets[place]) < 1e-6)
    }
  }

  @Test("mean probabilities are the shares of the classes")
  func means() throws {
    let rows = rows(0.5, [-1, 0, -0.5])
    let fitted = try #require(
      BiasCorrectedTemperatureScaling.fit(scores: rows.0, classes: rows.1))
    var sums = [0.0, 0, 0]
    for row in rows.1.indices {
      let scores = zip(rows.0.row(row), fitted.offsets).map { $0 / fitted.temperature + $1 }
      for (label, probability) in LogisticFunctions.softmax(scores).enumerated() {
        sums[label] += probability
      }
    }
    for label in 0..<3 {
      #expect(abs(sums[label] - Double(rows.1.count { $0 == label })) < 2)
    }
  }

  @Test("right scores, one class and nothing give finite numbers or none")
  func degenerate() throws {
    let right = Matrix(rows: 4, columns: 2, elements: [2, -2, -2, 2, 2, -2, -2, 2])
    let fitted = try #require(
      BiasCorrectedTemperatureScaling.fit(scores: right, classes: [0, 1, 0, 1]))
    #expect(fitted.temperature.isFinite && fitted.offsets.allSatisfy(\.isFinite))
    #expect(
      BiasCorrectedTemperatureScaling.fit(scores: Matrix(rows: 0, columns: 3), classes: []) == nil)
    #expect(
      BiasCorrectedTemperatureScaling.fit(
        scores: Matrix(rows: 2, columns: 1, elements: [1, 2]), classes: [0, 0]) == nil)
    // Scores that say the contrary would need a negative temperature.
    let wrong = Matrix(rows: 4, columns: 2, elements: [-2, 2, 2, -2, -2, 2, 2, -2])
    #expect(BiasCorrectedTemperatureScaling.fit(scores: wrong, classes: [0, 1, 0, 1]) == nil)
  }

  @Test("a temperature beside given offsets is the one that was fitted with them")
  func beside() throws {
    let rows = rows(0.4, [-1.5, 0, -0.3])
    let fitted = try #require(
      BiasCorrectedTemperatureScaling.fit(scores: rows.0, classes: rows.1))
    let beside = TemperatureScaling.fit(
      scores: rows.0, classes: rows.1, offsets: fitted.offsets)
    #expect(abs(beside.temperature / fitted.temperature - 1) < 1e-4)
  }
}
