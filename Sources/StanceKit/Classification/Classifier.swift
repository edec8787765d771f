import Synchronization

/// Judges one statement after another; belongs to one thread.
public struct Classifier: ~Copyable {
  private let model: Model
  private var reader: FeatureReader
  private let standardDeviations: Double?

  /// - Parameters:
  ///   - model: what judges.
  ///   - level: how probably intervals hold, such as 0.95: above 0 and at most 0.999999; `nil` for no
  ///     intervals.
  public init(_ model: Model, intervals level: Double? = nil) {
    self.model = model
    standardDeviations = level.map(ProbabilityInterval.standardDeviations(holding:))
    reader = FeatureReader(model.extractor)
  }

  /// What the model says of `text`.
  public mutating func classify(_ text: String) -> Judgement {
    let row = reader.row(of: text)
    let hasEvidence = row.knownCount > 0
    let tasks = model.classifiers.map { classifier in
      var judged = classifier.rule.judgement(
        of: classifier.scores(row), task: classifier.task.name, hasEvidence: hasEvidence)
      if hasEvidence, let standardDeviations, let variances = classifier.variances {
        judged.intervals = classifier.rule.intervals(
          of: judged.scores, variances: variances.variances(row),
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
  public func classify(_ text: String, intervals level: Double? = nil) -> Judgement {
    var classifier = Classifier(self, intervals: level)
    return classifier.classify(text)
  }

  /// What the model says of each text, in their order; the same for any number of threads.
  ///
  /// - Parameter level: as for `Classifier`.
  public func classify(
    _ texts: [String], intervals level: Double? = nil, parallelism: Parallelism = .allCores
  ) -> [Judgement] {
    let ranges = parallelism.ranges(of: texts.count, minimumLength: Self.minimumShare)
    let parts = Mutex([[Judgement]](repeating: [], count: ranges.count))
    parallelism.forEach(ranges.count) { part in
      var classifier = Classifier(self, intervals: level)
      let judgements = texts[ranges[part]].map { classifier.classify($0) }
      parts.withLock { $0[part] = judgements }
    }
    return parts.withLock { Array($0.joined()) }
  }

  /// Fewer texts than this are not worth a thread.
  private static let minimumShare = 64
}
