import Foundation

/// How uncertain a task's scores are, as a model keeps it: ln variance = offset + xᵀu, for each label,
/// or for each pair of labels of a single-label task the difference of their scores.
///
/// See `VarianceModel`, of which these are the numbers, and `GroupJackknife` for what variance it is.
public struct ScoreVariances: Hashable, Sendable {
  /// One for each output.
  let offsets: [Double]
  /// Features × outputs.
  let coefficients: [Float]

  init(offsets: [Double], coefficients: [Float]) {
    self.offsets = offsets
    self.coefficients = coefficients
  }

  init(_ model: VarianceModel) {
    offsets = model.offsets
    var transposed: [Float] = []
    transposed.reserveCapacity(model.coefficients.count)
    for feature in 0..<model.features {
      for output in 0..<model.outputs {
        transposed.append(model.coefficients[output * model.features + feature])
      }
    }
    coefficients = transposed
  }

  /// The number of variances of a task with so many labels.
  static func outputs(_ task: Codebook.Task) -> Int {
    let labels = task.labels.count
    return task.kind == .multiLabel ? labels : labels * (labels - 1) / 2
  }

  /// Far beyond what fitting yields: a probability is then unknown, or known.
  private static let logarithms = -30.0...30.0

  /// The variances of a statement's scores.
  func variances(_ row: FeatureRow) -> [Double] {
    var logarithms = offsets
    for (column, value) in zip(row.columns, row.values) {
      for output in offsets.indices {
        logarithms[output] += value * Double(coefficients[Int(column) * offsets.count + output])
      }
    }
    return logarithms.map { logarithm in
      exp(min(max(logarithm, Self.logarithms.lowerBound), Self.logarithms.upperBound))
    }
  }
}

extension DecisionRule {
  /// Between which probabilities each label lies.
  ///
  /// - Parameters:
  ///   - scores: one for each label, before calibration.
  ///   - script: of the statement's text; `nil` for one without letters.
  ///   - variances: as `ScoreVariances` gives them.
  ///   - standardDeviations: z.
  func intervals(
    of scores: [Double], in script: WritingSystem?, variances: [Double],
    standardDeviations: Double
  ) -> [ProbabilityInterval] {
    switch self {
    case .thresholds(let rules):
      return rules.indices.map { label in
        let calibration = rules[label].calibration(in: script)
        let (slope, offset) = calibration.map { ($0.slope, $0.offset) } ?? (1, 0)
        return ProbabilityInterval(
          score: slope * scores[label] + offset, variance: slope * slope * variances[label],
          standardDeviations: standardDeviations)
      }
    case .mostProbable(let temperature, _):
      let divisor = temperature[script]
      return ProbabilityInterval.ofClasses(
        scores: temperature.calibrated(scores, in: script),
        differenceVariances: variances.map { $0 / (divisor * divisor) },
        standardDeviations: standardDeviations)
    }
  }
}
