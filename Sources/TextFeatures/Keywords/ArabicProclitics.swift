/// What Arabic writes together with the word that follows it: the conjunctions و and ف, the
/// prepositions ب, ل and ك, the article ال, and one of each after another. ل and the article become
/// لل, and before a word that begins with ل only one ل is added to that word's own.
enum ArabicProclitics {
  private static let conjunctions = ["", "و", "ف"]
  private static let prepositions = ["", "ب", "ل", "ك"]
  private static let (alef, lam): (Unicode.Scalar, Unicode.Scalar) = ("ا", "ل")

  /// Every way in which a phrase may stand in a text, the phrase itself first; a phrase that does not
  /// begin with an Arabic letter has no other. One that begins with an article keeps it.
  static func forms(of phrase: String) -> [String] {
    guard let first = phrase.unicodeScalars.first, isArabicLetter(first) else { return [phrase] }
    let scalars = Array(phrase.unicodeScalars)
    let hasArticle = scalars.count > 2 && scalars[0] == alef && scalars[1] == lam
    var forms: [String] = []
    for conjunction in conjunctions {
      for preposition in prepositions {
        if !hasArticle { forms.append(conjunction + preposition + phrase) }
        // With the article, which the phrase has or gets.
        let bare = hasArticle ? string(scalars.dropFirst(2)) : phrase
        let article =
          preposition != "ل" ? preposition + "ال" : bare.unicodeScalars.first == lam ? "ل" : "لل"
        forms.append(conjunction + article + bare)
      }
    }
    return forms
  }

  static func isArabicLetter(_ scalar: Unicode.Scalar) -> Bool {
    (0x0620...0x064A).contains(scalar.value) || (0x0671...0x06D3).contains(scalar.value)
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
