import StanceKit

/// Intervals of 95 % as JSON: arrays of two numbers.
enum IntervalDocument {
  /// How they came about.
  static func method(_ sampling: Sampling) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("confidence", 0.95)
    object.set("resamples", sampling.bootstrap.resampleCount)
    object.set("seed", sampling.bootstrap.seed)
    object.set("unit", sampling.unit.rawValue)
    object.set("units", sampling.unitCount)
    return object
  }

  static func fill(_ object: inout JSONObjectWriter, _ label: ScoreIntervals.Label?) {
    object.set("precision-interval", interval: label?.precision)
    object.set("recall-interval", interval: label?.recall)
    object.set("f1-interval", interval: label?.f1)
    object.set("false-positive-rate-interval", interval: label?.falsePositiveRate)
  }

  /// Of the shares of each gold label's statements.
  static func matrix(
    _ rows: [[ClosedRange<Double>]?], _ matrix: ConfusionMatrix
  ) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    for (label, row) in zip(matrix.labels, rows) {
      guard let row else { continue }
      var cells = JSONObjectWriter()
      for (predicted, interval) in zip(matrix.labels, row) {
        cells.set(predicted, interval: interval)
      }
      if matrix.unansweredTotal > 0 {
        cells.set(ConfusionMatrix.unansweredTitle, interval: row.last)
      }
      object.set(label, cells)
    }
    return object
  }
}

extension JSONObjectWriter {
  /// Sets `[lower, upper]`; nothing where there is no interval.
  mutating func set(_ name: String, interval: ClosedRange<Double>?) {
    guard let interval else { return }
    set(name, [interval.lowerBound, interval.upperBound])
  }
}
