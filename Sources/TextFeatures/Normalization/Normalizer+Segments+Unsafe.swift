extension Normalizer {
  /// Folds the scalar at `position` with all that may still join it and, where it may join the
  /// character before it, with that character, whose output is replaced. Returns where this segment
  /// ends.
  ///
  /// Whatever is removed belongs to the segment, so that no source byte is folded more than twice.
  mutating func composeSegment(
    _ bytes: UnsafePointer<UInt8>, at position: Int, count: Int
  ) -> Int {
    let (scalar, length) = decodeScalar(bytes + position)
    var start = position
    if table.entry(of: scalar).joinsPrevious, let starter {
      start = starter.source
      output.count = starter.output
      if recordsSources {
        sourceStarts.removeLast(sourceStarts.count - output.count)
        sourceEnds.removeLast(sourceEnds.count - output.count)
      }
    }
    var end = position + length
    var contentEnd = end
    while end < count, bytes[end] >= 0x80 {
      let (scalar, length) = decodeScalar(bytes + end)
      let entry = table.entry(of: scalar)
      if entry.joinsPrevious {
        contentEnd = end + length
      } else if scalar == 0x200D, entry.needsContext {
        if isEmoji(bytes, at: end + length, count: count) { break }
      } else if !entry.isRemoved {
        break
      }
      end += length
    }
    starter = (start, output.count)
    appendFolded(bytes, start..<contentEnd)
    return end
  }

  /// Appends the folded form of a segment.
  ///
  /// Where the segment's first scalar stayed what it was (an emoji with a mark on it), the marks
  /// have a source of their own; otherwise all share the whole segment.
  private mutating func appendFolded(_ bytes: UnsafePointer<UInt8>, _ source: Range<Int>) {
    let outputStart = output.count
    let segment = UnsafeBufferPointer(start: bytes + source.lowerBound, count: source.count)
    let folded = options.folded(String(decoding: segment, as: UTF8.self)).unicodeScalars
    for scalar in folded {
      output.reserve(4)
      output.appendReserved(scalar: scalar.value)
    }
    guard recordsSources, let first = folded.first else { return }
    let (written, firstLength) = decodeScalar(bytes + source.lowerBound)
    if firstLength < source.count, let written = Unicode.Scalar(written),
      options.folded(String(written)).utf8.elementsEqual(String(first).utf8)
    {
      let rest = source.lowerBound + firstLength..<source.upperBound
      recordSource(source.lowerBound..<rest.lowerBound, upTo: outputStart + UTF8.width(first))
      recordSource(rest)
    } else {
      recordSource(source)
    }
  }
}
