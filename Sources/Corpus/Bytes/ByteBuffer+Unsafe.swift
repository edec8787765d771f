#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Scanning and copying: whole words at a time, without bounds checks in the loops.
extension ByteBuffer {
  /// The offset of the first byte equal to `byte`, or `nil` when the window has none from `from` on.
  func firstIndex(of byte: UInt8, from: Int) -> Int? {
    firstIndex(of: byte, in: from..<count)
  }

  /// The offset of the first byte equal to `byte` in a range.
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    withBytes(range) { bytes in
      guard let base = bytes.baseAddress,
        let found = memchr(base, Int32(byte), bytes.count)
      else { return nil }
      return range.lowerBound + (UnsafeRawPointer(found) - base)
    }
  }

  /// The offset of the first line feed, carriage return or `delimiter` from `from` on.
  func firstLineBreak(or delimiter: UInt8, from: Int) -> Int? {
    let delimiters = repeated(delimiter)
    let lineFeeds = repeated(0x0a)
    let carriageReturns = repeated(0x0d)
    return withBytes(from..<count) { bytes in
      scan(bytes) { word in
        zeroBytes(word ^ delimiters) | zeroBytes(word ^ lineFeeds)
          | zeroBytes(word ^ carriageReturns)
      }
    }.map { from + $0 }
  }

  /// The offset of the first byte that a JSON string cannot contain as it is: a quote, a backslash
  /// or a control character.
  func firstJSONSpecial(in range: Range<Int>) -> Int? {
    let quotes = repeated(0x22)
    let backslashes = repeated(0x5c)
    let spaces = repeated(0x20)
    return withBytes(range) { bytes in
      scan(bytes) { word in
        zeroBytes(word ^ quotes) | zeroBytes(word ^ backslashes)
          | ((word &- spaces) & ~word & repeated(0x80))
      }
    }.map { range.lowerBound + $0 }
  }

  /// The number of line breaks in a range: CRLF, LF or CR alone.
  func lineBreaks(in range: Range<Int>) -> Int {
    withBytes(range) { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      let hasCarriageReturns = memchr(base, 0x0d, bytes.count) != nil
      // Most fields have no line break, and finding none is faster than counting none.
      guard hasCarriageReturns || memchr(base, 0x0a, bytes.count) != nil else { return 0 }
      var breaks = 0
      for byte in bytes { breaks &+= byte == 0x0a ? 1 : 0 }
      guard hasCarriageReturns else { return breaks }
      for (index, byte) in bytes.enumerated() where byte == 0x0d {
        if index + 1 == bytes.count || bytes[index + 1] != 0x0a { breaks += 1 }
      }
      return breaks
    }
  }

  /// The bytes as a string; `nil` when they are not UTF-8.
  func string(_ range: Range<Int>) -> String? {
    withBytes(range) { bytes in
      // Decoding repairs what is not UTF-8, so the bytes were UTF-8 exactly if they come out as they
      // went in. `String(validating:)` is generic at run time and takes twice as long on short cells.
      guard let base = bytes.baseAddress, !bytes.isEmpty else { return "" }
      var string = String(decoding: bytes.bindMemory(to: UInt8.self), as: UTF8.self)
      let isUnchanged = string.withUTF8 { result in
        guard result.count == bytes.count, let decoded = result.baseAddress else { return false }
        return memcmp(decoded, base, bytes.count) == 0
      }
      return isUnchanged ? string : nil
    }
  }

  /// Whether all bytes of a range are ASCII.
  func isASCII(_ range: Range<Int>) -> Bool {
    withBytes(range) { bytes in
      scan(bytes) { $0 & repeated(0x80) } == nil
    }
  }

  /// Whether a range has exactly these bytes.
  func hasBytes(_ expected: [UInt8], in range: Range<Int>) -> Bool {
    range.count == expected.count
      && withBytes(range) { bytes in expected.withUnsafeBytes { $0.elementsEqual(bytes) } }
  }

  /// Appends the bytes of a range to an array.
  func append(_ range: Range<Int>, to target: inout [UInt8]) {
    withBytes(range) { target.append(contentsOf: $0) }
  }

  /// The index in `storage` of the first NUL byte in a range of indices.
  func indexOfNUL(in range: Range<Int>) -> Int? {
    firstIndex(of: 0, in: range.lowerBound - start..<range.upperBound - start).map { $0 + start }
  }

  mutating func moveBytes(_ range: Range<Int>, to index: Int) {
    storage.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      memmove(base + index, base + range.lowerBound, range.count)
    }
  }

  /// The bytes at a range of offsets, which must be inside the window.
  private func withBytes<Result>(
    _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    storage.withUnsafeBytes { bytes in
      body(
        UnsafeRawBufferPointer(rebasing: bytes[start + range.lowerBound..<start + range.upperBound])
      )
    }
  }
}

/// Eight copies of a byte.
@inline(__always)
private func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

/// Sets the high bit of each byte that is zero; bytes above the first zero byte may be wrong, which
/// does not matter to a search for the first.
@inline(__always)
private func zeroBytes(_ word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
}

/// The index of the first byte that `matches` flags (by its high bit).
@inline(__always)
private func scan(
  _ bytes: UnsafeRawBufferPointer, _ matches: (UInt64) -> UInt64
) -> Int? {
  var index = 0
  while index &+ 8 <= bytes.count {
    let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
    let found = matches(word)
    if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
    index &+= 8
  }
  while index < bytes.count {
    // The other seven bytes are copies of the same one, so they cannot match alone.
    if matches(repeated(bytes[index])) != 0 { return index }
    index &+= 1
  }
  return nil
}
