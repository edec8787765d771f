/// Explains one statement after another; belongs to one thread.
public struct Explainer: ~Copyable {
  /// What explanations have beside words.
  public struct Configuration: Sendable {
    /// Whether they have `terms`, which are many.
    public var listsFeatures = false
    /// Where to look for the statements that are most like the explained one.
    public var neighbours: StatementNeighbours?
    /// How many of these at most.
    public var neighbourCount = 0

    public init() {}
  }

  private let model: Model
  private let configuration: Configuration
  private var classifier: Classifier
  private var tracer: FeatureTracer
  private var nearCopies = NearCopyReader()

  public init(_ model: Model, _ configuration: Configuration = .init()) {
    self.model = model
    self.configuration = configuration
    classifier = Classifier(model)
    tracer = FeatureTracer(model.extractor)
  }

  /// The words of `text` and what each adds to each label.
  ///
  /// - Parameters:
  ///   - columns: as for ``Classifier/classify(_:columns:)``.
  ///   - id: the statement's; that very statement is not its own neighbour.
  public mutating func explain(
    _ text: String, columns: [String?] = [], id: String? = nil
  ) -> Explanation {
    let listsFeatures = configuration.listsFeatures
    let judgement = classifier.classify(text, columns: columns)
    let traced = tracer.read(text, columns: columns)
    let row = traced.row
    var places = [[Range<Int>]](repeating: [], count: listsFeatures ? row.columns.count : 0)
    if listsFeatures { tracer.forEachPlace { places[$0].append($1) } }
    // entries × the labels of all tasks
    let labelCount = model.classifiers.reduce(0) { $0 + $1.intercepts.count }
    var added: [Double] = []
    added.reserveCapacity(row.columns.count * labelCount)
    for (column, value) in zip(row.columns, row.values) {
      for classifier in model.classifiers {
        for label in classifier.intercepts.indices {
          added.append(value * classifier.coefficient(feature: Int(column), label: label))
        }
      }
    }
    // words × the labels of all tasks
    var words = [Double](repeating: 0, count: traced.words.count * labelCount)
    tracer.forEachShare { entry, word, share in
      for label in 0..<labelCount {
        words[word * labelCount + label] += share * added[entry * labelCount + label]
      }
    }
    let firstOfColumns = firstOfColumns
    let columnEntries = row.columns.indices.filter { row.columns[$0] >= firstOfColumns }
    var first = 0
    let tasks = zip(model.classifiers, judgement.tasks).map { classifier, judged in
      defer { first += classifier.intercepts.count }
      let scores = classifier.scores(row)
      return classifier.task.labels.enumerated().map { label, definition in
        func contributions(_ entries: some Sequence<Int>) -> [Explanation.Contribution] {
          entries.map { entry in
            Explanation.Contribution(
              feature: model.extractor.feature(at: Int(row.columns[entry])),
              value: added[entry * labelCount + first + label],
              places: listsFeatures ? places[entry] : [])
          }.sorted { abs($0.value) > abs($1.value) }
        }
        return Explanation.LabelSum(
          label: definition.name, probability: judged.probabilities[label],
          probabilityWithoutCopies: judged.probabilitiesWithoutCopies?[label],
          isOn: judged.labels.contains(label), score: scores[label],
          intercept: classifier.intercepts[label],
          words: traced.words.indices.map { words[$0 * labelCount + first + label] },
          columns: contributions(columnEntries),
          terms: listsFeatures ? contributions(row.columns.indices) : [])
      }
    }
    return Explanation(
      judgement: judgement, words: Self.words(of: text, traced.words), tasks: tasks,
      neighbours: neighbours(of: text, row, id))
  }

  private mutating func neighbours(
    of text: String, _ row: FeatureRow, _ id: String?
  ) -> [StatementNeighbours.Neighbour] {
    guard let known = configuration.neighbours else { return [] }
    let nearest = known.nearest(to: row, count: configuration.neighbourCount) {
      $0.id == id && $0.text == text
    }
    var neighbours: [StatementNeighbours.Neighbour] = []
    for (index, similarity) in nearest {
      neighbours.append(
        .init(
          index: index, similarity: similarity,
          isNearCopy: nearCopies.areNearCopies(text, known.statements[index].text)))
    }
    return neighbours
  }

  /// The first of the extractor's columns that statements' columns have.
  private var firstOfColumns: Int {
    model.extractor.blocks.filter { $0.block != .columns }
      .reduce(0) { $0 + $1.vocabulary.count }
  }

  private static func words(of text: String, _ words: [TextWord]) -> [Explanation.Word] {
    var (byte, character) = (0, 0)
    var place = text.utf8.startIndex
    func move(to end: Int) -> String.Index {
      let next = text.utf8.index(place, offsetBy: end - byte)
      character += text.unicodeScalars[place..<next].count
      (place, byte) = (next, end)
      return next
    }
    return words.map { word in
      let start = move(to: word.source.lowerBound)
      let first = character
      let end = move(to: word.source.upperBound)
      return Explanation.Word(
        text: String(text[start..<end]), bytes: word.source, characters: first..<character)
    }
  }
}
