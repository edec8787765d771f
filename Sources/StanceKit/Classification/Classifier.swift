import Synchronization

/// Judges one statement after another; belongs to one thread.
public struct Classifier: ~Copyable {
  private let model: Model
  private var reader: FeatureReader

  public init(_ model: Model) {
    self.model = model
    reader = FeatureReader(model.extractor)
  }

  /// What the model says of `text`.
  ///
  /// - Parameter columns: for each of the recipe's columns its value, `nil` where it is not known;
  ///   nothing is known where none are given. ``FeatureColumns`` takes them from a statement.
  public mutating func classify(_ text: String, columns: [String?] = []) -> Judgement {
    let row = reader.row(of: text, columns: columns)
    let hasEvidence = row.hasEvidence
    let tasks = model.classifiers.map { classifier in
      classifier.rule.judgement(
        of: classifier.scores(row), task: classifier.task.name, hasEvidence: hasEvidence)
    }
    return Judgement(
      tasks: tasks,
      coverage: row.totalCount == 0 ? 0 : Double(row.knownCount) / Double(row.totalCount),
      hasEvidence: hasEvidence)
  }
}

extension Model {
  /// What the model says of `text`. For many texts use `classify(_:parallelism:)`.
  public func classify(_ text: String, columns: [String?] = []) -> Judgement {
    var classifier = Classifier(self)
    return classifier.classify(text, columns: columns)
  }

  /// What the model says of each text, in their order; the same for any number of threads.
  public func classify(_ texts: [String], parallelism: Parallelism = .allCores) -> [Judgement] {
    judgements(texts.count, parallelism) { classifier, index in classifier.classify(texts[index]) }
  }

  /// What the model says of each statement, by its text and those of its columns that are features.
  public func classify(
    _ statements: [Statement], layout: StatementLayout, parallelism: Parallelism = .allCores
  ) -> [Judgement] {
    let columns = FeatureColumns(extractor.recipe, layout: layout)
    return judgements(statements.count, parallelism) { classifier, index in
      classifier.classify(
        statements[index].text, columns: columns.values(of: statements[index]))
    }
  }

  private func judgements(
    _ count: Int, _ parallelism: Parallelism,
    _ judge: @Sendable (inout Classifier, Int) -> Judgement
  ) -> [Judgement] {
    let ranges = parallelism.ranges(of: count, minimumLength: Self.minimumShare)
    let parts = Mutex([[Judgement]](repeating: [], count: ranges.count))
    parallelism.forEach(ranges.count) { part in
      var classifier = Classifier(self)
      let judgements = ranges[part].map { judge(&classifier, $0) }
      parts.withLock { $0[part] = judgements }
    }
    return parts.withLock { Array($0.joined()) }
  }

  /// Fewer texts than this are not worth a thread.
  private static let minimumShare = 64
}
