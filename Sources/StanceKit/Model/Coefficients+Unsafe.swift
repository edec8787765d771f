import Foundation
import LinearAlgebra

/// Numbers of a model in single precision, in memory of their own or in a mapped file.
struct Coefficients: Sendable {
  private enum Storage {
    case own([Float])
    /// Aligned, in the machine's order of bytes, and a whole number of them.
    case file(Data)
  }

  private let storage: Storage

  init(_ elements: [Float]) { storage = .own(elements) }

  /// - Parameter coefficients: labels × features; they become features × labels.
  init(_ coefficients: Matrix) {
    let (labels, features) = (coefficients.rows, coefficients.columns)
    let count = coefficients.elements.count
    let elements = [Float](unsafeUninitializedCapacity: count) { target, initialized in
      initialized = count
      coefficients.elements.withUnsafeBufferPointer { source in
        for label in 0..<labels {
          let row = UnsafeBufferPointer(rebasing: source[label * features..<(label + 1) * features])
          for feature in 0..<features {
            target.initializeElement(at: feature * labels + label, to: Float(row[feature]))
          }
        }
      }
    }
    self.init(elements)
  }

  /// The elements of a `float32` tensor; copied unless they can be used, and may stay, where they are.
  init(_ tensor: Safetensors.Tensor, _ memory: Model.Memory) {
    precondition(tensor.type == .float32, "coefficients in single precision")
    let isUsable =
      UInt16(littleEndian: 1) == 1
      && tensor.bytes.withUnsafeBytes {
        Int(bitPattern: $0.baseAddress) % MemoryLayout<Float>.alignment == 0
      }
    storage = memory == .file && isUsable ? .file(tensor.bytes) : .own(tensor.float32s)
  }

  func withUnsafeBufferPointer<Result>(
    _ body: (UnsafeBufferPointer<Float>) -> Result
  ) -> Result {
    switch storage {
    case .own(let elements): elements.withUnsafeBufferPointer(body)
    case .file(let data): data.withUnsafeBytes { body($0.assumingMemoryBound(to: Float.self)) }
    }
  }

  var count: Int { withUnsafeBufferPointer { $0.count } }

  /// The number in a place of 0 ..< `count`.
  subscript(place: Int) -> Float {
    withUnsafeBufferPointer { elements in
      precondition(elements.indices.contains(place), "coefficient \(place) of \(elements.count)")
      return elements[place]
    }
  }

  /// Whether none of them is infinite or not a number.
  var areFinite: Bool { withUnsafeBufferPointer { $0.span.areFinite } }
}

extension Span<Float> {
  /// Whether none of them is infinite or not a number.
  var areFinite: Bool {
    // No branch and one comparison at the end, so that several are looked at in one instruction: the
    // carry out of an exponent of nothing but ones sets the highest bit.
    var carries: UInt32 = 0
    for index in indices { carries |= (self[index].bitPattern & 0x7FFF_FFFF) &+ 0x0080_0000 }
    return carries >> 31 == 0
  }
}
