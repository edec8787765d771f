public import LinearAlgebra

/// Turns texts into rows of features under a fitted recipe.
public struct FeatureExtractor: Sendable {
  public let recipe: Recipe
  /// One for each of the recipe's blocks; their columns follow one another.
  public let blocks: [FittedBlock]

  /// - Precondition: `blocks` are the recipe's blocks in its order.
  public init(recipe: Recipe, blocks: [FittedBlock]) {
    precondition(blocks.map(\.block) == recipe.blocks, "one fitted block for each of the recipe's")
    self.recipe = recipe
    self.blocks = blocks
  }

  /// The number of columns.
  public var featureCount: Int { blocks.reduce(0) { $0 + $1.vocabulary.count } }

  /// The term behind a column in 0 ..< `featureCount`.
  public func feature(at column: Int) -> Feature {
    var rest = column
    for block in blocks {
      if rest < block.vocabulary.count {
        return Feature(block: block.block, term: block.vocabulary[rest])
      }
      rest -= block.vocabulary.count
    }
    preconditionFailure("column \(column) of \(featureCount)")
  }

  /// texts × features.
  public func features(of texts: [String]) -> SparseMatrix {
    var reader = FeatureReader(self)
    var rows = SparseRows()
    for text in texts {
      let row = reader.row(of: text)
      for (column, value) in zip(row.columns, row.values) { rows.append(column, value) }
      rows.endRow()
    }
    return rows.matrix(columns: featureCount)
  }
}

/// One column of the document-term matrix.
public struct Feature: Hashable, Sendable {
  public let block: FeatureBlock
  /// The term in its normalized form; a word n-gram's words are joined by spaces.
  public let term: String
}

/// One text as the model sees it.
public struct FeatureRow: Hashable, Sendable {
  /// Rising.
  public var columns: [Int32] = []
  /// One for each of `columns`; each block has length 1, or 0 where nothing of it is known.
  public var values: [Double] = []
  /// How many n-grams of the text the model knows, repetitions counted.
  public var knownCount = 0
  /// How many n-grams the text has.
  public var totalCount = 0

  public init() {}
}

/// Reads one text after another into feature rows; belongs to one thread.
public struct FeatureReader: ~Copyable {
  private let extractor: FeatureExtractor
  private var scanner: TextScanner
  /// One for each of the extractor's blocks.
  private var counters: [BlockCounter]
  private var batch = TermBatch()
  private var sorter = TermEntrySorter()

  public init(_ extractor: FeatureExtractor) {
    self.extractor = extractor
    scanner = TextScanner(
      normalization: extractor.recipe.normalization, tokens: extractor.recipe.tokens)
    counters = extractor.blocks.map(BlockCounter.init)
  }

  /// The features of `text`.
  public mutating func row(of text: String) -> FeatureRow {
    scanner.scan(text)
    var row = FeatureRow()
    var first: Int32 = 0
    for counter in counters {
      counter.count(&scanner, &batch, into: &row)
      counter.append(to: &row, firstColumn: first, &sorter)
      first += Int32(counter.block.vocabulary.count)
    }
    return row
  }
}

/// The terms of one block in the text being read.
private final class BlockCounter {
  let block: FittedBlock
  private var counter: TermCounter

  init(_ block: FittedBlock) {
    self.block = block
    counter = TermCounter(termCount: block.vocabulary.count)
  }

  func count(
    _ scanner: inout TextScanner, _ batch: inout TermBatch, into row: inout FeatureRow
  ) {
    // One access to the counter for the whole text instead of one for each term.
    Self.count(block, &counter, &scanner, &batch, into: &row)
  }

  private static func count(
    _ block: FittedBlock, _ counter: inout TermCounter, _ scanner: inout TextScanner,
    _ batch: inout TermBatch, into row: inout FeatureRow
  ) {
    counter.beginText()
    var (known, total) = (0, 0)
    scanner.collect(block.block, block.nGrams.range, in: &batch) { batch in
      total += batch.count
      block.vocabulary.forEachNumber(of: &batch) { number in
        guard let number else { return }
        known += 1
        counter.count(number)
      }
    }
    row.knownCount += known
    row.totalCount += total
  }

  func append(to row: inout FeatureRow, firstColumn: Int32, _ sorter: inout TermEntrySorter) {
    counter.sortEntries(using: &sorter)
    let start = row.values.count
    var squares = 0.0
    row.columns.reserveCapacity(start + counter.entries.count)
    row.values.reserveCapacity(start + counter.entries.count)
    for index in 0..<counter.entries.count {
      let entry = counter.entries[index]
      let value = block.weights.weight(of: Int(entry.term), count: Int(entry.count))
      squares += value * value
      row.columns.append(firstColumn + entry.term)
      row.values.append(value)
    }
    guard squares > 0 else { return }
    let length = squares.squareRoot()
    for entry in start..<row.values.count { row.values[entry] /= length }
  }
}
