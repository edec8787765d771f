import Foundation

extension Safetensors.Tensor {
  init(_ name: String, bytes: some Sequence<UInt8>) {
    let data = Data(bytes)
    self.init(name: name, type: .uint8, shape: [data.count], bytes: data)
  }

  init(_ name: String, _ values: [UInt32]) {
    self.init(
      name: name, type: .uint32, shape: [values.count],
      bytes: Self.littleEndian(values.map(\.littleEndian)))
  }

  init(_ name: String, _ values: [Double]) {
    self.init(
      name: name, type: .float64, shape: [values.count],
      bytes: Self.littleEndian(values.map(\.bitPattern.littleEndian)))
  }

  /// rows × columns, row by row.
  init(_ name: String, _ values: [Float], columns: Int) {
    self.init(
      name: name, type: .float32, shape: [values.count / max(1, columns), columns],
      bytes: Self.littleEndian(values.map(\.bitPattern.littleEndian)))
  }

  private static func littleEndian(_ values: [some FixedWidthInteger]) -> Data {
    values.withUnsafeBytes { Data($0) }
  }

  /// The elements of a `uint32` tensor.
  var uint32s: [UInt32] { elements(UInt32.self).map { UInt32(littleEndian: $0) } }

  /// The elements of a `float32` tensor.
  var float32s: [Float] {
    elements(UInt32.self).map { Float(bitPattern: UInt32(littleEndian: $0)) }
  }

  /// The elements of a `float64` tensor.
  var float64s: [Double] {
    elements(UInt64.self).map { Double(bitPattern: UInt64(littleEndian: $0)) }
  }

  /// The bytes as they are; `type` has this width, which reading the container has checked.
  private func elements<Element: FixedWidthInteger>(_: Element.Type) -> [Element] {
    let width = MemoryLayout<Element>.size
    precondition(width == type.size, "the elements of \(type) are not \(width) bytes wide")
    return bytes.withUnsafeBytes { raw in
      [Element](unsafeUninitializedCapacity: raw.count / width) { elements, count in
        count = raw.count / width
        UnsafeMutableRawBufferPointer(elements).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: raw[..<(count * width)]))
      }
    }
  }
}
