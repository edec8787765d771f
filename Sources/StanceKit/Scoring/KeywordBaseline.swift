/// The codebook's keywords alone as a classifier: what a model has to beat to be worth training.
///
/// A multi-label task's label is on where the text has any of its keywords. A single-label task's
/// answer is the label of which the text has the most; of several with as many, and of all where it
/// has none, the one that most statements carry.
public struct KeywordBaseline: Sendable {
  /// One task's score; higher is better.
  public struct Score: Hashable, Codable, Sendable {
    public let task: String
    public let macroF1: Double
  }

  public let task: Codebook.Task
  private let keywords: KeywordFeatures
  /// For each label its list of keywords, `nil` where it has none.
  private let listOfLabel: [Int?]
  /// The labels by falling count.
  private let order: [Int]
  private static let recipe = Recipe.words

  /// `nil` where no label of the task has keywords.
  ///
  /// - Parameter labelCounts: how many statements carry each label, of those that a model learns from.
  public init?(_ task: Codebook.Task, labelCounts: [Int]) {
    let lists = task.labels.map { KeywordList(name: $0.name, phrases: $0.keywords) }
    guard let keywords = KeywordFeatures(lists, for: Self.recipe) else { return nil }
    self.task = task
    self.keywords = keywords
    listOfLabel = task.labels.map { label in
      keywords.lists.firstIndex { $0.name == label.name }
    }
    order = task.labels.indices.sorted { (labelCounts[$1], $0) < (labelCounts[$0], $1) }
  }

  /// The numbers of the labels of each text, rising.
  public func labels(of texts: [String]) -> [[Int]] {
    var counter = KeywordCounter(keywords, recipe: Self.recipe)
    return texts.map { text in
      let hitsOfList = counter.hits(in: text)
      let hits = listOfLabel.map { $0.map { hitsOfList[$0] } ?? 0 }
      switch task.kind {
      case .multiLabel:
        return hits.indices.filter { hits[$0] > 0 }
      case .singleLabel:
        let most = hits.max() ?? 0
        return order.first { hits[$0] == most }.map { [$0] } ?? []
      }
    }
  }

  /// How well the keywords alone answer.
  ///
  /// - Parameter gold: for each text its label numbers, `nil` where the task is not labelled; such
  ///   texts do not count.
  public func score(_ texts: [String], gold: [[Int]?]) -> Score {
    let rows = gold.indices.filter { gold[$0] != nil }
    let predicted = labels(of: rows.map { texts[$0] })
    let names = task.labels.map(\.name)
    let macroF1 =
      switch task.kind {
      case .multiLabel:
        MultiLabelScores(labels: names, gold: rows.map { gold[$0] ?? [] }, predicted: predicted)
          .macroF1
      case .singleLabel:
        SingleLabelScores(
          ConfusionMatrix(
            labels: names, gold: rows.map { gold[$0]?.first ?? 0 },
            predicted: predicted.map(\.first))
        ).macroF1
      }
    return Score(task: task.name, macroF1: macroF1)
  }
}

extension Model {
  /// How well the codebook's keywords alone answer the tasks that are labelled: the floor beside
  /// ``evaluate(on:parallelism:)``. Empty where the codebook has no keywords.
  public func keywordBaselines(on data: LabelledStatements) -> [KeywordBaseline.Score] {
    let texts = data.statements.map(\.text)
    return classifiers.compactMap { classifier in
      let counts = provenance.data.tasks.first { $0.task == classifier.task.name }?.labels
      guard let column = data.codebook.tasks.firstIndex(where: { $0 == classifier.task }),
        let counts, counts.count == classifier.task.labels.count,
        let baseline = KeywordBaseline(classifier.task, labelCounts: counts.map(\.count))
      else { return nil }
      let gold = TaskData(data, task: column).gold
      return gold.contains { $0 != nil } ? baseline.score(texts, gold: gold) : nil
    }
  }
}

extension TaskData {
  /// The score of the codebook's keywords alone on the labelled ones of some statements.
  func keywordBaseline(_ texts: [String], scoring rows: [Int]) -> KeywordBaseline.Score? {
    let labelled = gold.compactMap(\.self)
    let counts = (0..<labelCount).map { label in labelled.count { $0.contains(label) } }
    return KeywordBaseline(task, labelCounts: counts)?
      .score(rows.map { texts[$0] }, gold: rows.map { gold[$0] })
  }
}
