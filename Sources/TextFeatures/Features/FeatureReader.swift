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
    counters = extractor.blocks.map { BlockCounter($0, extractor.recipe) }
  }

  /// The features of `text`.
  ///
  /// - Parameter columns: one value for each of the recipe's columns, `nil` where it is not known;
  ///   columns that are not given are not known.
  public mutating func row(of text: String, columns: [String?] = []) -> FeatureRow {
    var row = FeatureRow()
    read(text, columns: columns, into: &row)
    return row
  }

  /// Makes `row` that of `text`, in the memory that it has.
  package mutating func read(_ text: String, columns: [String?], into row: inout FeatureRow) {
    row.removeAll()
    scanner.scan(text)
    var first: Int32 = 0
    for counter in counters {
      if counter.block.block == .columns {
        // Reads other texts with the same scanner, so it comes last.
        counter.count(columns, &scanner)
      } else {
        counter.count(&scanner, &batch, into: &row)
      }
      counter.append(to: &row, firstColumn: first, &sorter)
      first += Int32(counter.block.vocabulary.count)
    }
  }
}

/// The terms of one block in the text being read.
private final class BlockCounter {
  /// Where terms come from.
  private enum Source {
    case nGrams(ClosedRange<Int>)
    case keywords(KeywordMatcher)
    case columns([String])
  }

  let block: FittedBlock
  private let source: Source
  private var counter: TermCounter
  /// The numbers of known terms that wait to be counted.
  private var numbers = GrowingBuffer<Int>()

  init(_ block: FittedBlock, _ recipe: Recipe) {
    self.block = block
    if let nGrams = recipe[block.block] {
      source = .nGrams(nGrams.range)
    } else if let keywords = recipe.keywords, block.block == .keywords {
      source = .keywords(KeywordMatcher(keywords))
    } else {
      source = .columns(recipe.columns?.names ?? [])
    }
    counter = TermCounter(termCount: block.vocabulary.count)
  }

  func count(
    _ scanner: inout TextScanner, _ batch: inout TermBatch, into row: inout FeatureRow
  ) {
    // One access to the counter for the whole text instead of one for each term.
    switch source {
    case .nGrams(let range):
      Self.count(block, range, &counter, &numbers, &scanner, &batch, into: &row)
    case .keywords(let matcher):
      counter.beginText()
      matcher.forEachHit(&scanner, &batch) { counter.count($0) }
      if counter.entries.count > 0 { row.hasEvidence = true }
    case .columns:
      break
    }
  }

  private static func count(
    _ block: FittedBlock, _ range: ClosedRange<Int>, _ counter: inout TermCounter,
    _ numbers: inout GrowingBuffer<Int>, _ scanner: inout TextScanner,
    _ batch: inout TermBatch, into row: inout FeatureRow
  ) {
    counter.beginText()
    var (known, total) = (0, 0)
    scanner.collect(block.block, range, in: &batch) { batch in
      total += batch.count
      numbers.removeAll()
      numbers.reserve(batch.count)
      let kept = numbers.base
      var count = 0
      // Whether a term is known cannot be foreseen, so nothing branches on it.
      block.vocabulary.forEachNumber(of: &batch) { number in
        kept[count] = number
        count &+= number >= 0 ? 1 : 0
      }
      for place in 0..<count { counter.count(kept[place]) }
      known += count
    }
    row.knownCount += known
    row.totalCount += total
    if known > 0 { row.hasEvidence = true }
  }

  func count(_ values: [String?], _ scanner: inout TextScanner) {
    counter.beginText()
    guard case .columns(let names) = source else { return }
    for term in ColumnFeatures.terms(names, values: values, &scanner) {
      if let number = block.vocabulary.number(of: term) { counter.count(number) }
    }
  }

  func append(to row: inout FeatureRow, firstColumn: Int32, _ sorter: inout TermEntrySorter) {
    counter.sortEntries(using: &sorter)
    let (start, count) = (row.values.count, counter.entries.count)
    let weights = block.weights
    row.columns.append(contentsOf: repeatElement(0, count: count))
    row.values.append(contentsOf: repeatElement(0, count: count))
    row.columns.withUnsafeMutableBufferPointer { columns in
      row.values.withUnsafeMutableBufferPointer { values in
        var squares = 0.0
        for index in 0..<count {
          let entry = counter.entries[index]
          let value = weights.weight(of: Int(entry.term), count: Int(entry.count))
          squares += value * value
          columns[start &+ index] = firstColumn &+ entry.term
          values[start &+ index] = value
        }
        weights.scale(squares) { length in
          for index in start..<values.count { values[index] /= length }
        }
      }
    }
  }
}
