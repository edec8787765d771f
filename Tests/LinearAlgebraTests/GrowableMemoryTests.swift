import LinearAlgebra
import Testing

@Suite("Growable memory")
struct GrowableMemoryTests {
  @Test(
    "keeps what it holds, small and large",
    arguments: [
      [8, 64, 4096], [64, 1 << 22], [1 << 22, 1 << 24],
      [1 << 10, (1 << 22) + 8, (1 << 23) + 16, 1 << 25],
    ])
  func growing(sizes: [Int]) {
    var memory = GrowableMemory(byteCount: sizes[0])
    var filled = 0
    for (step, size) in sizes.enumerated() {
      if step > 0 { memory.grow(to: size) }
      #expect(memory.byteCount == size)
      let numbers = memory.base.bindMemory(to: Int.self, capacity: size / 8)
      for place in filled..<size / 8 { numbers[place] = place }
      filled = size / 8
      #expect((0..<filled).allSatisfy { numbers[$0] == $0 })
    }
  }
}
