import LinearAlgebra

/// The counts of one run of texts.
///
/// Terms are numbered by first appearance in the run until `renumber` gives them the columns that
/// all runs share. Counting and renumbering are one thread's work at a time; then nothing changes
/// any more, and any thread may read.
final class CountedTexts: @unchecked Sendable {
  /// The terms, until they are renumbered.
  private var table: TermTable
  /// The terms of each text, text by text.
  private var entries: GrowingBuffer<TermEntry>
  /// Where each text's entries start, and where the last one's end.
  private var rowOffsets: [Int]

  /// Counts the n-grams of each text.
  init(
    _ texts: Texts, _ numbers: Range<Int>, _ block: FeatureBlock, _ range: ClosedRange<Int>,
    _ recipe: Recipe
  ) {
    precondition(numbers.count < Int(Int32.max), "texts are numbered by 32 bits")
    var scanner = TextScanner(normalization: recipe.normalization, tokens: recipe.tokens)
    var batch = TermBatch()
    // The object's own once they are full: each access to what an object holds is guarded.
    var table = TermTable(texts: numbers.count)
    var entries = GrowingBuffer<TermEntry>()
    var rowOffsets = [0]
    rowOffsets.reserveCapacity(numbers.count + 1)
    // The terms of one text, in order of appearance.
    var current = GrowingBuffer<TermEntry>()
    var number: Int32 = 0
    for index in numbers {
      scanner.scan(texts[index])
      current.removeAll()
      scanner.collect(block, range, in: &batch) {
        table.count(&$0, inText: number, &current)
      }
      entries.append(contentsOf: current)
      rowOffsets.append(entries.count)
      number += 1
    }
    self.table = table
    self.entries = entries
    self.rowOffsets = rowOffsets
  }

  /// Counts features whose columns are known beforehand: nothing is to be renumbered.
  ///
  /// - Parameter hits: the columns of each text's features, in any order, repeated as often as they
  ///   occur.
  init<Text>(_ texts: some Sequence<Text>, columnCount: Int, hits: (Text, (Int) -> Void) -> Void) {
    var counter = TermCounter(termCount: columnCount)
    var entries = GrowingBuffer<TermEntry>()
    var rowOffsets = [0]
    var sorter = TermEntrySorter()
    for text in texts {
      counter.beginText()
      hits(text) { counter.count($0) }
      counter.sortEntries(using: &sorter)
      entries.append(contentsOf: counter.entries)
      rowOffsets.append(entries.count)
    }
    table = TermTable()
    self.entries = entries
    self.rowOffsets = rowOffsets
  }

  var rowCount: Int { rowOffsets.count - 1 }
  /// The number of different terms.
  var termCount: Int { table.count }
  /// The number of entries of all texts.
  var entryCount: Int { entries.count }

  /// The bytes of the terms, valid until they are renumbered.
  var terms: TermPointers { table.terms }

  /// How many slots `number` goes through for another run's terms.
  var slotCount: Int { table.slotCount }

  /// Gives those terms of another run that are here as well, and have no number yet, the one that
  /// stands for them. Neither run is renumbered yet.
  ///
  /// - Parameters:
  ///   - run: the other run.
  ///   - slots: those of its slots whose terms are looked at.
  ///   - numbers: of the other's terms; -1 for those without one.
  ///   - own: the numbers of the terms here; `nil` for their own.
  func number(
    termsOf run: CountedTexts, in slots: Range<Int>, _ numbers: UnsafeMutablePointer<Int32>,
    by own: [Int32]?
  ) {
    table.forEachCommonTerm(with: run.table, slots) {
      numbers[$0] < 0
    } _: { theirs, term in
      numbers[theirs] = own?[Int(term)] ?? term
    }
  }

  /// In how many of the texts each term occurs, before they are renumbered.
  ///
  /// - Parameter capacity: for how many terms the array shall have room.
  func documentFrequencies(capacity: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: max(capacity, termCount)) { frequencies, count in
      count = termCount
      frequencies[..<count].initialize(repeating: 0)
      for index in 0..<entries.count { frequencies[Int(entries[index].term)] += 1 }
    }
  }

  /// Gives the terms their columns in place, and lets go of the terms themselves.
  ///
  /// - Parameters:
  ///   - columns: the column of each term, -1 for terms to leave out; what stands behind is not read.
  ///   - columnCount: columns lie below it.
  func renumber(_ columns: [Int32], _ columnCount: Int) {
    var sorter = TermEntrySorter()
    var end = 0
    var start = 0
    for text in 0..<rowCount {
      let first = end
      for index in start..<rowOffsets[text + 1] {
        let entry = entries[index]
        let column = columns[Int(entry.term)]
        guard column >= 0 else { continue }
        entries.base[end] = TermEntry(term: column, count: entry.count)
        end += 1
      }
      sorter.sort(
        UnsafeMutableBufferPointer(start: entries.base + first, count: end - first),
        termCount: columnCount)
      start = rowOffsets[text + 1]
      rowOffsets[text + 1] = end
    }
    entries.removeLast(entries.count - end)
    table = TermTable()
  }

  /// A text's entries by rising column, once renumbered; valid as long as the counts are.
  @inline(__always)
  func row(_ row: Int) -> UnsafeBufferPointer<TermEntry> {
    UnsafeBufferPointer(
      start: entries.base + rowOffsets[row], count: rowOffsets[row + 1] - rowOffsets[row])
  }
}
