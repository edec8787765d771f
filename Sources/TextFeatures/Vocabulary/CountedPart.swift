import Synchronization

/// The counts of one run of texts, with terms numbered by first appearance in the run.
struct CountedPart: ~Copyable {
  private var scanner: TextScanner
  private var table = TermTable()
  /// The terms of the text being counted, in order of appearance.
  private var current = GrowingBuffer<TermEntry>()
  private var entries: [TermEntry] = []
  private var rowOffsets: [Int] = [0]

  init(_ recipe: Recipe) {
    scanner = TextScanner(normalization: recipe.normalization, tokens: recipe.tokens)
  }

  mutating func count(
    _ texts: ArraySlice<String>, _ block: FeatureBlock, _ range: ClosedRange<Int>
  ) {
    precondition(texts.count < Int(Int32.max), "texts are numbered by 32 bits")
    rowOffsets.reserveCapacity(texts.count + 1)
    var number: Int32 = 0
    for text in texts {
      scanner.scan(text)
      current.removeAll()
      switch block {
      case .words:
        scanner.forEachWordNGram(range) {
          table.count($0, count: $1, inText: number, &current)
        }
      case .characters:
        scanner.forEachCharacterNGram(range) {
          table.count($0, count: $1, inText: number, &current)
        }
      }
      current.appendAll(to: &entries)
      rowOffsets.append(entries.count)
      number += 1
    }
  }

  consuming func finished() -> FinishedPart {
    FinishedPart(terms: TermList(table), entries: entries, rowOffsets: rowOffsets)
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

  /// For each text the number of its terms that have a column.
  func keptCounts(_ columns: [Int32]) -> [Int] {
    (0..<rowOffsets.count - 1).map { text in
      entries[rowOffsets[text]..<rowOffsets[text + 1]].count { columns[Int($0.term)] >= 0 }
    }
  }

  /// Writes the texts' entries, row after row, each by rising column.
  ///
  /// - Parameters:
  ///   - columns: each term's column, -1 for terms left out.
  ///   - start: where the first text's entries go.
  func write(
    _ columns: [Int32], _ columnCount: Int, from start: Int, to target: SparseRowTarget
  ) {
    var sorter = TermEntrySorter()
    var row: [TermEntry] = []
    var position = start
    for text in 0..<rowOffsets.count - 1 {
      row.removeAll(keepingCapacity: true)
      for entry in entries[rowOffsets[text]..<rowOffsets[text + 1]] {
        let column = columns[Int(entry.term)]
        if column >= 0 { row.append(TermEntry(term: column, count: entry.count)) }
      }
      row.withUnsafeMutableBufferPointer { sorter.sort($0, termCount: columnCount) }
      for entry in row {
        target.columns[position] = entry.term
        target.values[position] = Double(entry.count)
        position += 1
      }
    }
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
