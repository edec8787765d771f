public import LinearAlgebra

/// How often each term of one block of features occurs in each text, before any weighting.
public struct TermCounts: Sendable {
  public let vocabulary: Vocabulary
  let matrix: CountMatrix
  /// For each term the number of texts that contain it.
  let documentFrequencies: [Int]

  /// texts × terms.
  public var counts: SparseMatrix { matrix.sparse }

  /// Counts the n-grams of all texts.
  ///
  /// - Parameters:
  ///   - texts: the texts; their order decides the numbers of equally frequent terms.
  ///   - block: words, characters or stems.
  ///   - nGrams: their lengths and the minimum document frequency.
  ///   - recipe: normalization and token rules.
  ///   - parallelism: the counts are the same for any number of threads.
  public init(
    _ texts: [String], block: FeatureBlock, nGrams: NGrams, recipe: Recipe,
    parallelism: Parallelism
  ) {
    self.init(
      Texts(count: texts.count) { texts[$0] }, block: block, nGrams: nGrams, recipe: recipe,
      parallelism: parallelism)
  }

  /// The same of texts that stand in something larger.
  init(
    _ texts: Texts, block: FeatureBlock, nGrams: NGrams, recipe: Recipe, parallelism: Parallelism
  ) {
    let ranges = TermCounts.split(texts, into: parallelism.threads)
    let runs = parallelism.map(ranges.count) {
      CountedTexts(texts, ranges[$0], block, nGrams.range, recipe)
    }
    self = TermCounts.merge(runs, minimum: nGrams.minimumDocumentFrequency, parallelism)
  }

  /// Counts the phrases of each list in all texts; the lists are the terms.
  init(
    _ texts: Texts, keywords: KeywordFeatures, recipe: Recipe, parallelism: Parallelism
  ) {
    let ranges = TermCounts.split(texts, into: parallelism.threads)
    let matcher = KeywordMatcher(keywords)
    let runs = parallelism.map(ranges.count) { run in
      var scanner = TextScanner(normalization: recipe.normalization, tokens: recipe.tokens)
      var batch = TermBatch()
      return CountedTexts(ranges[run], columnCount: matcher.listCount) { text, hit in
        scanner.scan(texts[text])
        matcher.forEachHit(&scanner, &batch, hit)
      }
    }
    self.init(
      vocabulary: keywords.vocabulary, matrix: CountMatrix(runs, columns: matcher.listCount))
  }

  /// Counts the values of columns.
  ///
  /// - Parameter values: for each column one for each of `documentCount` texts.
  init(_ values: [[String?]], of columns: ColumnFeatures, documentCount: Int, recipe: Recipe) {
    precondition(
      values.count == columns.names.count && values.allSatisfy { $0.count == documentCount },
      "one value a column and a text")
    var scanner = TextScanner(normalization: recipe.normalization, tokens: recipe.tokens)
    var numbers: [String: Int] = [:]
    var (terms, frequencies): ([String], [Int32]) = ([], [])
    let numbersOfText = (0..<documentCount).map { text in
      ColumnFeatures.terms(columns.names, values: values.map { $0[text] }, &scanner).map { term in
        if let number = numbers[term] {
          frequencies[number] += 1
          return number
        }
        numbers[term] = terms.count
        terms.append(term)
        frequencies.append(1)
        return terms.count - 1
      }
    }
    let (order, rank) = TermCounts.rank(
      frequencies, minimum: Int32(clamping: columns.minimumDocumentFrequency))
    var (bytes, offsets): ([UInt8], [Int]) = ([], [0])
    for number in order {
      bytes += terms[Int(number)].utf8
      offsets.append(bytes.count)
    }
    let run = CountedTexts(numbersOfText, columnCount: order.count) { numbers, hit in
      for number in numbers where rank[number] >= 0 { hit(Int(rank[number])) }
    }
    self.init(
      vocabulary: Vocabulary(unchecked: bytes, offsets: offsets),
      matrix: CountMatrix([run], columns: order.count))
  }

  /// Runs of neighbouring texts with about the same number of bytes, as a sample of the texts tells.
  private static func split(_ texts: Texts, into count: Int) -> [Range<Int>] {
    guard count > 1 else { return [texts.indices] }
    let step = max(1, texts.count / sampledTexts)
    let sample = stride(from: 0, to: texts.count, by: step).map { texts[$0].utf8.count }
    let total = sample.reduce(0, +)
    var parts: [Range<Int>] = []
    var (start, bytes) = (0, 0)
    for (index, length) in sample.enumerated() {
      bytes += length
      if bytes * count >= total * (parts.count + 1), parts.count + 1 < count {
        let end = min(texts.count, (index + 1) * step)
        parts.append(start..<end)
        start = end
      }
    }
    parts.append(start..<texts.count)
    return parts
  }

  private static let sampledTexts = 4096

  /// Joins the runs' terms in the order of the texts, drops the rare ones and renumbers the rest.
  private static func merge(
    _ runs: [CountedTexts], minimum: Int, _ parallelism: Parallelism
  ) -> TermCounts {
    let minimum = Int32(clamping: minimum)
    let terms = MergedTerms(runs, minimum: minimum, parallelism)
    let (order, columns) = rank(terms.frequencies, minimum: minimum)
    let vocabulary = terms.vocabulary(of: order, parallelism)
    let frequencies = order.map { Int(terms.frequencies[Int($0)]) }
    terms.renumberRuns(columns, columnCount: order.count, parallelism)
    return TermCounts(
      vocabulary: vocabulary, matrix: CountMatrix(runs, columns: order.count),
      documentFrequencies: frequencies)
  }

  /// - Parameter documentFrequencies: counted here where they are not known.
  private init(vocabulary: Vocabulary, matrix: CountMatrix, documentFrequencies: [Int]? = nil) {
    self.vocabulary = vocabulary
    self.matrix = matrix
    self.documentFrequencies =
      documentFrequencies ?? matrix.documentFrequencies(of: 0..<matrix.rows)
  }

  /// The terms that at least `minimum` texts contain, by falling frequency and then by number;
  /// and for each term its rank, -1 where it is left out.
  private static func rank(
    _ frequencies: [Int32], minimum: Int32
  ) -> (order: [Int32], rank: [Int32]) {
    let highest = Int(frequencies.max() ?? 0)
    var startOfFrequency = [Int](repeating: 0, count: highest + 2)
    for frequency in frequencies where frequency >= minimum {
      startOfFrequency[highest - Int(frequency) + 1] += 1
    }
    for index in 1..<startOfFrequency.count {
      startOfFrequency[index] += startOfFrequency[index - 1]
    }
    var order = [Int32](repeating: 0, count: startOfFrequency[highest + 1])
    var rank = [Int32](repeating: -1, count: frequencies.count)
    for (number, frequency) in frequencies.enumerated() where frequency >= minimum {
      let place = startOfFrequency[highest - Int(frequency)]
      startOfFrequency[highest - Int(frequency)] += 1
      order[place] = Int32(number)
      rank[number] = Int32(place)
    }
    return (order, rank)
  }
}
