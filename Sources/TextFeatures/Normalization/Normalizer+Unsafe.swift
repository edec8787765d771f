internal import CTextBytes

/// Rewrites UTF-8 as its normalized form, remembering where each byte came from when asked.
///
/// One normalizer belongs to one thread.
struct Normalizer: ~Copyable {
  let options: Normalization
  let table: ScalarTable
  /// The normalized text.
  var output = ByteBuffer()
  /// For each byte of `output` where the source of its character starts and ends, in bytes; empty
  /// unless `recordsSources`.
  var sourceStarts: [Int32] = []
  var sourceEnds: [Int32] = []
  var recordsSources = false

  /// The last character that a combining mark could join: where it starts in source and output.
  var starter: (source: Int, output: Int)?

  init(_ options: Normalization) {
    self.options = options
    table = ScalarTable(options)
  }

  /// Replaces `output` by the normalized form of `source`, which is valid UTF-8.
  mutating func normalize(_ source: UnsafeBufferPointer<UInt8>) {
    output.count = 0
    sourceStarts.removeAll(keepingCapacity: true)
    sourceEnds.removeAll(keepingCapacity: true)
    starter = nil
    guard let bytes = source.baseAddress else { return }
    // The longest single mapping is two bytes to three (U+023A); what composes reserves its own.
    output.reserve(source.count * 2 + 16)
    var position = 0
    while position < source.count {
      if bytes[position] < 0x80 {
        position = copyASCII(bytes, from: position, to: source.count)
      } else {
        position = copyScalar(bytes, at: position, count: source.count)
      }
    }
  }

  /// Copies the run of ASCII at `start`, sixteen bytes at a time; returns where it ends.
  @inline(__always)
  private mutating func copyASCII(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    var position = start
    output.reserve(end - start + 16)
    let target = output.base
    var count = output.count
    let toLower: UInt8 = options.lowercases ? 0x20 : 0
    while position &+ 16 <= end, copy_ascii(bytes + position, target + count, toLower) {
      position &+= 16
      count &+= 16
    }
    // The last bytes of a longer text are copied once more, with those before them.
    let overlap = position &+ 16 &- end
    if overlap > 0, overlap < 16, end &- 16 >= start,
      copy_ascii(bytes + (end &- 16), target + (count &- overlap), toLower)
    {
      count &+= end &- position
      position = end
    }
    while position < end, bytes[position] < 0x80 {
      let byte = bytes[position]
      output.base[count] = byte &- 0x41 < 26 ? byte | toLower : byte
      position &+= 1
      count &+= 1
    }
    output.count = count
    if recordsSources {
      sourceStarts.append(contentsOf: Int32(start)..<Int32(position))
      sourceEnds.append(contentsOf: Int32(start + 1)..<Int32(position + 1))
    }
    return position
  }

  @inline(__always)
  private mutating func copyScalar(
    _ bytes: UnsafePointer<UInt8>, at position: Int, count: Int
  ) -> Int {
    let (scalar, length) = decodeScalar(bytes + position)
    let entry = table.entry(of: scalar)
    if entry.isRemoved {
      rememberASCIIStarter(bytes, before: position)
    } else if entry.needsContext {
      rememberASCIIStarter(bytes, before: position)
      return scalar == 0x200D
        ? copyJoiner(bytes, at: position, count: count)
        : composeSegment(bytes, at: position, count: count)
    } else {
      starter = (position, output.count)
      output.reserve(4)
      output.appendReserved(scalar: entry.replacement)
      recordSource(position..<position + length)
    }
    return position + length
  }

  @inline(__always)
  private mutating func rememberASCIIStarter(_ bytes: UnsafePointer<UInt8>, before position: Int) {
    if position > 0, bytes[position - 1] < 0x80 { starter = (position - 1, output.count - 1) }
  }

  @inline(__always)
  mutating func recordSource(_ source: Range<Int>, upTo end: Int? = nil) {
    guard recordsSources else { return }
    while sourceStarts.count < end ?? output.count {
      sourceStarts.append(Int32(source.lowerBound))
      sourceEnds.append(Int32(source.upperBound))
    }
  }

  /// U+200D joins two emoji; anywhere else it is invisible.
  private mutating func copyJoiner(
    _ bytes: UnsafePointer<UInt8>, at position: Int, count: Int
  ) -> Int {
    let next = position + 3
    let followsEmoji = lastClass() == .emoji || lastClass() == .emojiModifier
    if followsEmoji, isEmoji(bytes, at: next, count: count) {
      output.reserve(4)
      output.appendReserved(scalar: 0x200D)
      recordSource(position..<next)
    }
    return next
  }

  /// Whether an emoji starts at `position`, and normalization leaves it one.
  func isEmoji(_ bytes: UnsafePointer<UInt8>, at position: Int, count: Int) -> Bool {
    guard position < count else { return false }
    let entry = table.entry(of: decodeScalar(bytes + position).scalar)
    return entry.scalarClass == ScalarClass.emoji.rawValue && !entry.needsContext
  }

  private func lastClass() -> ScalarClass? {
    var start = output.count - 1
    guard start >= 0 else { return nil }
    while start > 0, output.base[start] & 0xC0 == 0x80 { start -= 1 }
    return ScalarClass(
      rawValue: table.entry(of: decodeScalar(output.base + start).scalar).scalarClass)
  }
}

extension Normalization {
  /// The normalized form of `text`, made from scratch.
  package func normalized(_ text: String) -> String {
    var scanner = TextScanner(normalization: self, tokens: .wordsOnly)
    scanner.scan(text)
    return scanner.normalizedText
  }
}
