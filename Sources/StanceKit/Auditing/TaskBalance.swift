/// How often each label of a task is given, in which languages, and to how long texts.
public struct TaskBalance: Sendable {
  public let task: Codebook.Task
  public let labelledCount: Int
  /// In the codebook's order; in a multi-label task "none of the labels" comes last.
  public let labels: [LabelBalance]
  /// The languages of `LabelBalance.byLanguage`, in byte order; none where fewer than two are given.
  public let languages: [String]

  public struct LabelBalance: Hashable, Sendable {
    /// `nil` for statements that carry none of the labels.
    public let label: String?
    public let count: Int
    /// Of the task's labelled statements.
    public let share: Double
    /// For each language the share of its statements that carry the label.
    public let byLanguage: [Double]
    /// The median number of words of the statements that carry the label; 0 without any.
    public let medianWords: Int
    /// The same of those that do not.
    public let medianWordsOfOthers: Int

    /// Fewer statements than this teach little, and measure less.
    public static let fewest = 20
    /// Texts that differ this much in length can be told apart by it alone.
    public static let lengthRatio = 1.5

    public var isRare: Bool { count < Self.fewest }

    /// Whether the label's texts are much longer or shorter than the others.
    public var hasLengthOfItsOwn: Bool {
      guard !isRare, medianWords > 0, medianWordsOfOthers > 0 else { return false }
      let ratio = Double(medianWords) / Double(medianWordsOfOthers)
      return ratio >= Self.lengthRatio || ratio <= 1 / Self.lengthRatio
    }

    /// Whether one language has the label several times as often as another.
    public var dependsOnLanguage: Bool {
      guard !isRare, let low = byLanguage.min(), let high = byLanguage.max() else { return false }
      return high > 0.05 && high >= 3 * low
    }
  }

  /// - Parameters:
  ///   - allLanguages: one for each statement.
  ///   - wordCounts: one for each statement.
  init(_ task: TaskData, languages allLanguages: [String?], wordCounts: [Int]) {
    self.task = task.task
    let rows = task.gold.indices.filter { task.gold[$0] != nil }
    labelledCount = rows.count
    let known = Set(rows.compactMap { allLanguages[$0] })
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let languages = known.count > 1 ? known : []
    self.languages = languages
    let numbers = Dictionary(
      languages.enumerated().map { ($0.element, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let languageOfRow = rows.map { allLanguages[$0].flatMap { numbers[$0] } }
    let words = rows.map { wordCounts[$0] }
    func balance(_ name: String?, _ carries: ([Int]) -> Bool) -> LabelBalance {
      let carried = rows.map { carries(task.gold[$0] ?? []) }
      let count = carried.count { $0 }
      var byLanguage = languages.map { _ in (carried: 0, all: 0) }
      for (carries, language) in zip(carried, languageOfRow) {
        guard let language else { continue }
        byLanguage[language].all += 1
        if carries { byLanguage[language].carried += 1 }
      }
      return LabelBalance(
        label: name, count: count, share: ratio(count, rows.count),
        byLanguage: byLanguage.map { ratio($0.carried, $0.all) },
        medianWords: median(zip(words, carried).filter(\.1).map(\.0)),
        medianWordsOfOthers: median(zip(words, carried).filter { !$0.1 }.map(\.0)))
    }
    var labels = task.task.labels.enumerated().map { index, label in
      balance(label.name) { $0.contains(index) }
    }
    if task.task.kind == .multiLabel { labels.append(balance(nil, \.isEmpty)) }
    self.labels = labels
  }

  /// How many times as often the most frequent label is given as the rarest; `nil` where one has
  /// no statement.
  public var imbalance: Double? {
    let counts = labels.filter { $0.label != nil }.map(\.count)
    guard let low = counts.min(), let high = counts.max(), low > 0 else { return nil }
    return Double(high) / Double(low)
  }
}

private func ratio(_ numerator: Int, _ denominator: Int) -> Double {
  denominator == 0 ? 0 : Double(numerator) / Double(denominator)
}

/// The lower of the middle ones; 0 of none.
private func median(_ values: [Int]) -> Int {
  values.isEmpty ? 0 : values.sorted()[(values.count - 1) / 2]
}
