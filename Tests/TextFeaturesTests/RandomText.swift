/// SplitMix64 (Steele, Lea & Flood 2014): a seed gives the same sequence everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

/// What random statements are made of.
enum Alphabet {
  /// Pieces that normalization, composition and tokenizing treat differently, alone and side by side.
  static let nasty: [String] = [
    // Letters with and without composed forms, capitals, special lowercase.
    "a", "b", "E", "H", "i", "I", "s", "T", "é", "Å", "ß", "ẞ", "İ", "ı", "Σ", "ς", "ǅ", "ﬁ", "K",
    "Ω", "ẖ", "ж", "Й", "ǰ", "Ｈ", "ｉ", "𝐀", "ª",
    // Combining marks: above, below, overlays, enclosing, those that never compose.
    "\u{301}", "\u{323}", "\u{331}", "\u{30A}", "\u{308}", "\u{307}", "\u{338}", "\u{345}",
    "\u{20E3}", "\u{344}", "\u{1AB0}",
    // Arabic: alef forms, harakat, tatweel, hamza marks, presentation forms.
    "ا", "أ", "إ", "آ", "ٱ", "ى", "ي", "ة", "ه", "و", "ل", "ـ", "\u{64B}", "\u{651}", "\u{653}",
    "\u{654}", "\u{655}", "\u{670}", "\u{6D6}", "ﻻ", "ﺍ", "٣", "۴",
    // Hindi, Bengali, Tamil vowel signs, Hebrew points, Vietnamese, Hangul jamo and syllables.
    "क", "\u{93C}", "\u{94D}", "ष", "ি", "\u{9C7}", "\u{9BE}", "\u{BC6}", "\u{BBE}", "ש", "\u{5C1}",
    "\u{5B8}", "ệ", "\u{1112}", "\u{1161}", "\u{11AB}", "가", "ㄱ", "ㅏ", "か", "\u{3099}", "ｶ", "ﾞ",
    // Emoji: skin tones, joiners, flags, variation selectors, compatibility characters.
    "😀", "👩", "👍", "🏽", "\u{200D}", "🇺", "🇳", "❤", "\u{FE0F}", "™", "㊗", "🈁",
    // Format characters and white space.
    "\u{AD}", "\u{200E}", "\u{202B}", "\u{2069}", "\u{FEFF}", "\u{200B}", "\u{200C}", " ", " ",
    " ", "\r\n", "\t", "\u{A0}", "\u{3000}", "\u{85}", "\0", "\u{1F}",
    // Punctuation, quotation marks, prefixes.
    ".", ",", "'", "’", "‹", "“", "«", "″", "#", "@", "_", "-", "<", "=", "，", "ʼ", "`", "؟", "٪",
    // Digits and numbers.
    "0", "7", "７", "²", "①", "𝟗", "Ⅷ",
  ]

  /// Characters that compatibility spells out as several tokens or with a leading space.
  static let spelledOut = ["½", "ﷺ", "㎧", "\u{B4}", "℀", "⑴", "㏂", "ŉ"]
}

extension SplitMix64 {
  /// Up to `length` random pieces of `alphabet`, one after another.
  mutating func text(of alphabet: [String] = Alphabet.nasty, upTo length: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...length, using: &self) {
      // Appended scalar by scalar; nothing is normalized on the way.
      text += alphabet[Int.random(in: 0..<alphabet.count, using: &self)]
    }
    return text
  }

  /// Up to `length` of the words "w0" to "w<count − 1>", the low ones more often.
  mutating func words(of count: Int, upTo length: Int) -> String {
    (0..<Int.random(in: 0...length, using: &self)).map { _ in
      let a = Int.random(in: 0..<count, using: &self)
      return "w\(min(a, Int.random(in: 0..<count, using: &self)))"
    }.joined(separator: " ")
  }
}
