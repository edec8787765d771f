/// Text between a pair of quotation marks, marks included; a span inside another is not listed.
struct MarkedSpan {
  /// Tokens, half-open.
  var tokens: Range<Int>
  var paragraph: Int
  var family: MarkFamily
  /// Whether the closing mark is missing and no later paragraph goes on.
  var isUnclosed = false
  /// Whether the next paragraph opens again and goes on with the same quotation.
  var continues = false
  /// Whether it goes on with the quotation of the paragraph before.
  var isContinuation = false
}
