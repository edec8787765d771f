/// Chooses from a pool of unlabelled statements those that are worth labelling next.
///
/// Statements that are near-duplicates of labelled ones are never chosen, and of near-duplicates in
/// the pool only one is, except in a random draw, which has to look like the pool. Statements of which
/// the model knows nothing come last.
///
/// The same model, pool and seed give the same choice for any number of threads.
public struct PoolSampler: Sendable {
  public let model: Model
  public let strategy: QueryStrategy
  /// The classifiers whose doubts count.
  public let tasks: [Int]
  public let seed: UInt64
  public let parallelism: Parallelism

  /// Of so many times the statements asked for, the most uncertain ones, a diverse choice is made.
  private static let diversePool = (multiple: 40, minimum: 2000, maximum: 20_000)

  /// - Parameters:
  ///   - tasks: indices of the model's classifiers; all when empty.
  ///   - seed: decides the random draw.
  public init(
    _ model: Model, by strategy: QueryStrategy, tasks: [Int] = [], seed: UInt64 = 1,
    parallelism: Parallelism = .allCores
  ) {
    precondition(tasks.allSatisfy(model.classifiers.indices.contains), "tasks of the model")
    (self.model, self.strategy, self.seed) = (model, strategy, seed)
    self.tasks = tasks.isEmpty ? Array(model.classifiers.indices) : tasks
    self.parallelism = parallelism
  }

  /// The statements to label next, the most useful first.
  ///
  /// - Parameters:
  ///   - count: how many, at most; fewer come where the pool has no more.
  ///   - pool: unlabelled statements; those without a text are never chosen.
  ///   - layout: the columns of the pool.
  ///   - labelled: texts of statements that are labelled already.
  public func choose(
    _ count: Int, from pool: [Statement], layout: StatementLayout, labelled: [String] = []
  ) -> [Query] {
    let clusters = NearDuplicates().clusters(of: labelled + pool.map(\.text))
    let first = labelled.count
    // A cluster is known by its first text, and labelled ones come first.
    var candidates = pool.indices.filter {
      clusters[first + $0] >= first && pool[$0].text.contains { !$0.isWhitespace }
    }
    if strategy == .random {
      var generator = SplitMix64(seed: seed)
      shuffle(&candidates, using: &generator)
      return candidates.prefix(count).map {
        Query(row: $0, score: nil, doubts: [], hasEvidence: true)
      }
    }
    let judgements = model.classify(
      candidates.map { pool[$0] }, layout: layout, parallelism: parallelism)
    let byUsefulness = candidates.indices.map { index in
      ranked(candidates[index], judgements[index])
    }.sorted {
      // What the model knows nothing of is near to no boundary, whatever its intercept says.
      ($0.query.hasEvidence ? 0 : 1, $0.key, $0.query.row)
        < ($1.query.hasEvidence ? 0 : 1, $1.key, $1.query.row)
    }
    var met = Set<Int>()
    let distinct = byUsefulness.filter { met.insert(clusters[first + $0.query.row]).inserted }
    guard strategy == .diverse else { return distinct.prefix(count).map(\.query) }
    let (multiple, minimum, maximum) = Self.diversePool
    let size = min(maximum, max(minimum, count.multipliedOrMaximum(by: multiple)))
    let uncertain = distinct.prefix(max(size, count)).map(\.query)
    return diverse(count, of: uncertain, uncertain.map { pool[$0.row].text })
  }

  /// A statement with what it is sorted by, rising.
  private func ranked(_ row: Int, _ judgement: Judgement) -> (key: Double, query: Query) {
    let doubts = tasks.map { task in
      Uncertainty(
        judgement.tasks[task].probabilities, model.classifiers[task].rule,
        standings: judgement.tasks[task].standings)
    }
    func query(_ score: Double, _ doubts: [Query.Doubt]) -> Query {
      Query(row: row, score: score, doubts: doubts, hasEvidence: judgement.hasEvidence)
    }
    let all = zip(tasks, doubts).map { Query.Doubt(task: $0, labels: $1.labels) }
    switch strategy {
    case .entropy, .diverse, .random:
      let mean = doubts.reduce(0) { $0 + $1.entropy } / Double(max(1, doubts.count))
      let most = doubts.indices.max {
        (doubts[$0].entropy, -$0) < (doubts[$1].entropy, -$1)
      }
      return (-mean, query(mean, most.map { [all[$0]] } ?? []))
    case .margin:
      let least = doubts.indices.min { (doubts[$0].margin, $0) < (doubts[$1].margin, $1) }
      let margin = least.map { doubts[$0].margin } ?? 1
      return (margin, query(margin, least.map { [all[$0]] } ?? []))
    case .edge(let task, let label):
      let distance = Uncertainty.distance(
        toEdgeOf: label, judgement.tasks[task].probabilities, model.classifiers[task].rule,
        standings: judgement.tasks[task].standings)
      return (distance, query(distance, [Query.Doubt(task: task, labels: [label])]))
    }
  }

  /// Greedily the statements with the highest entropy · (1 − cosine with those chosen).
  ///
  /// - Parameter texts: one for each of `queries`.
  /// - Complexity: O(count · non-zeros).
  private func diverse(_ count: Int, of queries: [Query], _ texts: [String]) -> [Query] {
    let features = model.extractor.features(of: texts)
    let (columns, values) = (features.columnIndices, features.values)
    let lengths = queries.indices.map { row in
      features.nonZeros(ofRow: row).reduce(0) { $0 + values[$1] * values[$1] }
        .squareRoot()
    }
    var chosen: [Query] = []
    var similarities = [Double](repeating: 0, count: queries.count)
    var isChosen = [Bool](repeating: false, count: queries.count)
    var dense = [Double](repeating: 0, count: features.columns)
    while chosen.count < min(count, queries.count) {
      var best: (index: Int, score: Double)?
      for index in queries.indices where !isChosen[index] {
        let score = (queries[index].score ?? 0) * (1 - similarities[index])
        if score > best?.score ?? -.infinity { best = (index, score) }
      }
      guard let best else { break }
      isChosen[best.index] = true
      let query = queries[best.index]
      chosen.append(
        Query(
          row: query.row, score: best.score, doubts: query.doubts, hasEvidence: query.hasEvidence))
      let entries = features.nonZeros(ofRow: best.index)
      for entry in entries { dense[Int(columns[entry])] = values[entry] }
      for index in queries.indices where !isChosen[index] {
        var product = 0.0
        for entry in features.nonZeros(ofRow: index) {
          product += values[entry] * dense[Int(columns[entry])]
        }
        let scale = lengths[index] * lengths[best.index]
        if scale > 0 { similarities[index] = max(similarities[index], min(1, product / scale)) }
      }
      for entry in entries { dense[Int(columns[entry])] = 0 }
    }
    return chosen
  }
}

/// Fisher-Yates, written out so that a seed gives the same order in every version of the standard
/// library.
func shuffle<Element>(
  _ elements: inout [Element], using generator: inout some RandomNumberGenerator
) {
  for position in elements.indices.dropFirst().reversed() {
    let choices = UInt64(position + 1)
    elements.swapAt(position, Int(generator.next().multipliedFullWidth(by: choices).high))
  }
}

extension Int {
  /// The product, or the greatest number where it is too large.
  fileprivate func multipliedOrMaximum(by factor: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }
}
