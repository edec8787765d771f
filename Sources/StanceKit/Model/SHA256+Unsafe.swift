internal import CSHA256
package import Foundation

/// SHA-256 (FIPS 180-4, section 6.2), for recognizing files.
package struct SHA256 {
  private var state = SHA256State()
  /// Bytes of a block that is not full yet.
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  package init() {}

  /// - Parameter usesInstructions: whether to use the processor's own instructions where it has any,
  ///   which take a fifth of the time.
  package init(usesInstructions: Bool) { state.usesInstructions = usesInstructions }

  /// Adds bytes.
  package mutating func update(_ data: Data) {
    data.withUnsafeBytes { update($0) }
  }

  /// Adds bytes.
  package mutating func update(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { update($0) }
  }

  private mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length += UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let missing = rest.prefix(64 - pending.count)
      pending.append(contentsOf: missing)
      rest = rest.dropFirst(missing.count)
      guard pending.count == 64 else { return }
      pending.withUnsafeBytes { state.compress($0) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count & ~63
    state.compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// The digest of all bytes so far, as 64 lowercase hexadecimal digits.
  package consuming func hexadecimalDigest() -> String {
    let bitCount = length * 8
    var padding: [UInt8] = [0x80]
    while (pending.count + padding.count) % 64 != 56 { padding.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    update(padding[...])
    return state.words.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }
}

/// The eight words that one block after another changes.
private struct SHA256State {
  private var (a, b, c, d): (UInt32, UInt32, UInt32, UInt32) = (
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a
  )
  private var (e, f, g, h): (UInt32, UInt32, UInt32, UInt32) = (
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19
  )

  var usesInstructions = true

  var words: [UInt32] { [a, b, c, d, e, f, g, h] }

  /// Takes in blocks of 64 bytes each.
  mutating func compress(_ blocks: UnsafeRawBufferPointer) {
    if usesInstructions, takeByInstructions(blocks) { return }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { inputs in
      guard let inputs = inputs.baseAddress, let bytes = blocks.baseAddress else { return }
      Self.constants.withUnsafeBufferPointer { constants in
        guard let constants = constants.baseAddress else { return }
        for position in stride(from: 0, to: blocks.count & ~63, by: 64) {
          Self.schedule(bytes + position, constants, inputs)
          compress(inputs)
        }
      }
    }
  }

  /// - Returns: whether the processor has instructions for it; else nothing is taken in.
  private mutating func takeByInstructions(_ blocks: UnsafeRawBufferPointer) -> Bool {
    guard let bytes = blocks.bindMemory(to: UInt8.self).baseAddress else { return true }
    var words = words
    guard sha256_take_blocks(&words, bytes, blocks.count / 64, Self.constants) else {
      return false
    }
    (a, b, c, d) = (words[0], words[1], words[2], words[3])
    (e, f, g, h) = (words[4], words[5], words[6], words[7])
    return true
  }

  /// The 64 words of a block's message schedule, each with the constant of its round.
  @inline(__always)
  private static func schedule(
    _ block: UnsafeRawPointer, _ constants: UnsafePointer<UInt32>,
    _ inputs: UnsafeMutablePointer<UInt32>
  ) {
    for index in 0..<16 {
      inputs[index] = UInt32(
        bigEndian: block.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self))
    }
    for index in 16..<64 {
      let (early, late) = (inputs[index &- 15], inputs[index &- 2])
      let first = rotated(early, 7) ^ rotated(early, 18) ^ early &>> 3
      let second = rotated(late, 17) ^ rotated(late, 19) ^ late &>> 10
      inputs[index] = inputs[index &- 16] &+ first &+ inputs[index &- 7] &+ second
      inputs[index &- 16] &+= constants[index &- 16]
    }
    for index in 48..<64 { inputs[index] &+= constants[index] }
  }

  @inline(__always)
  private mutating func compress(_ inputs: UnsafePointer<UInt32>) {
    let start = self
    // Eight rounds bring every word back to its place, so none has to be moved.
    for index in stride(from: 0, to: 64, by: 8) {
      Self.round(a, b, c, &d, e, f, g, &h, inputs[index])
      Self.round(h, a, b, &c, d, e, f, &g, inputs[index &+ 1])
      Self.round(g, h, a, &b, c, d, e, &f, inputs[index &+ 2])
      Self.round(f, g, h, &a, b, c, d, &e, inputs[index &+ 3])
      Self.round(e, f, g, &h, a, b, c, &d, inputs[index &+ 4])
      Self.round(d, e, f, &g, h, a, b, &c, inputs[index &+ 5])
      Self.round(c, d, e, &f, g, h, a, &b, inputs[index &+ 6])
      Self.round(b, c, d, &e, f, g, h, &a, inputs[index &+ 7])
    }
    (a, b, c, d) = (a &+ start.a, b &+ start.b, c &+ start.c, d &+ start.d)
    (e, f, g, h) = (e &+ start.e, f &+ start.f, g &+ start.g, h &+ start.h)
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ input: UInt32
  ) {
    let choice = g ^ (e & (f ^ g))
    let next = h &+ input &+ choice &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25))
    let majority = (a & b) | (c & (a | b))
    d = d &+ next
    h = next &+ majority &+ (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22))
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = {
    var constants: [UInt32] = []
    var candidate = 2
    while constants.count < 64 {
      if (2..<candidate).allSatisfy({ candidate % $0 != 0 }) {
        let root = cbrt(Double(candidate))
        constants.append(UInt32((root - root.rounded(.down)) * 4_294_967_296))
      }
      candidate += 1
    }
    return constants
  }()
}

@inline(__always)
private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word &>> count | word &<< (32 &- count)
}
