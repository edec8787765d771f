import CZlib

/// CRC-32 as gzip, PNG and ZIP compute it (ISO 3309): finds damage, not intent.
package struct CyclicRedundancyCheck {
  private var value: UInt = 0

  package init() {}

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
    value = UInt(crc32_z(uLong(value), base, z_size_t(bytes.count)))
  }

  /// The check of all bytes so far, as 8 lowercase hexadecimal digits.
  package var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
