import StanceKit

/// How far a task's probabilities can be believed, for people.
struct CalibrationReport {
  private let evaluation: TaskEvaluation
  private let showsReliability: Bool

  init(_ evaluation: TaskEvaluation, showsReliability: Bool) {
    self.evaluation = evaluation
    self.showsReliability = showsReliability
  }

  func lines(indent: String) -> [String] {
    var lines = [""] + losses.lines(indent: indent)
    if let byLanguage { lines += [""] + byLanguage.lines(indent: indent) }
    if showsReliability {
      lines += ["", indent + "reliability: how often what is said with a probability is so", ""]
      lines += sideBySide(reliability.map { $0.lines(indent: indent) }, width: Terminal.width)
      while lines.last == "" { lines.removeLast() }
    }
    return lines
  }

  func markdown() -> [String] {
    var lines = [""] + losses.markdown()
    if let byLanguage { lines += [""] + byLanguage.markdown() }
    if showsReliability { for table in reliability { lines += [""] + table.markdown() } }
    return lines
  }

  /// What all labels of a single-label task are called together.
  private static let together = "(the answer)"

  /// Log loss, Brier score and calibration error of each label, before and after calibration.
  var losses: TextTable {
    var table = TextTable(header: ["calibration", "log loss", "Brier", "calibration error"])
    for label in evaluation.calibration {
      let before = label.uncalibrated
      table.append([
        label.label, Self.change(before?.logLoss, label.logLoss),
        Self.change(before?.brierScore, label.brierScore),
        Self.change(before?.expectedCalibrationError, label.expectedCalibrationError),
      ])
    }
    if let answers = evaluation.answerCalibration {
      let (before, after) = (answers.uncalibrated, answers.calibrated)
      table.append([
        Self.together, Self.change(before.logLoss, after.logLoss),
        Self.change(before.brierScore, after.brierScore),
        Self.change(before.expectedCalibrationError, after.expectedCalibrationError),
      ])
    }
    return table
  }

  /// The calibration error by language; `nil` for fewer than two.
  var byLanguage: TextTable? {
    guard evaluation.byLanguage.count > 1,
      evaluation.byLanguage.allSatisfy({ $0.calibration != nil })
    else { return nil }
    let hasAnswers = evaluation.answerCalibration != nil
    var table = TextTable(
      header: ["calibration error by language"] + evaluation.calibration.map(\.label)
        + (hasAnswers ? [Self.together] : []))
    for entry in evaluation.byLanguage {
      let labels = (entry.calibration ?? []).map {
        Self.change($0.uncalibrated?.expectedCalibrationError, $0.expectedCalibrationError)
      }
      let answers = entry.answerCalibration.map {
        Self.change(
          $0.uncalibrated.expectedCalibrationError, $0.calibrated.expectedCalibrationError)
      }
      table.append([entry.language] + labels + (hasAnswers ? [answers ?? "–"] : []))
    }
    return table
  }

  /// One table for each label, and one for the answers of a single-label task.
  var reliability: [TextTable] {
    var tables = evaluation.calibration.compactMap { label in
      label.reliability.map { Self.table($0, title: label.label) }
    }
    if let bins = evaluation.answerCalibration?.reliability {
      tables.append(Self.table(bins, title: Self.together))
    }
    return tables
  }

  private static func table(_ bins: [ReliabilityBin], title: String) -> TextTable {
    var table = TextTable(header: [title, "statements", "said", "so"])
    for bin in bins where bin.count > 0 {
      table.append([
        "\(shortest(bin.lowerBound)) to \(shortest(bin.upperBound))", grouped(bin.count),
        twoDigits(bin.meanProbability), twoDigits(bin.observedFrequency),
      ])
    }
    return table
  }

  /// `0.213 → 0.201`, or one number where nothing changed.
  private static func change(_ before: Double?, _ after: Double) -> String {
    let shown = threeDigits(after)
    guard let before = before.map(threeDigits), before != shown else { return shown }
    return "\(before) → \(shown)"
  }
}
