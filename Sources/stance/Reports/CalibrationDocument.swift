import StanceKit

/// Calibration as JSON.
enum CalibrationDocument {
  static func object(_ calibration: LabelCalibration) -> JSONObjectWriter {
    var entry = JSONObjectWriter()
    entry.set("label", calibration.label)
    entry.set("log-loss", calibration.logLoss)
    entry.set("brier-score", calibration.brierScore)
    entry.set("expected-calibration-error", calibration.expectedCalibrationError)
    if let before = calibration.uncalibrated { entry.set("uncalibrated", object(before)) }
    if let bins = calibration.reliability { entry.set("reliability", bins.map(object)) }
    return entry
  }

  static func object(_ calibration: AnswerCalibration) -> JSONObjectWriter {
    var entry = object(calibration.calibrated)
    entry.set("uncalibrated", object(calibration.uncalibrated))
    if let bins = calibration.reliability { entry.set("reliability", bins.map(object)) }
    return entry
  }

  private static func object(_ losses: ProbabilityLosses) -> JSONObjectWriter {
    var entry = JSONObjectWriter()
    entry.set("log-loss", losses.logLoss)
    entry.set("brier-score", losses.brierScore)
    entry.set("expected-calibration-error", losses.expectedCalibrationError)
    return entry
  }

  private static func object(_ bin: ReliabilityBin) -> JSONObjectWriter {
    var entry = JSONObjectWriter()
    entry.set("from", bin.lowerBound)
    entry.set("to", bin.upperBound)
    entry.set("statements", bin.count)
    entry.set("mean-probability", bin.meanProbability)
    entry.set("observed", bin.observedFrequency)
    return entry
  }
}
