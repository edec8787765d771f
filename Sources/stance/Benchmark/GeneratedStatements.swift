import Foundation
import StanceKit

/// Statements of made-up words, shaped like those of speeches: word frequencies after Zipf, about
/// 25 words each, four labels that prefer different words.
enum GeneratedStatements {
  static let labels = ["first", "second", "third", "fourth"]
  private static let wordCount = 35_000
  /// Each label has this share of its words from a part of the vocabulary that it prefers.
  private static let preference = 0.3

  /// Writes a CSV file with the columns `text` and `label`; the same seed gives the same bytes.
  static func write(_ count: Int, seed: UInt64, to path: String) throws {
    var generator = SplitMix64(seed: seed)
    // Sums of 1 / rank, so that a uniform number finds a word by its frequency.
    var sums: [Double] = []
    var sum = 0.0
    for rank in 1...wordCount {
      sum += 1 / Double(rank)
      sums.append(sum)
    }
    var bytes = Array("text,label\n".utf8)
    for _ in 0..<count {
      let label = Int.random(in: 0..<labels.count, using: &generator)
      let length = 8 + Int.random(in: 0...17, using: &generator) * 2
      for place in 0..<length {
        if place > 0 { bytes.append(UInt8(ascii: " ")) }
        var word = index(of: .random(in: 0..<sum, using: &generator), in: sums)
        if Double.random(in: 0..<1, using: &generator) < preference, word >= 100 {
          word -= word % labels.count - label
        }
        append(word, to: &bytes)
      }
      bytes.append(contentsOf: ",\(labels[label])\n".utf8)
    }
    try AtomicFile.write(path) { try $0.write(bytes) }
  }

  /// The first index whose sum lies above `number`.
  private static func index(of number: Double, in sums: [Double]) -> Int {
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > number { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// A pronounceable word for a number: syllables as digits, frequent words short.
  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    let (consonants, vowels) = (Array("bdfgklmnprstvz".utf8), Array("aeiou".utf8))
    var rest = number + 1
    while rest > 0 {
      let syllable = rest % (consonants.count * vowels.count)
      bytes.append(consonants[syllable / vowels.count])
      bytes.append(vowels[syllable % vowels.count])
      rest /= consonants.count * vowels.count
    }
  }
}

/// Steele, Lea & Flood, Fast splittable pseudorandom number generators (2014).
private struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
