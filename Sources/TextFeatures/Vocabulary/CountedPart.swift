import Synchronization

/// The counts of one run of texts, with terms numbered by first appearance in the run.
struct CountedPart: ~Copyable {
  private var scanner: TextScanner
  private var table = TermTable()
  private var counter = TermCounter()

  init(_ recipe: Recipe) {
    scanner = TextScanner(normalization: recipe.normalization, tokens: recipe.tokens)
  }

  mutating func count(
    _ texts: ArraySlice<String>, _ block: FeatureBlock, _ range: ClosedRange<Int>
  ) {
    for text in texts {
      scanner.scan(text)
      switch block {
      case .words:
        scanner.forEachWordNGram(range) { counter.count(table.insert($0, count: $1)) }
      case .characters:
        scanner.forEachCharacterNGram(range) { counter.count(table.insert($0, count: $1)) }
      }
      counter.endText()
    }
  }

  consuming func finished() -> FinishedPart {
    FinishedPart(
      terms: TermList(table), entries: counter.entries, rowOffsets: counter.rowOffsets)
  }
}

/// What a part hands over to the merge.
struct FinishedPart: Sendable {
  let terms: TermList
  /// The part's terms in each of its texts.
  let entries: [TermEntry]
  let rowOffsets: [Int]

  /// In how many of its texts each of the part's terms occurs.
  func documentFrequencies() -> [Int32] {
    var frequencies = [Int32](repeating: 0, count: terms.count)
    for entry in entries { frequencies[Int(entry.term)] += 1 }
    return frequencies
  }
}

/// A place for each part, filled from any thread.
final class PartCollector: Sendable {
  private let slots: Mutex<[FinishedPart?]>

  init(count: Int) {
    slots = Mutex(Array(repeating: nil, count: count))
  }

  func set(_ part: FinishedPart, at index: Int) {
    slots.withLock { $0[index] = part }
  }

  var parts: [FinishedPart] { slots.withLock { $0.compactMap { $0 } } }
}
