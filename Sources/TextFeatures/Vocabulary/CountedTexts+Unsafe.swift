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

  /// Calls `process`, which empties the batch, with some of the terms in the order given, before they are
  /// renumbered.
  private func forEachBatch(of terms: some Sequence<Int>, _ process: (inout TermBatch) -> Void) {
    var batch = TermBatch()
    for term in terms {
      if table.withTerm(term, { batch.append($0, $1) }) { process(&batch) }
    }
    if batch.count > 0 { process(&batch) }
  }

  /// The numbers that another run's terms have here, -1 for those that are not here, before they are
  /// renumbered.
  func numbers(ofTermsOf run: CountedTexts, _ parallelism: Parallelism) -> [Int32] {
    let ranges = parallelism.ranges(of: run.termCount, minimumLength: 1 << 14)
    return parallelism.map(ranges.count) { index in
      var numbers: [Int32] = []
      numbers.reserveCapacity(ranges[index].count)
      run.forEachBatch(of: ranges[index]) { batch in
        self.table.find(&batch) { numbers.append($0) }
      }
      return numbers
    }.flatMap { $0 }
  }

  /// Adds terms of another run; calls `body` with the number that each of them gets.
  func add(_ terms: [Int], of run: CountedTexts, _ body: (Int) -> Void) {
    run.forEachBatch(of: terms) { batch in table.insert(&batch, body) }
  }

  /// The bytes of terms one after another, and where each starts, before they are renumbered.
  func bytes(
    of terms: [Int32], _ parallelism: Parallelism
  ) -> (bytes: [UInt8], offsets: [Int]) {
    let ranges = parallelism.ranges(of: terms.count, minimumLength: 1 << 14)
    let lengths = parallelism.map(ranges.count) { index in
      terms[ranges[index]].map { term in self.table.withTerm(Int(term)) { $1 } }
    }
    var offsets = [0]
    offsets.reserveCapacity(terms.count + 1)
    for length in lengths.joined() { offsets.append(offsets[offsets.count - 1] + length) }
    let (starts, total) = (offsets, offsets[terms.count])
    let bytes = [UInt8](unsafeUninitializedCapacity: max(1, total)) { bytes, count in
      count = total
      guard let base = bytes.baseAddress else { return }
      nonisolated(unsafe) let target = base
      parallelism.forEach(ranges.count) { index in
        for place in ranges[index] {
          self.table.withTerm(Int(terms[place])) {
            (target + starts[place]).update(from: $0, count: $1)
          }
        }
      }
    }
    return (bytes, offsets)
  }

  /// In how many of the texts each of `count` terms occurs, before they are renumbered.
  func documentFrequencies(_ count: Int) -> [Int32] {
    var frequencies = [Int32](repeating: 0, count: count)
    for index in 0..<entries.count { frequencies[Int(entries[index].term)] += 1 }
    return frequencies
  }

  /// Gives the terms their columns in place, and lets go of the terms themselves.
  ///
  /// - Parameters:
  ///   - columns: each term's column, -1 for terms to leave out.
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
