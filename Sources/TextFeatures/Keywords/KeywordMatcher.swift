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
    var (bytes, offsets): ([UInt8], [Int]) = ([], [0])
    var listOfForm: [Int32] = []
    var longest = 1
    for (index, list) in features.lists.enumerated() {
      func append(_ prefixes: [[UInt8]], _ stem: ArraySlice<UInt8>) {
        for prefix in prefixes { bytes += prefix }
        bytes += stem
        offsets.append(bytes.count)
        listOfForm.append(Int32(index))
      }
      for phrase in list.phrases {
        let tokenCount = KeywordFeatures.tokenCount(phrase) ?? 1
        longest = max(longest, tokenCount)
        ArabicProclitics.forEachForm(of: phrase, append)
        if tokenCount == 1, !phrase.hasPrefix("#") {
          append([[UInt8(ascii: "#")]], Array(phrase.utf8)[...])
        }
      }
    }
    listCount = features.lists.count
    // A form that is there twice is found by its first number.
    forms = Vocabulary(unchecked: bytes, offsets: offsets)
    (lists, listOffsets) = Self.gathered(listOfForm, under: forms.firstNumbers())
    self.longest = longest
  }

  /// The lists of each form, each list once, and where each form's lists start and the last one's end.
  ///
  /// - Parameters:
  ///   - listOfForm: rising.
  ///   - firsts: for each form the number of the first that equals it.
  private static func gathered(
    _ listOfForm: [Int32], under firsts: [Int]
  ) -> (lists: [Int32], offsets: [Int]) {
    var last = [Int32](repeating: -1, count: firsts.count)
    let kept = firsts.indices.filter { form in
      defer { last[firsts[form]] = listOfForm[form] }
      return last[firsts[form]] != listOfForm[form]
    }
    var offsets = [Int](repeating: 0, count: firsts.count + 1)
    for form in kept { offsets[firsts[form] + 1] += 1 }
    for form in firsts.indices { offsets[form + 1] += offsets[form] }
    var (lists, ends) = ([Int32](repeating: 0, count: kept.count), offsets)
    for form in kept {
      lists[ends[firsts[form]]] = listOfForm[form]
      ends[firsts[form]] += 1
    }
    return (lists, offsets)
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
