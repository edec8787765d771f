import Foundation

extension Normalization {
  /// The normalized form of a character and the marks that belong to it: the exact path, which the
  /// table of scalars only abbreviates.
  ///
  /// Composing can make something to fold (`I` + U+0307) and folding something to compose (`H̱` has
  /// no composed form, `ẖ` has), so the two alternate until nothing changes. Canonical composition
  /// comes first, because `ا` + U+0654 is `أ` and not an alef with a vowel mark.
  func folded(_ segment: String) -> String {
    guard unicodeForm != .unchanged else { return mapped(segment) }
    var text = composed(segment, .canonical)
    // Two rounds suffice for all of Unicode 16; the bound only guards against a cycle.
    for _ in 0..<4 {
      let mapped = mapped(text)
      text = composed(mapped, unicodeForm)
      if text.utf8.elementsEqual(mapped.utf8) { break }
    }
    return text
  }

  /// Each scalar replaced, lowercased or removed by itself.
  private func mapped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      // Emoji that a joiner joins are never part of a segment.
      if removesFormatCharacters && scalar.value == 0x200D { continue }
      guard let replacement = replacement(of: scalar) else { continue }
      if replacement != scalar.value {
        result.append(Unicode.Scalar(replacement) ?? scalar)
      } else if lowercases {
        // Appending a collection would copy what is there, each time.
        for lowered in scalar.properties.lowercaseMapping.unicodeScalars { result.append(lowered) }
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// By definition NFC composes NFD, and NFKC composes NFKD (Unicode Standard Annex 15, section 1.2).
  /// Foundation's one-step forms leave `가` + U+11AB and marks after a compatibility character
  /// uncomposed.
  private func composed(_ text: String, _ form: UnicodeForm) -> String {
    let ordered = orderedMarks(text)
    let decomposed =
      switch form {
      case .unchanged: ordered
      case .canonical: ordered.decomposedStringWithCanonicalMapping
      case .compatibility: ordered.decomposedStringWithCompatibilityMapping
      }
    return orderedMarks(decomposed).precomposedStringWithCanonicalMapping
  }

  /// `text` with runs of marks in canonical order, where they are long.
  ///
  /// Composing and decomposing do that too, but in quadratic time: minutes for a text of 100 kB
  /// that somebody made of two marks in turn.
  private func orderedMarks(_ text: String) -> String {
    let longestUnordered = 64
    guard text.utf8.count > longestUnordered else { return text }
    var result = String.UnicodeScalarView()
    var run: [(combiningClass: UInt8, scalar: Unicode.Scalar)] = []
    func endRun() {
      // The standard library's sort is stable, though not documented so: places make sure of it.
      let order = run.indices.sorted {
        (run[$0].combiningClass, $0) < (run[$1].combiningClass, $1)
      }
      for index in order { result.append(run[index].scalar) }
      run.removeAll(keepingCapacity: true)
    }
    for scalar in text.unicodeScalars {
      let combiningClass = scalar.properties.canonicalCombiningClass
      if combiningClass == .notReordered {
        endRun()
        result.append(scalar)
      } else {
        run.append((combiningClass.rawValue, scalar))
      }
    }
    endRun()
    return String(result)
  }
}
