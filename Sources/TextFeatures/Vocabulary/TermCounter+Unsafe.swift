/// Counts the terms of one text after another over a vocabulary that may still grow.
///
/// Constant work a term and a text: counters are not cleared between texts, but carry the number
/// of the text that last touched them.
struct TermCounter: ~Copyable {
  private var lastText: UnsafeMutablePointer<Int32>
  private var place: UnsafeMutablePointer<Int32>
  private var capacity: Int
  private var text: Int32 = 0
  /// The terms of all texts so far, text by text, each once, in order of appearance.
  private(set) var terms: [Int32] = []
  private(set) var counts: [Int32] = []
  /// Where each text's terms start, and where the last one's end.
  private(set) var rowOffsets: [Int] = [0]

  init(termCount: Int = 1024) {
    capacity = max(termCount, 1)
    lastText = .allocate(capacity: capacity)
    lastText.initialize(repeating: -1, count: capacity)
    place = .allocate(capacity: capacity)
    place.initialize(repeating: 0, count: capacity)
  }

  deinit {
    lastText.deallocate()
    place.deallocate()
  }

  /// Counts one occurrence of `term` in the current text.
  @inline(__always)
  mutating func count(_ term: Int) {
    if term >= capacity { grow(to: term + 1) }
    if lastText[term] == text {
      counts[Int(place[term])] += 1
    } else {
      lastText[term] = text
      place[term] = Int32(truncatingIfNeeded: terms.count)
      terms.append(Int32(truncatingIfNeeded: term))
      counts.append(1)
    }
  }

  /// Ends the current text and begins the next.
  mutating func endText() {
    rowOffsets.append(terms.count)
    text += 1
  }

  /// Forgets all texts but keeps the counters.
  mutating func clear() {
    terms.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    rowOffsets.removeAll(keepingCapacity: true)
    rowOffsets.append(0)
    text += 1
  }

  @inline(never)
  private mutating func grow(to minimum: Int) {
    let larger = max(minimum, capacity * 2)
    let newLast = UnsafeMutablePointer<Int32>.allocate(capacity: larger)
    newLast.update(from: lastText, count: capacity)
    (newLast + capacity).initialize(repeating: -1, count: larger - capacity)
    let newPlace = UnsafeMutablePointer<Int32>.allocate(capacity: larger)
    newPlace.update(from: place, count: capacity)
    (newPlace + capacity).initialize(repeating: 0, count: larger - capacity)
    lastText.deallocate()
    place.deallocate()
    (lastText, place, capacity) = (newLast, newPlace, larger)
  }
}
