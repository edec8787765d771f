import LinearAlgebra

/// A growing run of plain values that is reused from text to text.
struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  private var memory: GrowableMemory
  private(set) var base: UnsafeMutablePointer<Element>
  private var capacity = 64
  private(set) var count = 0

  init() {
    memory = GrowableMemory(byteCount: capacity * MemoryLayout<Element>.stride)
    base = memory.base.bindMemory(to: Element.self, capacity: capacity)
  }

  @inline(__always)
  subscript(index: Int) -> Element { base[index] }

  mutating func removeAll() { count = 0 }

  /// Makes room for `additional` more elements.
  @inline(__always)
  mutating func reserve(_ additional: Int) {
    if count + additional > capacity { grow(count + additional) }
  }

  /// Appends an element; the caller has reserved the room.
  @inline(__always)
  mutating func appendReserved(_ element: Element) {
    base[count] = element
    count += 1
  }

  /// Takes in elements that the caller has written behind the last one, into reserved room.
  mutating func appendWritten(_ number: Int) { count += number }

  @inline(__always)
  mutating func append(_ element: Element) {
    reserve(1)
    appendReserved(element)
  }

  /// Appends all elements of another buffer.
  mutating func append(contentsOf other: borrowing GrowingBuffer) {
    reserve(other.count)
    (base + count).update(from: other.base, count: other.count)
    count += other.count
  }

  /// Takes the last elements off.
  mutating func removeLast(_ number: Int) { count -= number }

  @inline(never)
  private mutating func grow(_ minimum: Int) {
    capacity = max(minimum, capacity * 2)
    memory.grow(to: capacity * MemoryLayout<Element>.stride)
    base = memory.base.bindMemory(to: Element.self, capacity: capacity)
  }
}
