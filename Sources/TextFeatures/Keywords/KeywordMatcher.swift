/// Finds the phrases of keyword lists in the text that a scanner has read.
///
/// Every form of every phrase is a term of one vocabulary, so a text costs one lookup for each of its
/// token n-grams up to the longest phrase.
struct KeywordMatcher: Sendable {
  let listCount: Int
  let forms: Vocabulary
  /// The lists of form f are `lists[listOffsets[f] ..< listOffsets[f + 1]]`.
  private let lists: [Int32]
  private let listOffsets: [Int]
  let longest: Int

  init(_ features: KeywordFeatures) {
    var numbers: [[UInt8]: Int] = [:]
    var (bytes, offsets): ([UInt8], [Int]) = ([], [0])
    var listsOfForm: [[Int32]] = []
    var longest = 1
    for (index, list) in features.lists.enumerated() {
      let index = Int32(index)
      for phrase in list.phrases {
        let tokenCount = KeywordFeatures.tokenCount(phrase) ?? 1
        longest = max(longest, tokenCount)
        var forms = ArabicProclitics.forms(of: phrase)
        if tokenCount == 1, !phrase.hasPrefix("#") { forms.append("#\(phrase)") }
        for form in forms {
          let key = Array(form.utf8)
          if let number = numbers[key] {
            if listsOfForm[number].last != index { listsOfForm[number].append(index) }
          } else {
            numbers[key] = listsOfForm.count
            listsOfForm.append([index])
            bytes += key
            offsets.append(bytes.count)
          }
        }
      }
    }
    listCount = features.lists.count
    forms = Vocabulary(unchecked: bytes, offsets: offsets)
    lists = listsOfForm.flatMap(\.self)
    listOffsets = listsOfForm.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    self.longest = longest
  }

  /// Calls `hit` with a list for each place at which the text has one of its phrases.
  @inline(__always)
  func forEachHit(
    _ scanner: inout TextScanner, _ batch: inout TermBatch, _ hit: (Int) -> Void
  ) {
    scanner.collectTokens(1...longest, in: &batch) { batch in
      forms.forEachNumber(of: &batch) { form in
        guard form >= 0 else { return }
        for list in lists(ofForm: form) { hit(Int(list)) }
      }
    }
  }

  /// The lists that have a form.
  @inline(__always)
  func lists(ofForm form: Int) -> ArraySlice<Int32> {
    lists[listOffsets[form]..<listOffsets[form + 1]]
  }

  /// How often a text has a phrase of each list.
  func hits(in text: String, _ scanner: inout TextScanner) -> [Int] {
    var hits = [Int](repeating: 0, count: listCount)
    var batch = TermBatch()
    scanner.scan(text)
    forEachHit(&scanner, &batch) { hits[$0] += 1 }
    return hits
  }
}

/// Counts the phrases of keyword lists in one text after another; belongs to one thread.
public struct KeywordCounter: ~Copyable {
  private let matcher: KeywordMatcher
  private var scanner: TextScanner

  /// - Parameter recipe: the one that the lists were normalized for.
  public init(_ features: KeywordFeatures, recipe: Recipe) {
    matcher = KeywordMatcher(features)
    scanner = TextScanner(normalization: recipe.normalization, tokens: recipe.tokens)
  }

  /// At how many places `text` has a phrase of each list.
  public mutating func hits(in text: String) -> [Int] { matcher.hits(in: text, &scanner) }
}
