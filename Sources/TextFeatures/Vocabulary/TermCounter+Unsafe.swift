/// Counts the terms of one text after another over a vocabulary that may still grow.
///
/// Constant work a term and a text: counters are not cleared between texts, but carry the number
/// of the text that last touched them.
struct TermCounter: ~Copyable {
  /// Where a term stands among the entries of the text that last touched it.
  private struct Mark {
    var text: Int32
    var place: Int32
  }

  private var marks: UnsafeMutablePointer<Mark>
  private var capacity: Int
  private var text: Int32 = 0
  /// The current text's terms, each once, in order of appearance.
  private var current: UnsafeMutablePointer<TermEntry>
  private var currentCount = 0
  private var currentCapacity = 256
  /// The terms of all ended texts, text by text, each once, in order of appearance.
  private(set) var entries: [TermEntry] = []
  /// Where each text's entries start, and where the last one's end.
  private(set) var rowOffsets: [Int] = [0]

  init(termCount: Int = 1024) {
    capacity = max(termCount, 1)
    marks = .allocate(capacity: capacity)
    marks.initialize(repeating: Mark(text: -1, place: 0), count: capacity)
    current = .allocate(capacity: currentCapacity)
  }

  deinit {
    marks.deallocate()
    current.deallocate()
  }

  /// Counts one occurrence of `term` in the current text.
  @inline(__always)
  mutating func count(_ term: Int) {
    if term >= capacity { growMarks(to: term + 1) }
    if marks[term].text == text {
      current[Int(marks[term].place)].countAnother()
    } else {
      if currentCount == currentCapacity { growCurrent() }
      marks[term] = Mark(text: text, place: Int32(truncatingIfNeeded: currentCount))
      current[currentCount] = TermEntry(term: Int32(truncatingIfNeeded: term), count: 1)
      currentCount += 1
    }
  }

  /// Ends the current text and begins the next.
  mutating func endText() {
    entries.append(contentsOf: UnsafeBufferPointer(start: current, count: currentCount))
    rowOffsets.append(entries.count)
    currentCount = 0
    beginText()
  }

  /// Forgets all texts but keeps the counters.
  mutating func clear() {
    entries.removeAll(keepingCapacity: true)
    rowOffsets.removeAll(keepingCapacity: true)
    rowOffsets.append(0)
    currentCount = 0
    beginText()
  }

  /// After two billion texts the numbers start anew.
  private mutating func beginText() {
    if text == .max {
      marks.update(repeating: Mark(text: -1, place: 0), count: capacity)
      text = 0
    } else {
      text += 1
    }
  }

  @inline(never)
  private mutating func growMarks(to minimum: Int) {
    let larger = max(minimum, capacity * 2)
    let moved = UnsafeMutablePointer<Mark>.allocate(capacity: larger)
    moved.update(from: marks, count: capacity)
    (moved + capacity).initialize(repeating: Mark(text: -1, place: 0), count: larger - capacity)
    marks.deallocate()
    (marks, capacity) = (moved, larger)
  }

  @inline(never)
  private mutating func growCurrent() {
    let moved = UnsafeMutablePointer<TermEntry>.allocate(capacity: currentCapacity * 2)
    moved.update(from: current, count: currentCount)
    current.deallocate()
    (current, currentCapacity) = (moved, currentCapacity * 2)
  }
}
