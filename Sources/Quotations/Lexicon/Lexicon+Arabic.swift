extension Lexicon {
  /// `past present participle verbal-noun [/ further forms] : frames`; a dash stands for a form that
  /// is not to be recognized.
  mutating func addArabicVerb(_ words: [String], at line: LexiconLine) throws(LexiconError) {
    var (forms, frames) = try line.parts(words)
    var further: [String] = []
    if let slash = forms.firstIndex(of: "/") {
      further = Array(forms[(slash + 1)...])
      forms.removeSubrange(slash...)
    }
    guard forms.count == 4 else {
      throw line.error(
        .wrongFormCount,
        "found \(forms.count) forms of a verb; expected four: past, present, participle and verbal "
          + "noun, with - for one that is left out")
    }
    let kinds: [VerbForm] = [.perfect, .imperfect, .agent, .masdar]
    for (form, kind) in zip(forms, kinds) where form != "-" {
      for inflected in Self.inflected(form, kind) {
        add(form: inflected, VerbReading(form: kind, frames: frames))
      }
    }
    for form in further {
      let kind = Self.kind(of: form)
      add(form: form, VerbReading(form: kind, frames: frames))
    }
  }

  /// A further form is imperfect when it starts as one, a participle when it ends as an accusative,
  /// else perfect.
  private static func kind(of form: String) -> VerbForm {
    if form.hasPrefix("ال") || form.hasPrefix("بال") { return .masdar }
    if let first = form.first, "يتن".contains(first), !form.hasSuffix("ت") { return .imperfect }
    if form.hasSuffix("يا") || form.hasSuffix("ية") || form.hasSuffix("ين") || form.hasSuffix("لا")
    {
      return .agent
    }
    return .perfect
  }

  /// The forms for person, gender and number that news prose uses.
  static func inflected(_ form: String, _ kind: VerbForm) -> [String] {
    switch kind {
    case .perfect:
      let stem = form.last == "ى" ? String(form.dropLast()) : form
      let endings = ["ت", "تا", "وا", "ن", "نا"]
      return [form, form + "ه", form + "ها"] + endings.map { stem + $0 }
    case .imperfect:
      let stem = String(form.dropFirst())
      let isWeak = stem.last.map { "يوى".contains($0) } ?? false
      let short = String(stem.dropLast())
      let plural = isWeak && stem.last != "و" ? short : stem
      var forms = ["ن" + stem]
      for prefix in ["ي", "ت"] {
        for ending in ["", "ان", "ه"] { forms.append(prefix + stem + ending) }
        for ending in ["ون", "وا"] { forms.append(prefix + plural + ending) }
        // After a negation the weak last letter falls: لم ينفِ.
        if isWeak { forms.append(prefix + short) }
      }
      return forms
    case .agent: return [form + "ا", form + "ة", form + "ين", form + "ات", form]
    case .masdar: return [form, form + "ه", form + "ها", form + "هم", form + "ا"]
    case .base, .third, .gerund, .past, .participle: return [form]
    }
  }
}
