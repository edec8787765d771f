/// What comes before the first record: compression, byte order mark, nothing at all.
extension ByteBuffer {
  /// Decompresses if need be, steps over a byte order mark, and rejects what is not UTF-8.
  ///
  /// - Parameter contents: what an empty file should have held.
  /// - Throws: ``DataError/Code/emptyFile``, ``DataError/Code/wrongEncoding``,
  ///   ``DataError/Code/corruptGzip`` and what reading throws.
  mutating func readPreamble(expecting contents: String = "statements") throws(DataError) {
    let file = SourceLocation(file: name, line: 0)
    try fill(atLeast: 4)
    if starts(with: GzipSource.magic) {
      let name = self.name
      restart { GzipSource($0, name: name) }
      try fill(atLeast: 4)
    } else if count > 0, name.lowercased().hasSuffix(".gz") {
      throw DataError(
        .corruptGzip, at: file,
        "the name ends with .gz and the data is not gzip; expected compressed data: rename the "
          + "file or compress it")
    }
    if starts(with: [0xff, 0xfe]) || starts(with: [0xfe, 0xff]) {
      throw DataError(
        .wrongEncoding, at: file,
        "the file is UTF-16; expected UTF-8: save it as UTF-8 (in Excel \"CSV UTF-8\")")
    }
    if starts(with: [0xef, 0xbb, 0xbf]) {
      advance(by: 3, lines: 0)
      try fill(atLeast: 1)
    }
    if count == 0 {
      throw DataError(.emptyFile, at: file, "the file is empty; expected \(contents)")
    }
  }

  /// The first byte that is not white space, of those that are there.
  var firstByteOfContent: UInt8? {
    for offset in 0..<count where self[offset] > 0x20 { return self[offset] }
    return nil
  }

  private func starts(with bytes: [UInt8]) -> Bool {
    count >= bytes.count && hasBytes(bytes, in: 0..<bytes.count)
  }
}
