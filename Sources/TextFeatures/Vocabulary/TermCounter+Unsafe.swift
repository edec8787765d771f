/// Counts the terms of one text after another over a vocabulary.
///
/// Constant work a term and a text: marks are not cleared between texts, but carry the number of
/// the text that last touched them.
struct TermCounter: ~Copyable {
  /// Where a term stands among the entries of the text that last touched it.
  private struct Mark {
    var text: Int32
    var place: Int32
  }

  private let marks: UnsafeMutablePointer<Mark>
  private let termCount: Int
  private var text: Int32 = 0
  /// The current text's terms, each once, in order of appearance.
  private(set) var entries = GrowingBuffer<TermEntry>()

  /// Counts terms numbered 0 ..< `termCount`.
  init(termCount: Int) {
    self.termCount = termCount
    marks = .allocate(capacity: termCount)
    marks.initialize(repeating: Mark(text: -1, place: 0), count: termCount)
  }

  deinit { marks.deallocate() }

  /// Counts one occurrence of `term` in the current text.
  @inline(__always)
  mutating func count(_ term: Int) {
    if marks[term].text == text {
      entries.base[Int(marks[term].place)].countAnother()
    } else {
      marks[term] = Mark(text: text, place: Int32(truncatingIfNeeded: entries.count))
      entries.append(TermEntry(term: Int32(truncatingIfNeeded: term), count: 1))
    }
  }

  /// Begins the next text.
  mutating func beginText() {
    entries.removeAll()
    if text == .max {
      // After two billion texts the numbers start anew.
      marks.update(repeating: Mark(text: -1, place: 0), count: termCount)
      text = 0
    } else {
      text += 1
    }
  }

  /// Orders the current text's entries by term.
  mutating func sortEntries(using sorter: inout TermEntrySorter) {
    sorter.sort(
      UnsafeMutableBufferPointer(start: entries.base, count: entries.count), termCount: termCount)
  }
}
