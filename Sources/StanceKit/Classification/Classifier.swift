import Synchronization

/// Judges one statement after another; belongs to one thread.
public struct Classifier: ~Copyable {
  private let model: Model
  private var reader: FeatureReader
  /// Of the last statement.
  private var row = FeatureRow()
  private let standardDeviations: Double?
  private let needsScript: Bool

  /// - Parameters:
  ///   - model: what judges.
  ///   - level: how probably intervals hold, such as 0.95: above 0 and at most 0.999999; `nil` for no
  ///     intervals.
  public init(_ model: Model, intervals level: Double? = nil) {
    self.model = model
    standardDeviations = level.map(NormalDistribution.standardDeviations(holding:))
    reader = FeatureReader(model.extractor)
    needsScript = model.classifiers.contains(where: \.rule.dependsOnScript)
  }

  /// What the model says of `text`.
  ///
  /// - Parameter columns: for each of the recipe's columns its value, `nil` where it is not known;
  ///   nothing is known where none are given. ``FeatureColumns`` takes them from a statement.
  public mutating func classify(_ text: String, columns: [String?] = []) -> Judgement {
    reader.read(text, columns: columns, into: &row)
    let hasEvidence = row.hasEvidence
    let script = needsScript ? WritingSystem(ofMostLettersIn: text) : nil
    let tasks = model.classifiers.map { classifier in
      var judged = classifier.rule.judgement(
        of: classifier.scores(row), in: script, task: classifier.task.name,
        hasEvidence: hasEvidence)
      if hasEvidence, let standardDeviations, let variances = classifier.variances {
        judged.intervals = classifier.rule.intervals(
          of: judged.scores, in: script, variances: variances.variances(row),
          standardDeviations: standardDeviations)
      }
      return judged
    }
    return Judgement(
      tasks: tasks,
      coverage: row.totalCount == 0 ? 0 : Double(row.knownCount) / Double(row.totalCount),
      hasEvidence: hasEvidence)
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
