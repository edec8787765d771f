import LinearAlgebra
import LogisticModels
import Testing

@Suite("Weights that balance classes")
struct BalancingWeightTests {
  /// Texts of some kinds, and how many of each kind are of each class: the probabilities are true.
  private static let counts = [[900, 60, 10], [2_000, 700, 90], [100, 240, 100]]
  private static let all = [true, true, true]

  /// Rows × classes, and the class of each row; `distorted` multiplies the true probabilities.
  private func rows(_ distorted: [Double] = [1, 1, 1]) -> (Matrix, [Int]) {
    var (elements, classes) = ([Double](), [Int]())
    for kind in Self.counts {
      let products = zip(kind, distorted).map { Double($0) * $1 }
      let sum = products.reduce(0, +)
      for (label, count) in kind.enumerated() {
        for _ in 0..<count {
          elements += products.map { $0 / sum }
          classes.append(label)
        }
      }
    }
    return (Matrix(rows: classes.count, columns: 3, elements: elements), classes)
  }

  private func fit(
    _ rows: (Matrix, [Int]), _ isWeighted: [Bool] = Self.all
  ) -> [Double] {
    BalancingWeights.fit(probabilities: rows.0, classes: rows.1, isWeighted: isWeighted)
  }

  /// The mean over the classes of the share of their rows that win.
  private func meanRecall(_ rows: (Matrix, [Int]), _ weights: [Double]) -> Double {
    var (found, total) = ([0, 0, 0], [0, 0, 0])
    for (row, label) in rows.1.enumerated() {
      let products = zip(rows.0.row(row), weights).map { $0 * $1 }
      total[label] += 1
      if products.firstIndex(of: products.max() ?? 0) == label { found[label] += 1 }
    }
    return zip(found, total).reduce(0) { $0 + Double($1.0) / Double($1.1) / 3 }
  }

  @Test("those of true probabilities are the inverse shares of the classes")
  func trueProbabilities() {
    // 3,000, 1,000 and 200 rows: 1, 3 and 15; the prior draws them a little towards 1.
    let weights = fit(rows())
    #expect(weights[0] == 1)
    #expect(abs(weights[1] / 3 - 1) < 0.05 && weights[1] < 3.02)
    #expect(abs(weights[2] / 15 - 1) < 0.1 && weights[2] < 15)
    #expect(meanRecall(rows(), weights) > meanRecall(rows(), [1, 1, 1]) + 0.05)
  }

  @Test("probabilities that are balanced already need none")
  func balanced() {
    let weights = fit(rows([1, 3, 15]))
    #expect(weights.allSatisfy { abs($0 - 1) < 1e-6 })
  }

  @Test("what probabilities were multiplied by is taken back")
  func multiplied() {
    let (plain, changed) = (fit(rows()), fit(rows([1, 6, 30])))
    #expect(abs(changed[0] / changed[1] / (6 * plain[0] / plain[1]) - 1) < 0.1)
    #expect(changed.min() == 1 && changed[0] == changed.max())
  }

  @Test("classes that may have none, and classes without rows, keep 1")
  func kept() {
    let some = fit(rows(), [false, false, true])
    #expect(some[0] == 1 && some[1] == 1 && some[2] > 3)
    let (matrix, classes) = rows()
    let known = classes.indices.filter { classes[$0] != 2 }
    let without = fit(
      (
        Matrix(rows: known.count, columns: 3, elements: known.flatMap { matrix.row($0) }),
        known.map { classes[$0] }
      ))
    #expect(without[2] == 1 && without[1] / without[0] > 2)
    #expect(fit((Matrix(rows: 0, columns: 3), [])) == [1, 1, 1])
    #expect(fit((Matrix(rows: 2, columns: 3, repeating: 1.0 / 3), [1, 1])) == [1, 1, 1])
    #expect(fit(rows(), [false, false, false]) == [1, 1, 1])
  }

  @Test("few rows move them little, and certain errors leave them finite")
  func few() {
    let few = fit(
      (Matrix(rows: 3, columns: 2, elements: [0.9, 0.1, 0.8, 0.2, 0.7, 0.3]), [0, 0, 1]),
      [true, true])
    #expect(few[0] == 1 && few[1] > 1 && few[1] < 3)
    let wrong = fit((Matrix(rows: 2, columns: 2, elements: [1, 0, 1, 0]), [0, 1]), [true, true])
    #expect(wrong.allSatisfy { $0.isFinite && $0 >= 1 } && wrong[1] > 1)
  }
}
