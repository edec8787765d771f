import Foundation

/// Learns a task's calibration from out-of-fold scores.
///
/// Texts in a script of which fewer statements were labelled get timid scores, as fewer of their terms
/// are known. So each script with enough statements may have a calibration of its own, where that lowers
/// the log loss of folds that it was not fitted on.
struct CalibrationFitting {
  let data: TaskData
  let folds: Folds
  /// Whether labels that exclude each other may have offsets beside the temperature.
  var allowsOffsets = true

  /// Fewer labelled statements in a script than this teach it no calibration of its own.
  static let fewestInScript = 100
  /// Nor do fewer statements that carry, or do not carry, a label.
  static let fewestOfLabel = 20

  /// A rule that turns scores into probabilities, with thresholds of 0.5.
  ///
  /// - Parameters:
  ///   - scores: statements × labels, out-of-fold.
  ///   - rows: the statements to learn from.
  func rule(_ scores: Matrix, rows: [Int]) -> DecisionRule {
    let scripts = scripts(rows)
    switch data.task.kind {
    case .multiLabel:
      return .thresholds(
        (0..<data.labelCount).map { label in
          let family = PlattFamily(
            scores: rows.map { scores[$0, label] }, positives: data.positives(label, rows))
          let found = calibrations(family, rows, scripts)
          return DecisionRule.LabelRule(
            calibration: found.general, calibrationByScript: found.byScript,
            threshold: Thresholds.standard)
        })
    case .singleLabel:
      let family = TemperatureFamily(
        scores: rows.map { Array(scores.row($0)) }, classes: rows.map { data.gold[$0]?.first ?? 0 },
        forms: allowsOffsets ? [.temperature, .withOffsets] : [.temperature])
      let found = calibrations(family, rows, scripts)
      return .mostProbable(
        temperature: .init(
          found.general?.temperature ?? 1, byScript: found.byScript?.mapValues(\.temperature),
          offsets: found.general?.offsets), labels: nil)
    }
  }

  /// The scripts of enough statements, in their own order, with the indices of these in `rows`; none
  /// where there are not several.
  private func scripts(_ rows: [Int]) -> [(script: WritingSystem, indices: [Int])] {
    guard !data.scripts.isEmpty else { return [] }
    let found = WritingSystem.allCases.compactMap { script in
      let indices = rows.indices.filter { data.scripts[rows[$0]] == script }
      return indices.count < Self.fewestInScript ? nil : (script, indices)
    }
    return found.count > 1 ? found : []
  }

  /// What holds for all statements, and what for those of a script; `nil` where less is better.
  private func calibrations<Family: CalibrationFamily>(
    _ family: Family, _ rows: [Int], _ scripts: [(script: WritingSystem, indices: [Int])]
  ) -> (general: Family.Parameters?, byScript: [WritingSystem: Family.Parameters]?) {
    let all = Array(rows.indices)
    let foldOfIndex = rows.map { folds.foldOfRow[$0] }
    /// The log loss of some statements, each with the parameters of its fold.
    func loss(_ indices: [Int], _ parameters: [Family.Parameters?]) -> Double {
      indices.reduce(0) { $0 + family.loss($1, parameters[foldOfIndex[$1]]) }
    }
    let none = [Family.Parameters?](repeating: nil, count: folds.count)
    var (general, byFold): (Family.Parameters?, [Family.Parameters?]) = (nil, none)
    for (number, form) in family.forms.enumerated() {
      guard let fitted = family.fit(all, form) else { continue }
      let found = crossFitted(all, foldOfIndex) { training, _ in
        family.fit(training, form)
          ?? (number == 0 ? nil : family.fit(training, family.forms[0]))
      }
      let isBetter =
        number == 0
        ? loss(all, found) < loss(all, none)
        : leads(
          all.map {
            family.loss($0, byFold[foldOfIndex[$0]]) - family.loss($0, found[foldOfIndex[$0]])
          })
      if isBetter { (general, byFold) = (fitted, found) }
    }
    var byScript: [WritingSystem: Family.Parameters] = [:]
    for (script, indices) in scripts where family.canFit(indices) {
      let own = crossFitted(indices, foldOfIndex) { family.fit($0, beside: byFold[$1]) }
      if loss(indices, own) < loss(indices, byFold),
        let fitted = family.fit(indices, beside: general)
      {
        byScript[script] = fitted
      }
    }
    return (general, byScript.isEmpty ? nil : byScript)
  }

  /// Whether what is gained on each statement is more than chance: the sum above its standard error.
  private func leads(_ gains: [Double]) -> Bool {
    let mean = gains.reduce(0, +) / Double(max(1, gains.count))
    let squares = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return mean * Double(gains.count) > squares.squareRoot()
  }

