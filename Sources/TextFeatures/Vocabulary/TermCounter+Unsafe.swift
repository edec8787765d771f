/// Counts the terms of one text after another.
///
/// A text has few terms and a vocabulary many: the text's own are kept in a table that stays in the
/// nearest cache. It is not cleared between texts; its slots carry the number of the text that filled
/// them. Constant work a term and a text.
struct TermCounter: ~Copyable {
  /// A term of the text with this number, and its place among the entries.
  private struct Slot {
    var text: Int32
    var term: Int32
    var place: Int32
  }

  private let termCount: Int
  private var text: Int32 = 0
  /// Open addressing with linear probing; at most half of the slots are the current text's.
  private var slots: UnsafeMutablePointer<Slot>
  private var slotCount = 1024
  /// The current text's terms, each once, in order of appearance.
  private(set) var entries = GrowingBuffer<TermEntry>()

  /// Counts terms numbered 0 ..< `termCount`.
  init(termCount: Int) {
    self.termCount = termCount
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: Slot(text: -1, term: 0, place: 0), count: slotCount)
  }

  deinit { slots.deallocate() }

  /// Counts one occurrence of `term` in the current text.
  @inline(__always)
  mutating func count(_ term: Int) {
    let term = Int32(truncatingIfNeeded: term)
    let slot = slot(of: term)
    if slots[slot].text == text {
      entries.base[Int(slots[slot].place)].countAnother()
    } else {
      slots[slot] = Slot(text: text, term: term, place: Int32(truncatingIfNeeded: entries.count))
      entries.append(TermEntry(term: term, count: 1))
      if entries.count &* 2 > slotCount { grow() }
    }
  }

  /// The slot of a term of the current text, or the one that it would get.
  @inline(__always)
  private func slot(of term: Int32) -> Int {
    // Fibonacci hashing (Knuth, volume 3, section 6.4): neighbouring numbers scatter.
    let hash = UInt64(UInt32(bitPattern: term)) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: hash &>> 32) & (slotCount &- 1)
    while slots[slot].text == text, slots[slot].term != term {
      slot = (slot &+ 1) & (slotCount &- 1)
    }
    return slot
  }

  @inline(never)
  private mutating func grow() {
    slots.deallocate()
    slotCount *= 2
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: Slot(text: -1, term: 0, place: 0), count: slotCount)
    for place in 0..<entries.count {
      let term = entries.base[place].term
      slots[slot(of: term)] = Slot(
        text: text, term: term, place: Int32(truncatingIfNeeded: place))
    }
  }

  /// Begins the next text.
  mutating func beginText() {
    entries.removeAll()
    if text == .max {
      // After two billion texts the numbers start anew.
      slots.update(repeating: Slot(text: -1, term: 0, place: 0), count: slotCount)
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
