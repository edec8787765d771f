import LinearAlgebra
import Testing
import TextFeatures

@Suite("Features")
struct FeatureLawTests {
  private static let seed: UInt64 = 30

  /// Texts of few words and of the nasty alphabet in turn, some of them empty.
  private static let corpus: [String] = {
    var generator = SplitMix64(seed: seed)
    return (0..<400).map { index in
      index % 3 == 0 ? generator.text(upTo: 15) : generator.words(of: 60, upTo: 12)
    }
  }()

  private static let recipes = [
    Recipe.words, .characters, .both,
    Recipe(
      words: NGrams(1...3, weighting: .count, minimumDocumentFrequency: 1),
      characters: NGrams(1...3, weighting: .binary, minimumDocumentFrequency: 3)),
  ]

  /// Everything that a recipe can have beside words and characters as they are.
  private static let rich: [Recipe] = {
    var recipe = Recipe(
      words: NGrams(
        1...2, weighting: .tfIDF(frequency: .binary, idfPower: 1.5), minimumDocumentFrequency: 1,
        weight: 0.5),
      characters: NGrams(2...3, weight: 1.5),
      normalization: Normalization(
        rewriting: TextRewriting(
          splitsHashtags: true, foldsElongations: true, replacesMentionsAndLinks: true,
          replacesEmoticons: true)),
      tokens: TokenRules(marksNegation: true, splitsClitics: true))
    recipe.stems = NGrams(1...2)
    recipe.keywords = KeywordFeatures(
      [
        KeywordList(name: "few", phrases: ["w1", "w2 w3", "W4"]),
        KeywordList(name: "never", phrases: ["quetzalcoatl"]),
        KeywordList(name: "many", phrases: (10..<30).map { "w\($0)" }),
      ], for: recipe)
    return [recipe]
  }()

  @Test(
    "entries marked as products are those of a row's and a column's factor",
    arguments: recipes + rich)
  func factors(recipe: Recipe) throws {
    let terms = DocumentTerms(Self.corpus, recipe: recipe, parallelism: .serial)
    let fold = terms.features(training: Array(0..<300), heldOut: Array(250..<400))
    for matrix in [terms.features(), fold.training, fold.heldOut] {
      let factors = try #require(matrix.factors)
      var count = 0
      for row in 0..<matrix.rows {
        for position in matrix.nonZeros(ofRow: row) where factors.areProducts[position] {
          let column = Int(matrix.columnIndices[position])
          let product = factors.rows[row] * factors.columns[column]
          #expect(abs(matrix.values[position] / product - 1) < 1e-14)
          count += 1
        }
      }
      // At least the terms of the largest block that stand in a text once.
      #expect(2 * count > matrix.nonZeroCount / recipe.blocks.count)
    }
  }

  @Test("any number of threads counts the same", arguments: recipes + rich, [2, 3, 7])
  func threads(recipe: Recipe, threads: Int) {
    let serial = DocumentTerms(Self.corpus, recipe: recipe, parallelism: .serial)
    let parallel = DocumentTerms(
      Self.corpus, recipe: recipe, parallelism: Parallelism(threads: threads))
    #expect(!serial.blocks.isEmpty && serial.blocks.count == parallel.blocks.count)
    for (left, right) in zip(serial.blocks, parallel.blocks) {
      #expect(left.vocabulary.termBytes == right.vocabulary.termBytes)
      #expect(left.vocabulary.termOffsets == right.vocabulary.termOffsets)
      #expect(left.counts == right.counts)
    }
  }

  @Test("terms come by falling document frequency, then by first appearance")
  func order() {
    let terms = TermCounts(
      ["b a", "c a b", "d"], block: .words,
      nGrams: NGrams(1...1, minimumDocumentFrequency: 1), recipe: .words, parallelism: .serial)
    #expect((0..<terms.vocabulary.count).map { terms.vocabulary[$0] } == ["b", "a", "c", "d"])
    #expect(terms.counts.nonZeroCountsByColumn() == [2, 2, 1, 1])
  }

  /// Words that several runs have, that one has, and that are longer than a slot of a table holds.
  private static let manyWords: [String] = {
    var generator = SplitMix64(seed: seed + 1)
    return (0..<12_000).map { index in
      "\(generator.words(of: 40_000, upTo: 12)) once\(index) pair\(index / 2 * 2)_of_two_far_apart"
    }
  }()

