/// Why a model decides as it does: each label's score as a sum of terms and the intercept.
public struct Explanation: Hashable, Sendable {
  public let judgement: Judgement
  /// For each task one sum for each label.
  public let tasks: [[LabelSum]]

  /// One label's score taken apart.
  public struct LabelSum: Hashable, Sendable {
    public let label: String
    public let probability: Double
    public let isOn: Bool
    /// `intercept` plus the contributions of all `terms`, before calibration.
    public let score: Double
    public let intercept: Double
    /// By falling size of their contribution.
    public let terms: [Contribution]
  }

  /// What one term of the text adds to a label's score.
  public struct Contribution: Hashable, Sendable {
    public let feature: Feature
    /// The term's weight in the text times its coefficient.
    public let value: Double
  }
}

extension Model {
  /// The terms of `text` that the model knows and what each adds to each label.
  ///
  /// - Parameter columns: as for `classify`.
  public func explain(_ text: String, columns: [String?] = []) -> Explanation {
    var reader = FeatureReader(extractor)
    let row = reader.row(of: text, columns: columns)
    let judgement = classify(text, columns: columns)
    let features = row.columns.map { extractor.feature(at: Int($0)) }
    let tasks = zip(classifiers, judgement.tasks).map { classifier, judged in
      let scores = classifier.scores(row)
      return classifier.task.labels.enumerated().map { label, definition in
        let terms = row.columns.indices.map { entry in
          Explanation.Contribution(
            feature: features[entry],
            value: row.values[entry]
              * classifier.coefficient(feature: Int(row.columns[entry]), label: label))
        }
        return Explanation.LabelSum(
          label: definition.name, probability: judged.probabilities[label],
          isOn: judged.labels.contains(label), score: scores[label],
          intercept: classifier.intercepts[label],
          terms: terms.sorted { abs($0.value) > abs($1.value) })
      }
    }
    return Explanation(judgement: judgement, tasks: tasks)
  }
}
