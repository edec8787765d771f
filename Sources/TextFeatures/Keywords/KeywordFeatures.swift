/// Words and phrases that somebody put together for a reason: a label's keywords, a lexicon.
public struct KeywordList: Hashable, Codable, Sendable {
  /// What the list is called in explanations; not empty.
  public var name: String
  public var phrases: [String]

  public init(name: String, phrases: [String]) {
    self.name = name
    self.phrases = phrases
  }
}

/// One feature for each list: κ · ln(1 + hits), where hits are the places at which a text has one of
/// the list's phrases. No document frequency changes it and no other block's length.
///
/// A phrase is found where its tokens follow one another in the text, both normalized by the recipe;
/// an overlapping phrase counts for itself. A single word is found as `#word` too. An Arabic phrase is
/// found also with what Arabic writes together with its first word (`ArabicProclitics`).
public struct KeywordFeatures: Hashable, Codable, Sendable {
  /// At least one, of different names.
  public private(set) var lists: [KeywordList]
  /// κ, above 0.
  public var strength: Double

  /// With ln 2 · 0.3 ≈ 0.2 a hit is as much as a word that makes a fifth of a text's length.
  public static let standardStrength = 0.3

  /// Normalizes lists as a recipe's texts are normalized; phrases without a token, and those longer
  /// than `NGrams.maximumLength` tokens, are left out, and so are lists without a phrase.
  ///
  /// - Parameter lists: lists of one name become one.
  /// - Returns: `nil` where nothing is left.
  public init?(
    _ lists: [KeywordList], for recipe: Recipe, strength: Double = standardStrength
  ) {
    precondition(Recipe.weights.contains(strength), "a strength is above 0, not \(strength)")
    var merged: [KeywordList] = []
    for list in lists {
      if let index = merged.firstIndex(where: { $0.name == list.name }) {
        merged[index].phrases += list.phrases
      } else {
        merged.append(list)
      }
    }
    // A phrase is what somebody looks for, so its tags stay whole and its names what they are.
    var normalization = recipe.normalization
    normalization.rewriting.splitsHashtags = false
    normalization.rewriting.replacesMentionsAndLinks = false
    var scanner = TextScanner(normalization: normalization, tokens: recipe.tokens)
    let normalized = merged.map { list in
      var known = Set<[UInt8]>()
      let phrases = list.phrases.compactMap { scanner.phrase($0) }
        .filter { known.insert(Array($0.utf8)).inserted }
      return KeywordList(name: list.name, phrases: phrases)
    }
    self.lists = normalized.filter { !$0.phrases.isEmpty && !$0.name.isEmpty }
    self.strength = strength
    if self.lists.isEmpty { return nil }
  }

  /// Whether what was read from a file keeps what the initializer sees to.
  var isValid: Bool {
    Recipe.weights.contains(strength) && !lists.isEmpty
      && Set(lists.map { Array($0.name.utf8) }).count == lists.count
      && lists.allSatisfy { list in
        !list.name.isEmpty && !list.phrases.isEmpty
          && list.phrases.allSatisfy { !$0.isEmpty && KeywordFeatures.tokenCount($0) != nil }
      }
  }

  /// The number of tokens of a normalized phrase; `nil` beyond the longest.
  static func tokenCount(_ phrase: String) -> Int? {
    let count = phrase.utf8.count { $0 == 0x20 } + 1
    return count <= NGrams.maximumLength ? count : nil
  }

  /// The names of the lists as terms.
  var vocabulary: Vocabulary {
    var (bytes, offsets): ([UInt8], [Int]) = ([], [0])
    for list in lists {
      bytes += list.name.utf8
      offsets.append(bytes.count)
    }
    return Vocabulary(unchecked: bytes, offsets: offsets)
  }
}

extension TextScanner {
  /// The tokens of `text` with single spaces between them; `nil` without any, or with too many.
  mutating func phrase(_ text: String) -> String? {
    let tokens = tokens(of: text)
    guard (1...NGrams.maximumLength).contains(tokens.count) else { return nil }
    return tokens.map(\.text).joined(separator: " ")
  }
}
