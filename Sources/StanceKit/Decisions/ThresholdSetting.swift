extension Model {
  /// The model with thresholds and bands for other goals: what was learned stays as it is, and so do
  /// all probabilities.
  ///
  /// The scores that come with the model become those of the new decisions, each fold judged by
  /// thresholds that were set on the others.
  ///
  /// - Parameters:
  ///   - goals: labels without a target keep theirs, and tasks their abstention.
  ///   - endingAbstention: whether every statement is answered from now on.
  /// - Throws: `TrainingError` where goals are not possible, or where they need out-of-fold scores
  ///   and the model has none.
  public func settingThresholds(
    for goals: DecisionGoals, endingAbstention: Bool = false
  ) throws(TrainingError) -> Model {
    let tasks = classifiers.map(\.task)
    var present = classifiers.map { $0.goals ?? $0.presentGoals }
    if endingAbstention {
      for task in present.indices { present[task].abstention = nil }
    }
    let wanted = try goals.resolved(for: tasks, over: present)
    var changed: [TaskClassifier] = []
    for (classifier, goals) in zip(classifiers, wanted) {
      changed.append(try classifier.setting(goals))
    }
    var summary = crossValidation
    for (index, classifier) in changed.enumerated() where classifier.rule != classifiers[index].rule
    {
      guard
        let evaluation = classifier.evaluation(
          unlabelledCount: summary?.evaluations[index].unlabelledCount ?? 0,
          bootstrap: summary?.bootstrapOfStatements(provenance.data))
      else { continue }
      summary?.evaluations[index] = evaluation
      summary?.thresholdsWereReset = true
    }
    return Model(
      codebook: codebook, extractor: extractor, classifiers: changed, provenance: provenance,
      crossValidation: summary, knownStatements: knownStatements)
  }
}

extension TaskClassifier {
  /// What a rule of unknown goals does, as goals.
  fileprivate var presentGoals: TaskGoals {
    switch rule {
    case .thresholds(let rules):
      TaskGoals(labels: rules.map { .fixed($0.threshold ?? 1) })
    case .mostProbable:
      TaskGoals.standard(for: task)
    }
  }

  /// The classifier with thresholds for other goals.
  fileprivate func setting(_ goals: TaskGoals) throws(TrainingError) -> TaskClassifier {
    guard goals != self.goals ?? presentGoals else { return self }
    var changed = self
    changed.goals = goals
    if let record = outOfFold {
      let rows = Array(0..<record.count)
      changed.rule = keepingThresholds(
        of: rule, in: record.fitting(task, goals).decided(rule, record.scoreMatrix, rows), goals)
      return changed
    }
    changed.rule = try fixedRule(goals)
    return changed
  }

  /// Without out-of-fold scores thresholds can only be given.
  private func fixedRule(_ goals: TaskGoals) throws(TrainingError) -> DecisionRule {
    let present = self.goals ?? presentGoals
    let isGiven = goals.labels.indices.allSatisfy { label in
      if case .fixed = goals.labels[label] {
        true
      } else {
        goals.labels[label] == present.labels[label]
      }
    }
    guard isGiven, goals.abstention == nil else {
      throw TrainingError(
        .noOutOfFoldScores,
        "the model has no out-of-fold scores of task \"\(task.name)\", as it was trained with "
          + "--folds 0 or by an older stance, and without them nothing is known of precision and recall; "
          + "train it again with folds, or give thresholds: --target threshold=0.6")
    }
    switch rule {
    case .thresholds(let rules):
      return .thresholds(
        zip(rules, goals.labels).map { rule, goal in
          var rule = rule
          if case .fixed(let threshold) = goal { rule.threshold = threshold }
          return rule
        })
    case .mostProbable(let temperature, let present):
      return .mostProbable(
        temperature: temperature,
        labels: goals.labels.enumerated().map { label, goal in
          var rule = DecisionRule.ClassRule(weight: present?[label].weight ?? 1)
          if case .fixed(let threshold) = goal { rule.answersFrom = threshold }
          return rule
        })
    }
  }

  /// A rule with the thresholds of another one where the goals are the same, so that single precision
  /// does not move them, unless bands hang on them.
  private func keepingThresholds(
    of old: DecisionRule, in new: DecisionRule, _ goals: TaskGoals
  ) -> DecisionRule {
    guard case .thresholds(let oldRules) = old, case .thresholds(var newRules) = new,
      goals.abstention == nil, let present = self.goals
    else { return new }
    for label in newRules.indices where goals.labels[label] == present.labels[label] {
      newRules[label].threshold = oldRules[label].threshold
    }
    return .thresholds(newRules)
  }

  /// The scores of the decisions on the statements that are kept, each fold judged by a calibration and
  /// thresholds that were set on the others; `nil` where none are kept.
  ///
  /// - Parameter bootstrap: for intervals; `nil` where statements belong to groups, as these are not kept.
  fileprivate func evaluation(
    unlabelledCount: Int, bootstrap: Bootstrap?
  ) -> TaskEvaluation? {
    guard let record = outOfFold, let goals else { return nil }
    var fitting = record.fitting(task, goals)
    // The calibration of a model of an older version has no offsets, and keeps what it has.
    fitting.allowsOffsets = rule.shiftsScores
    let scores = record.scoreMatrix
    var judgements = [TaskJudgement?](repeating: nil, count: record.count)
    for fold in 0..<record.folds.count {
      let held = record.folds.held(out: fold)
      guard !held.isEmpty else { continue }
      let rule = fitting.rule(scores, rows: record.folds.training(excluding: fold))
      for row in held {
        judgements[row] = rule.judgement(
          of: Array(scores.row(row)), in: record.scripts[row], task: task.name,
          hasEvidence: record.evidence[row])
      }
    }
    return TaskEvaluation(
      task, gold: record.gold, predictions: judgements.compactMap(\.self),
      traits: StatementTraits(
        languages: record.languages.map { $0.map { record.languageNames[$0] } },
        sampling: bootstrap.map { .init(groups: Array(0..<record.count), bootstrap: $0) }),
      unlabelledCount: unlabelledCount)
  }
}

extension CrossValidation.Summary {
  /// For intervals of statements that each are a group; `nil` where some belong together.
  fileprivate func bootstrapOfStatements(_ data: DataSummary) -> Bootstrap? {
    groupCount == data.statementCount ? Bootstrap(seed: seed) : nil
  }
}

extension OutOfFoldRecord {
  /// What sets thresholds on the statements that are kept.
  func fitting(_ task: Codebook.Task, _ goals: TaskGoals) -> DecisionFitting {
    DecisionFitting(
      data: TaskData(task: task, gold: gold, scripts: scripts), folds: folds, goals: goals)
  }
}
