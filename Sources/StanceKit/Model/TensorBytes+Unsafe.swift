import Foundation

extension Safetensors.Tensor {
  init(_ name: String, bytes: some Sequence<UInt8>) {
    let data = Data(bytes)
    self.init(name: name, type: .uint8, shape: [data.count], bytes: data)
  }

  init(_ name: String, _ values: [UInt32]) {
    self.init(
      name: name, type: .uint32, shape: [values.count],
      bytes: values.withUnsafeBytes { Self.littleEndian($0, of: UInt32.self) })
  }

  init(_ name: String, _ values: [Double]) {
    self.init(
      name: name, type: .float64, shape: [values.count],
      bytes: values.withUnsafeBytes { Self.littleEndian($0, of: UInt64.self) })
  }

  /// rows × columns, row by row.
  init(_ name: String, _ values: [Float], columns: Int) {
    self = values.withUnsafeBufferPointer { Self(name, $0, columns: columns) }
  }

  /// rows × columns, row by row.
  init(_ name: String, _ values: UnsafeBufferPointer<Float>, columns: Int) {
    self.init(
      name: name, type: .float32, shape: [values.count / max(1, columns), columns],
      bytes: Self.littleEndian(UnsafeRawBufferPointer(values), of: UInt32.self))
  }

  /// Copies words of the machine's order of bytes.
  private static func littleEndian<Word: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, of word: Word.Type
  ) -> Data {
    guard Word(littleEndian: 1) != 1 else { return Data(bytes) }
    let width = MemoryLayout<Word>.size
    return (0..<bytes.count / width).map {
      bytes.loadUnaligned(fromByteOffset: $0 * width, as: word).littleEndian
    }.withUnsafeBytes { Data($0) }
  }

  /// The elements of a `uint32` tensor.
  var uint32s: [UInt32] { copies() ?? elements { UInt32(littleEndian: $0) } }

  /// The elements of a `float32` tensor.
  var float32s: [Float] { copies() ?? elements { Float(bitPattern: UInt32(littleEndian: $0)) } }

  /// The elements of a `float64` tensor.
  var float64s: [Double] { elements { Double(bitPattern: UInt64(littleEndian: $0)) } }

  /// What `convert` makes of the stored words, which have the width of the tensor's type.
  private func elements<Word: FixedWidthInteger, Element>(
    _ convert: (Word) -> Element
  ) -> [Element] {
    let width = MemoryLayout<Word>.size
    precondition(width == type.size, "the elements of \(type) are not \(width) bytes wide")
    return bytes.withUnsafeBytes { raw in
      let count = raw.count / width
      return [Element](unsafeUninitializedCapacity: count) { elements, initialized in
        for index in 0..<count {
          elements.initializeElement(
            at: index,
            to: convert(raw.loadUnaligned(fromByteOffset: index * width, as: Word.self)))
        }
        initialized = count
      }
    }
  }

  /// The stored words as they are; `nil` where the machine has another order of bytes than they.
  private func copies<Element: BitwiseCopyable>() -> [Element]? {
    let width = MemoryLayout<Element>.size
    precondition(width == type.size, "the elements of \(type) are not \(width) bytes wide")
    guard UInt16(littleEndian: 1) == 1 else { return nil }
    let count = bytes.count / width
    return [Element](unsafeUninitializedCapacity: count) { elements, initialized in
      bytes.copyBytes(to: UnsafeMutableRawBufferPointer(elements), count: count * width)
      initialized = count
    }
  }
}
