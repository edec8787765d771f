/// Cuts off what English and Arabic put before and behind a word: light stemming, which leaves a part
/// of the token and knows no dictionary.
public enum LightStemmer {
  /// What is left of a token in its normalized form; the token itself in other scripts.
  public static func stem(_ token: String) -> String {
    var token = token
    return token.withUTF8 { bytes in
      guard let base = bytes.baseAddress, !bytes.isEmpty else { return "" }
      return String(decoding: bytes[range(base, bytes.count)], as: UTF8.self)
    }
  }

  /// What is left of a token, as a part of its bytes.
  @inline(__always)
  static func range(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Range<Int> {
    let last = bytes[count &- 1]
    if last < 0x80 { return 0..<englishEnd(bytes, count) }
    return last & 0xC0 == 0x80 && (0xD8...0xDB).contains(bytes[0])
      ? arabicRange(bytes, count) : 0..<count
  }

  // MARK: English

  /// One ending is cut, the first of these that leaves three letters.
  private static let endings: [StaticString] = [
    "'s", "ingly", "edly", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s",
  ]

  private static func englishEnd(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    switch bytes[count - 1] {
    case UInt8(ascii: "s"), UInt8(ascii: "g"), UInt8(ascii: "d"), UInt8(ascii: "y"): break
    default: return count
    }
    for ending in endings {
      let length = ending.utf8CodeUnitCount
      guard count >= length + 3, equal(bytes + count - length, ending.utf8Start, length) else {
        continue
      }
      let letters = (0..<count - length).count { bytes[$0] & 0xC0 != 0x80 }
      if letters >= 3 { return count - length }
    }
    return count
  }

  // MARK: Arabic

  /// light10 (Larkey, Ballesteros & Connell 2007, section 12.3): و is cut where three letters stay;
  /// then an article where two stay; then each ending in their order, once, where two stay.
  private static func arabicRange(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Range<Int> {
    // Every letter of the Arabic block has two bytes; tokens with anything else stay as they are.
    guard count & 1 == 0 else { return 0..<count }
    for position in stride(from: 0, to: count, by: 2)
    where !(0xD8...0xDB).contains(bytes[position]) { return 0..<count }
    var (start, end) = (0, count / 2)
    func letter(_ index: Int) -> UInt16 { ArabicLetter.at(bytes, index) }
    if letter(0) == ArabicLetter.waw, end >= 4 { start = 1 }
    start += articleLength(from: start, to: end, letter)
    for (first, second) in arabicEndings {
      let length = second == 0 ? 1 : 2
      guard end - start >= length + 2 else { continue }
      if letter(end - length) == first, second == 0 || letter(end - 1) == second { end -= length }
    }
    return start * 2..<end * 2
  }

  /// ال وال بال كال فال لل
  private static func articleLength(
    from start: Int, to end: Int, _ letter: (Int) -> UInt16
  ) -> Int {
    typealias Letter = ArabicLetter
    let length = end - start
    guard length >= 4 else { return 0 }
    let (first, second) = (letter(start), letter(start + 1))
    if second == Letter.lam, first == Letter.alef || first == Letter.lam { return 2 }
    guard length >= 5, second == Letter.alef, letter(start + 2) == Letter.lam else { return 0 }
    let isPrefix =
      first == Letter.waw || first == Letter.beh || first == Letter.kaf || first == Letter.feh
    return isPrefix ? 3 : 0
  }

  /// ها ان ات ون ين يه ية ه ة ي; 0 stands for no second letter.
  private static let arabicEndings: [(UInt16, UInt16)] = [
    (ArabicLetter.heh, ArabicLetter.alef), (ArabicLetter.alef, ArabicLetter.noon),
    (ArabicLetter.alef, ArabicLetter.teh), (ArabicLetter.waw, ArabicLetter.noon),
    (ArabicLetter.yeh, ArabicLetter.noon), (ArabicLetter.yeh, ArabicLetter.heh),
    (ArabicLetter.yeh, ArabicLetter.tehMarbuta), (ArabicLetter.heh, 0),
    (ArabicLetter.tehMarbuta, 0), (ArabicLetter.yeh, 0),
  ]
}

/// Letters by the two bytes of their UTF-8.
enum ArabicLetter {
  static let alef: UInt16 = 0xD8A7
  static let beh: UInt16 = 0xD8A8
  static let tehMarbuta: UInt16 = 0xD8A9
  static let teh: UInt16 = 0xD8AA
  static let seen: UInt16 = 0xD8B3
  static let feh: UInt16 = 0xD981
  static let kaf: UInt16 = 0xD983
  static let lam: UInt16 = 0xD984
  static let noon: UInt16 = 0xD986
  static let heh: UInt16 = 0xD987
  static let waw: UInt16 = 0xD988
  static let yeh: UInt16 = 0xD98A

  /// The letter with a number in a word of two-byte letters.
  @inline(__always)
  static func at(_ bytes: UnsafePointer<UInt8>, _ index: Int) -> UInt16 {
    UInt16(bytes[index &* 2]) << 8 | UInt16(bytes[index &* 2 &+ 1])
  }
}
