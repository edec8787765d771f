extension Array where Element == UInt8 {
  /// Appends a string's UTF-8 bytes and, instead of each special byte, what `replace` appends.
  ///
  /// The bytes between two special ones are copied at once.
  ///
  /// - Parameter isSpecial: 256 entries, one for each byte.
  mutating func append(
    _ string: String, where isSpecial: [Bool], replace: (UInt8, inout [UInt8]) -> Void
  ) {
    precondition(isSpecial.count == 256, "every byte is special or is not")
    var string = string
    string.withUTF8 { bytes in
      isSpecial.withUnsafeBufferPointer { isSpecial in
        var start = 0
        for index in bytes.indices where isSpecial[Int(bytes[index])] {
          append(contentsOf: bytes[start..<index])
          replace(bytes[index], &self)
          start = index + 1
        }
        append(contentsOf: bytes[start...])
      }
    }
  }
}