  /// For each fold what the statements of the others teach; `nil` for a fold without statements.
  private func crossFitted<Parameters>(
    _ indices: [Int], _ foldOfIndex: [Int], _ fit: (_ training: [Int], _ fold: Int) -> Parameters?
  ) -> [Parameters?] {
    (0..<folds.count).map { fold in
      let training = indices.filter { foldOfIndex[$0] != fold }
      guard !training.isEmpty, training.count < indices.count else { return nil }
      return fit(training, fold)
    }
  }
}

/// A way to calibrate scores of some statements.
private protocol CalibrationFamily {
  associatedtype Parameters
  /// How many things are fitted.
  associatedtype Form

  /// From the simplest; a later one has to lead by more than chance.
  var forms: [Form] { get }

  /// The parameters for some of the statements; `nil` where there are none that keep their order, or too
  /// little to learn them from.
  func fit(_ indices: [Int], _ form: Form) -> Parameters?

  /// The parameters for statements in one script, where there are others for all.
  func fit(_ indices: [Int], beside general: Parameters?) -> Parameters?

  /// The log loss of a statement; `nil` for the scores' own probabilities.
  func loss(_ index: Int, _ parameters: Parameters?) -> Double

  /// Whether there is enough to learn from in one script.
  func canFit(_ indices: [Int]) -> Bool
}

/// Platt scaling of one label's scores.
private struct PlattFamily: CalibrationFamily {
  let scores: [Double]
  let positives: [Bool]

  let forms: [Void] = [()]

  func fit(_ indices: [Int], _ form: Void) -> PlattScaling? {
    let scaling = PlattScaling.fit(
      scores: indices.map { scores[$0] }, positives: indices.map { positives[$0] })
    // A falling curve would turn the order of the statements round.
    return scaling.slope > 0 ? scaling : nil
  }

  func fit(_ indices: [Int], beside general: PlattScaling?) -> PlattScaling? { fit(indices, ()) }

  func loss(_ index: Int, _ scaling: PlattScaling?) -> Double {
    // −ln σ(m) of a positive, −ln(1 − σ(m)) of a negative.
    let margin = scaling.map { $0.slope * scores[index] + $0.offset } ?? scores[index]
    return LogisticFunctions.softplus(positives[index] ? -margin : margin)
  }

  func canFit(_ indices: [Int]) -> Bool {
    let count = indices.count { positives[$0] }
    return min(count, indices.count - count) >= CalibrationFitting.fewestOfLabel
  }
}

/// Temperature scaling of a single-label task's scores, also with offsets, which scripts share.
private struct TemperatureFamily: CalibrationFamily {
  struct Parameters {
    let temperature: Double
    let offsets: [Double]?
  }

  enum Form { case temperature, withOffsets }

  /// One row for each statement.
  let scores: [[Double]]
  let classes: [Int]
  let forms: [Form]

  func fit(_ indices: [Int], _ form: Form) -> Parameters? {
    switch form {
    case .temperature: return fit(indices, beside: nil)
    case .withOffsets:
      var counts = Array(repeating: 0, count: scores.first?.count ?? 0)
      for index in indices { counts[classes[index]] += 1 }
      guard counts.allSatisfy({ $0 >= CalibrationFitting.fewestOfLabel }) else { return nil }
      return BiasCorrectedTemperatureScaling.fit(
        scores: matrix(indices), classes: indices.map { classes[$0] }
      ).map { Parameters(temperature: $0.temperature, offsets: $0.offsets) }
    }
  }

  func fit(_ indices: [Int], beside general: Parameters?) -> Parameters? {
    Parameters(
      temperature: TemperatureScaling.fit(
        scores: matrix(indices), classes: indices.map { classes[$0] }, offsets: general?.offsets
      ).temperature, offsets: general?.offsets)
  }

  private func matrix(_ indices: [Int]) -> Matrix {
    Matrix(
      rows: indices.count, columns: scores.first?.count ?? 0,
      elements: indices.flatMap { scores[$0] })
  }

  func loss(_ index: Int, _ parameters: Parameters?) -> Double {
    let inverse = 1 / (parameters?.temperature ?? 1)
    var row = scores[index]
    for label in row.indices {
      row[label] = row[label] * inverse + (parameters?.offsets?[label] ?? 0)
    }
    return LogisticFunctions.logSumExp(row) - row[classes[index]]
  }

  /// One number needs few.
  func canFit(_ indices: [Int]) -> Bool { true }
}