  @Test("terms of many texts are those of all runs, in the order of the texts", arguments: 1...3)
  func manyTerms(minimum: Int) {
    var frequencies: [String: Int] = [:]
    var firsts: [String: Int] = [:]
    for text in Self.manyWords {
      var known: Set<String> = []
      for word in text.split(separator: " ").map(String.init) where known.insert(word).inserted {
        firsts[word] = firsts[word] ?? firsts.count
        frequencies[word, default: 0] += 1
      }
    }
    let expected = frequencies.filter { $0.value >= minimum }.map(\.key).sorted {
      (frequencies[$1] ?? 0, firsts[$0] ?? 0) < (frequencies[$0] ?? 0, firsts[$1] ?? 0)
    }
    let counts = [1, 2, 3, 5].map { threads in
      TermCounts(
        Self.manyWords, block: .words,
        nGrams: NGrams(1...1, minimumDocumentFrequency: minimum), recipe: .words,
        parallelism: Parallelism(threads: threads))
    }
    for (threads, terms) in zip([1, 2, 3, 5], counts) {
      let vocabulary = terms.vocabulary
      #expect(terms.counts == counts[0].counts, "\(threads) threads")
      #expect((0..<vocabulary.count).map { vocabulary[$0] } == expected, "\(threads) threads")
      #expect(
        terms.counts.nonZeroCountsByColumn() == expected.map { frequencies[$0] ?? 0 },
        "\(threads) threads")
    }
  }

  @Test("there may be fewer texts than threads, or none, and no terms in them", arguments: 1...4)
  func fewTexts(threads: Int) {
    for texts in [[], [""], ["", "", " "], ["a b"], ["a b", "b"]] {
      for minimum in [1, 2, 100] {
        let terms = TermCounts(
          texts, block: .words, nGrams: NGrams(1...1, minimumDocumentFrequency: minimum),
          recipe: .words, parallelism: Parallelism(threads: threads))
        let expected = ["b", "a"].filter { word in
          texts.filter { $0.contains(word) }.count >= minimum
        }
        #expect(Set((0..<terms.vocabulary.count).map { terms.vocabulary[$0] }) == Set(expected))
        #expect(terms.counts.rows == texts.count)
      }
    }
  }

  @Test(
    "reading the texts one by one gives the features they were counted into",
    arguments: recipes + rich)
  func extractorEqualsCounts(recipe: Recipe) {
    let documents = DocumentTerms(Self.corpus, recipe: recipe, parallelism: .serial)
    let extractor = documents.extractor()
    let features = documents.features()
    #expect(extractor.features(of: Self.corpus) == features)
    #expect(features.columns == extractor.featureCount)
    #expect(features.nonZeroCount > 1_000)
    for block in extractor.blocks {
      for number in 0..<block.vocabulary.count {
        #expect(block.vocabulary.number(of: block.vocabulary[number]) == number)
      }
    }
  }

  @Test(
    "a fold sees what it would see had its texts been read alone", arguments: recipes + rich, 0..<3)
  func noLeak(recipe: Recipe, fold: Int) {
    let all = DocumentTerms(Self.corpus, recipe: recipe, parallelism: .serial)
    let training = Self.corpus.indices.filter { $0 % 3 != fold }
    let heldOut = Self.corpus.indices.filter { $0 % 3 == fold }
    let split = all.features(training: training, heldOut: heldOut)

    let alone = DocumentTerms(
      training.map { Self.corpus[$0] }, recipe: recipe, parallelism: .serial)
    let extractor = alone.extractor()
    // A fold numbers its columns in the order of the whole, so rows are compared by term: through
    // the whole's vocabulary, of which the fold's columns are those in enough training texts.
    let frequencies = all.blocks.map {
      $0.counts.selectingRows(training).nonZeroCountsByColumn()
    }
    var foldTerms: [Key] = []
    for (index, block) in recipe.blocks.enumerated() {
      let minimum = recipe[block]?.minimumDocumentFrequency ?? 0
      let vocabulary = all.blocks[index].vocabulary
      for number in 0..<vocabulary.count where frequencies[index][number] >= minimum {
        foldTerms.append(Key(block: block, term: Array(vocabulary[number].utf8)))
      }
    }
    #expect(split.training.columns == extractor.featureCount)
    #expect(foldTerms.count == extractor.featureCount)
    let aloneTerms = (0..<extractor.featureCount).map { column in
      let feature = extractor.feature(at: column)
      return Key(block: feature.block, term: Array(feature.term.utf8))
    }
    for (matrix, rows) in [(split.training, training), (split.heldOut, heldOut)] {
      let expected = extractor.features(of: rows.map { Self.corpus[$0] })
      #expect(matrix.rows == rows.count)
      for row in rows.indices {
        let found = byTerm(matrix, row, foldTerms)
        let wanted = byTerm(expected, row, aloneTerms)
        #expect(found.count == wanted.count)
        for (term, value) in wanted {
          // Squares are added up in another order: a few units in the last place.
          #expect(abs((found[term] ?? 0) - value) <= 1e-14, "seed \(Self.seed), row \(row)")
        }
      }
    }
  }

  private struct Key: Hashable {
    let block: FeatureBlock
    let term: [UInt8]
  }

  private func byTerm(_ matrix: SparseMatrix, _ row: Int, _ terms: [Key]) -> [Key: Double] {
    var result: [Key: Double] = [:]
    for entry in matrix.nonZeros(ofRow: row) {
      result[terms[Int(matrix.columnIndices[entry])]] = matrix.values[entry]
    }
    return result
  }

  @Test("each block of a row has length 1, or nothing in it", arguments: recipes)
  func unitLength(recipe: Recipe) {
    let documents = DocumentTerms(Self.corpus, recipe: recipe, parallelism: .serial)
    let features = documents.features()
    let firstWidth = documents.blocks[0].vocabulary.count
    var filled = 0
    for row in 0..<features.rows {
      var squares: [FeatureBlock: Double] = [:]
      for entry in features.nonZeros(ofRow: row) {
        let isFirst = Int(features.columnIndices[entry]) < firstWidth
        let block = isFirst ? recipe.blocks[0] : recipe.blocks[1]
        squares[block, default: 0] += features.values[entry] * features.values[entry]
      }
      // At most a few hundred squares, each rounded once.
      for (_, sum) in squares { #expect(abs(sum - 1) <= 1e-13) }
      filled += squares.count
    }
    #expect(filled > 300)
  }

  @Test("leaving a block out equals counting without it")
  func restricted() throws {
    let both = DocumentTerms(Self.corpus, recipe: .both, parallelism: .serial)
    for simpler in [Recipe.words, .characters, .both] {
      let restricted = try #require(both.restricted(to: simpler))
      let fresh = DocumentTerms(Self.corpus, recipe: simpler, parallelism: .serial)
      #expect(restricted.recipe == simpler)
      #expect(restricted.features() == fresh.features())
      #expect(
        restricted.blocks.map(\.vocabulary.termBytes) == fresh.blocks.map(\.vocabulary.termBytes))
    }
    var weighed = Recipe.both
    weighed.words?.weighting = .tfIDF(frequency: .binary, idfPower: 1.5)
    weighed.characters?.weight = 2
    #expect(
      both.restricted(to: weighed)?.features()
        == DocumentTerms(Self.corpus, recipe: weighed, parallelism: .serial).features())
    var other = Recipe.words
    other.normalization.lowercases = false
    #expect(both.restricted(to: other) == nil)
    #expect(
      both.restricted(to: Recipe(words: NGrams(1...3), characters: nil)) == nil)
    let words = DocumentTerms(Self.corpus, recipe: .words, parallelism: .serial)
    #expect(words.restricted(to: .both) == nil)
  }

  @Test("a reader used for many texts reads each like a fresh one", arguments: recipes + rich)
  func reusedReader(recipe: Recipe) {
    let extractor = DocumentTerms(Self.corpus, recipe: recipe, parallelism: .serial).extractor()
    var reused = FeatureReader(extractor)
    for text in Self.corpus.prefix(150) + [String(repeating: "w1 w2 ", count: 500), "", "w1"] {
      var fresh = FeatureReader(extractor)
      #expect(reused.row(of: text) == fresh.row(of: text))
    }
  }

  @Test("known n-grams are counted with repetitions")
  func coverage() {
    let extractor = DocumentTerms(
      ["a b", "a b"], recipe: Recipe(words: NGrams(1...2), characters: nil), parallelism: .serial
    ).extractor()
    var reader = FeatureReader(extractor)
    let row = reader.row(of: "a b a c")
    #expect(row.totalCount == 4 + 3)
    // a, b, a and "a b".
    #expect(row.knownCount == 4)
    let unknown = reader.row(of: "x y")
    #expect(unknown.columns.isEmpty && unknown.knownCount == 0 && unknown.totalCount == 3)
  }
}
