/// What Arabic writes together with the word that follows it: the conjunctions و and ف, the
/// prepositions ب, ل and ك, the article ال, and one of each after another. ل and the article become
/// لل, and before a word that begins with ل only one ل is added to that word's own.
enum ArabicProclitics {
  private static let conjunctions = ["", "و", "ف"].map { Array($0.utf8) }
  private static let prepositions = ["", "ب", "ل", "ك"].map { Array($0.utf8) }
  private static let (article, lam) = (Array("ال".utf8), Array("ل".utf8))

  /// Calls `body` with every way in which a phrase may stand in a text, in UTF-8 and in pieces, the
  /// phrase itself first; a phrase that does not begin with an Arabic letter has no other. One that
  /// begins with an article keeps it.
  static func forEachForm(
    of phrase: String, _ body: (_ prefixes: [[UInt8]], _ stem: ArraySlice<UInt8>) -> Void
  ) {
    let bytes = Array(phrase.utf8)
    guard let first = phrase.unicodeScalars.first, isArabicLetter(first) else {
      return body([], bytes[...])
    }
    let hasArticle = bytes.count > article.count && bytes.starts(with: article)
    let bare = bytes.dropFirst(hasArticle ? article.count : 0)
    let beginsWithLam = bare.starts(with: lam)
    for conjunction in conjunctions {
      for preposition in prepositions {
        if !hasArticle { body([conjunction, preposition], bare) }
        // With the article, which the phrase has or gets.
        if preposition != lam {
          body([conjunction, preposition, article], bare)
        } else {
          body(beginsWithLam ? [conjunction, lam] : [conjunction, lam, lam], bare)
        }
      }
    }
  }

  static func isArabicLetter(_ scalar: Unicode.Scalar) -> Bool {
    (0x0620...0x064A).contains(scalar.value) || (0x0671...0x06D3).contains(scalar.value)
  }
}
