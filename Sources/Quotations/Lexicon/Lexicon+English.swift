extension Lexicon {
  /// `verb [s-form ing-form past participle] [+ particle] : frames`
  mutating func addEnglishVerb(_ words: [String], at line: LexiconLine) throws(LexiconError) {
    var (forms, frames) = try line.parts(words)
    var particle: UInt64 = 0
    if let plus = forms.firstIndex(of: "+") {
      guard plus + 2 == forms.count else {
        throw line.error(
          .wrongFormCount, "found several words after +; expected the one that must follow the verb"
        )
      }
      particle = WordHash.of(forms[plus + 1])
      forms.removeSubrange(plus...)
    }
    guard forms.count == 1 || forms.count == 5 else {
      throw line.error(
        .wrongFormCount,
        "found \(forms.count) forms of a verb; expected one, or five for an irregular verb: say says "
          + "saying said said")
    }
    if forms.count == 1 { forms = Self.regularForms(forms[0]) }
    let kinds: [VerbForm] = [.base, .third, .gerund, .past, .participle]
    for (form, kind) in zip(forms, kinds) {
      add(form: form, VerbReading(form: kind, frames: frames, particle: particle))
    }
  }

  /// The forms of a regular verb that does not double its last letter.
  static func regularForms(_ verb: String) -> [String] {
    let last = verb.last ?? " "
    let beforeLast = verb.dropLast().last ?? " "
    if last == "e" {
      let stem = String(verb.dropLast())
      return [
        verb, verb + "s", (beforeLast == "e" ? verb : stem) + "ing", verb + "d", verb + "d",
      ]
    }
    if last == "y", !"aeiou".contains(beforeLast) {
      let stem = String(verb.dropLast())
      return [verb, stem + "ies", verb + "ing", stem + "ied", stem + "ied"]
    }
    let hisses = "sxz".contains(last) || verb.hasSuffix("ch") || verb.hasSuffix("sh")
    return [verb, verb + (hisses ? "es" : "s"), verb + "ing", verb + "ed", verb + "ed"]
  }
}
