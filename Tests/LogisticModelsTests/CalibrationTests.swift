import Foundation
import LinearAlgebra
import LogisticModels
import Testing

@Suite("Calibration")
struct CalibrationTests {
  @Test("Platt's targets keep separated scores finite")
  func plattSeparated() {
    let scaling = PlattScaling.fit(
      scores: [-2, -1, 1, 2], positives: [false, false, true, true])
    #expect(scaling.slope > 0 && scaling.slope.isFinite)
    // The smoothed targets are 3/4 and 1/4: no probability is far beyond them.
    #expect(scaling.probability(of: 1) > 0.5 && scaling.probability(of: 2) < 0.95)
    #expect(abs(scaling.offset) < 1e-9)
  }

  @Test("Platt's mean probability is the mean of the smoothed targets")
  func plattMean() {
    var generator = SeededGenerator(seed: 1)
    let scores = generator.numbers(200, in: -3..<3)
    let positives = scores.map { Double.random(in: -1..<1, using: &generator) < $0 / 3 - 0.4 }
    let scaling = PlattScaling.fit(scores: scores, positives: positives)
    let count = Double(positives.count { $0 })
    let targets = count * (count + 1) / (count + 2) + (200 - count) / (202 - count)
    let sum = scores.reduce(0) { $0 + scaling.probability(of: $1) }
    #expect(abs(sum / targets - 1) < 1e-9)
  }

  @Test("weights of Platt's fit count as repetitions")
  func plattWeights() {
    let scores = [-1.0, 0.5, 0.2, 2, -0.3]
    let positives = [false, true, false, true, true]
    let weighted = PlattScaling.fit(
      scores: scores, positives: positives, weights: [1, 2, 3, 1, 0])
    let order = [0, 1, 1, 2, 2, 2, 3]
    let repeated = PlattScaling.fit(
      scores: order.map { scores[$0] }, positives: order.map { positives[$0] })
    #expect(abs(weighted.slope - repeated.slope) < 1e-9)
    #expect(abs(weighted.offset - repeated.offset) < 1e-9)
  }

  @Test("one side, equal scores or nothing give a finite sigmoid")
  func plattDegenerate() {
    for scaling in [
      PlattScaling.fit(scores: [1, 2, 3], positives: [true, true, true]),
      PlattScaling.fit(scores: [2, 2, 2], positives: [true, false, true]),
      PlattScaling.fit(scores: [], positives: []),
    ] {
      #expect(scaling.slope.isFinite && scaling.offset.isFinite)
    }
  }

  @Test("a temperature stays moderate where every score is right", arguments: [10, 40, 400])
  func separableTemperature(rows: Int) {
    let classes = (0..<rows).map { $0 % 2 }
    let scores = Matrix(
      rows: rows, columns: 2, elements: classes.flatMap { $0 == 0 ? [1.0, -1] : [-1.0, 1] })
    let fitted = TemperatureScaling.fit(scores: scores, classes: classes)
    let probability = LogisticFunctions.softmax(scores.row(0).map { $0 / fitted.temperature })[0]
    #expect(abs(probability - Double(rows + 1) / Double(rows + 2)) < 1e-4)
  }

  @Test("scores multiplied by a factor get that factor as temperature", arguments: [0.25, 1, 6])
  func temperatureScale(factor: Double) {
    var generator = SeededGenerator(seed: 2)
    let logits = Matrix(rows: 300, columns: 3, elements: generator.numbers(900, in: -2..<2))
    let classes = (0..<300).map { row in
      var draw = Double.random(in: 0..<1, using: &generator)
      let probabilities = LogisticFunctions.softmax(logits.row(row))
      for (index, probability) in probabilities.enumerated() {
        draw -= probability
        if draw < 0 { return index }
      }
      return 2
    }
    let base = TemperatureScaling.fit(scores: logits, classes: classes).temperature
    let scaled = TemperatureScaling.fit(
      scores: Matrix(rows: 300, columns: 3, elements: logits.elements.map { $0 * factor }),
      classes: classes)
    #expect(abs(scaled.temperature / base / factor - 1) < 1e-5)
    #expect(base > 0.6 && base < 1.6)
  }
}
