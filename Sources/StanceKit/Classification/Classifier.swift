import Synchronization

/// Judges one statement after another; belongs to one thread.
public struct Classifier: ~Copyable {
  private let model: Model
  private var reader: FeatureReader
  /// Of the last statement.
  private var row = FeatureRow()
  private let standardDeviations: Double?
  private let needsScript: Bool
  /// `nil` where the model knows no statements.
  private var sketcher: TextSketcher?

  /// - Parameters:
  ///   - model: what judges.
  ///   - level: how probably intervals hold, such as 0.95: above 0 and at most 0.999999; `nil` for no
  ///     intervals.
  public init(_ model: Model, intervals level: Double? = nil) {
    self.model = model
    standardDeviations = level.map(NormalDistribution.standardDeviations(holding:))
    reader = FeatureReader(model.extractor)
    needsScript = model.classifiers.contains(where: \.rule.dependsOnScript)
    sketcher = model.knownStatements == nil ? nil : TextSketcher()
  }

  /// What the model says of `text`.
  ///
  /// - Parameter columns: for each of the recipe's columns its value, `nil` where it is not known;
  ///   nothing is known where none are given. ``FeatureColumns`` takes them from a statement.
  public mutating func classify(_ text: String, columns: [String?] = []) -> Judgement {
    reader.read(text, columns: columns, into: &row)
    let script = needsScript ? WritingSystem(ofMostLettersIn: text) : nil
    let copies = copies(of: text)
    let hasEvidence = row.hasEvidence
    let tasks = model.classifiers.indices.map { task in
      judgement(
        model.classifiers[task], in: script, hasEvidence: hasEvidence,
        hasEvidence && !copies.isEmpty
          ? model.knownStatements?.evidence(of: copies, task: task) : nil)
    }
    return Judgement(
      tasks: tasks,
      coverage: row.totalCount == 0 ? 0 : Double(row.knownCount) / Double(row.totalCount),
      hasEvidence: hasEvidence, copies: copies)
  }

  private mutating func copies(of text: String) -> [KnownStatements.Copy] {
    guard let known = model.knownStatements, let sketch = sketcher?.sketch(text) else { return [] }
    return known.copies(of: sketch)
  }

  /// The answer to one task by the row of the last statement.
  ///
  /// - Parameter evidence: what the codings of near copies say, where there are some.
  private func judgement(
    _ classifier: TaskClassifier, in script: WritingSystem?, hasEvidence: Bool,
    _ evidence: CodingEvidence?
  ) -> TaskJudgement {
    let (rule, scores) = (classifier.rule, classifier.scores(row))
    let own = rule.probabilities(of: scores, in: script)
    // Codings are counted beside what the model's own labels compete by: weights do not touch them.
    let standings =
      rule.weighsLabels ? evidence?.probabilities(rule.standings(of: own)) : nil
    var judged = rule.judgement(
      probabilities: evidence?.probabilities(own) ?? own, standings: standings, scores: scores,
      task: classifier.task.name, hasEvidence: hasEvidence)
    judged.standings = standings
    if evidence != nil { judged.probabilitiesWithoutCopies = own }
    if hasEvidence, let standardDeviations, let variances = classifier.variances {
      let intervals = rule.intervals(
        of: scores, in: script, variances: variances.variances(row),
        standardDeviations: standardDeviations)
      judged.intervals = evidence?.intervals(intervals) ?? intervals
    }
    return judged
  }
}

extension Model {
  /// What the model says of `text`. For many texts use `classify(_:parallelism:)`.
  ///
  /// - Parameters:
  ///   - columns: as for ``Classifier/classify(_:columns:)``.
  ///   - level: as for ``Classifier``.
  public func classify(
    _ text: String, columns: [String?] = [], intervals level: Double? = nil
  ) -> Judgement {
    var classifier = Classifier(self, intervals: level)
    return classifier.classify(text, columns: columns)
  }

  /// What the model says of each text, in their order; the same for any number of threads.
  public func classify(
    _ texts: [String], intervals level: Double? = nil, parallelism: Parallelism = .allCores
  ) -> [Judgement] {
    judgements(texts.count, level, parallelism) { classifier, index in
      classifier.classify(texts[index])
    }
  }

  /// What the model says of each statement, by its text and those of its columns that are features.
  public func classify(
    _ statements: [Statement], layout: StatementLayout, intervals level: Double? = nil,
    parallelism: Parallelism = .allCores
  ) -> [Judgement] {
    let columns = FeatureColumns(extractor.recipe, layout: layout)
    return judgements(statements.count, level, parallelism) { classifier, index in
      classifier.classify(
        statements[index].text, columns: columns.values(of: statements[index]))
    }
  }

  private func judgements(
    _ count: Int, _ level: Double?, _ parallelism: Parallelism,
    _ judge: @Sendable (inout Classifier, Int) -> Judgement
  ) -> [Judgement] {
    let ranges = parallelism.ranges(of: count, minimumLength: Self.minimumShare)
    let parts = Mutex([[Judgement]](repeating: [], count: ranges.count))
    parallelism.forEach(ranges.count) { part in
      var classifier = Classifier(self, intervals: level)
      let judgements = ranges[part].map { judge(&classifier, $0) }
      parts.withLock { $0[part] = judgements }
    }
    return parts.withLock { Array($0.joined()) }
  }

  /// Fewer texts than this are not worth a thread.
  private static let minimumShare = 64
}
