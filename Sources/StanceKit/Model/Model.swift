/// A trained model: codebook, recipe, vocabulary, classifiers, thresholds, calibration, provenance.
///
/// ```swift
/// let model = try Model(contentsOf: "model.safetensors")
/// let judgement = model.classify("We call for the full implementation of resolution 2254.")
/// print(judgement.tasks[0].labels)
/// ```
public struct Model: Sendable {
  public let codebook: Codebook
  public let extractor: FeatureExtractor
  /// One for each task that was trained, in the codebook's order.
  public let classifiers: [TaskClassifier]
  public let provenance: Provenance
  /// `nil` when trained without cross-validation.
  public let crossValidation: CrossValidation.Summary?
  /// What people said of near copies of a text counts beside what the model says of it; `nil` when
  /// trained to forget it, without cross-validation, with columns as features, or on very many statements,
  /// and in models of older versions.
  public internal(set) var knownStatements: KnownStatements?

  init(
    codebook: Codebook, extractor: FeatureExtractor, classifiers: [TaskClassifier],
    provenance: Provenance, crossValidation: CrossValidation.Summary?,
    knownStatements: KnownStatements?
  ) {
    self.codebook = codebook
    self.extractor = extractor
    self.classifiers = classifiers
    self.provenance = provenance
    self.crossValidation = crossValidation
    self.knownStatements = knownStatements
  }

  /// The same without what it knows of the statements that it was trained on: it judges their near copies
  /// as it judges new ones.
  public var forgettingStatements: Model {
    var model = self
    model.knownStatements = nil
    return model
  }
}

/// The fitted logistic regression of one task.
public struct TaskClassifier: Sendable {
  public let task: Codebook.Task
  public let candidate: Candidate
  /// n of the objective: the sum of the statements' weights. liblinear's and scikit-learn's C is
  /// 1/(λ·n).
  public let weightTotal: Double
  public internal(set) var rule: DecisionRule
  /// What the rule was set for; `nil` where that is not known: without cross-validation thresholds are
  /// 0.5.
  public internal(set) var goals: TaskGoals?
  /// What thresholds can be set on; `nil` without cross-validation and in models of older versions.
  public internal(set) var outOfFold: OutOfFoldRecord?
  /// How uncertain scores are; `nil` where the model was trained without.
  public internal(set) var variances: ScoreVariances?
  /// One for each label.
  public let intercepts: [Double]
  /// features × labels, in single precision as the model file holds them, so that a model answers
  /// the same before and after it is saved.
  let coefficients: Coefficients

  init(
    task: Codebook.Task, candidate: Candidate, weightTotal: Double, rule: DecisionRule,
    goals: TaskGoals?, fitted: LinearModel
  ) {
    self.init(
      task: task, candidate: candidate, weightTotal: weightTotal, rule: rule, goals: goals,
      intercepts: fitted.intercepts,
      coefficients: Coefficients(fitted.coefficients))
  }

  init(
    task: Codebook.Task, candidate: Candidate, weightTotal: Double, rule: DecisionRule,
    goals: TaskGoals?, intercepts: [Double], coefficients: Coefficients
  ) {
    self.task = task
    self.candidate = candidate
    self.weightTotal = weightTotal
    self.rule = rule
    self.goals = goals
    self.intercepts = intercepts
    self.coefficients = coefficients
  }

  /// The coefficient of a feature for a label.
  public func coefficient(feature: Int, label: Int) -> Double {
    Double(coefficients[feature * intercepts.count + label])
  }
}
