/// Who is named, as tokens of the article.
struct Mention: Hashable {
  /// The whole mention, with titles and apposition.
  var tokens: Range<Int>
  /// The part that stands for the person: the name or noun with what belongs before it.
  var core: Range<Int>

  init(_ tokens: Range<Int>, core: Range<Int>? = nil) {
    self.tokens = tokens
    self.core = core ?? tokens
  }
}

/// A quotation as a rule found it, in tokens.
struct Attribution {
  /// Contiguous parts of what is said.
  var parts: [Range<Int>]
  var kind: Quotation.Kind
  /// The marked spans in it, by number.
  var quotes: [Int]
  var speaker: Mention?
  var cue: Range<Int>?
  var rule: Quotation.Rule
  /// Whether the speaker is whoever spoke last: no subject stands in the sentence.
  var inheritsSpeaker = false
}

/// What a language's rules make of one sentence.
struct SentenceReading {
  var attributions: [Attribution] = []
  /// The subject of the sentence, who may be the one that a quotation beside it belongs to.
  var topic: Mention?
  /// Whether the topic may take over from the last speaker.
  var isTopicSure = false
}
