import Foundation
import Testing

@testable import StanceKit

@Suite("Coefficients")
struct CoefficientsTests {
  static let numbers: [Float] = [1.5, -2, 0, .leastNonzeroMagnitude, 3e38]

  /// A tensor that starts so many bytes after an aligned address.
  private func tensor(_ numbers: [Float], after gap: Int) -> Safetensors.Tensor {
    let bytes = Safetensors.Tensor("numbers", numbers, columns: 1).bytes
    let padded = Data(repeating: 0, count: gap) + bytes
    return Safetensors.Tensor(
      name: "numbers", type: .float32, shape: [numbers.count, 1], bytes: padded.dropFirst(gap))
  }

  @Test(
    "are the same wherever they are, also where they cannot be used in place",
    arguments: [0, 1, 2, 4], [Model.Memory.own, .file])
  func memory(gap: Int, memory: Model.Memory) {
    let coefficients = Coefficients(tensor(Self.numbers, after: gap), memory)
    #expect(coefficients.withUnsafeBufferPointer(Array.init) == Self.numbers)
    #expect(coefficients.count == 5 && coefficients[1] == -2)
    #expect(coefficients.areFinite)
  }

  @Test("tell what is not finite", arguments: [Float.nan, .infinity, -.infinity, -.nan])
  func notFinite(number: Float) {
    for memory in [Model.Memory.own, .file] {
      #expect(!Coefficients(tensor(Self.numbers + [number], after: 0), memory).areFinite)
    }
  }
}
