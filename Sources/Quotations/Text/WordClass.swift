/// What a word does in a sentence, as the lexicon tells; a word may do several things.
struct WordClass: OptionSet, Hashable, Sendable {
  let rawValue: UInt64

  static let determiner = WordClass(1 << 0)
  static let possessive = WordClass(1 << 1)
  static let pronoun = WordClass(1 << 2)
  static let objectPronoun = WordClass(1 << 3)
  static let indefinite = WordClass(1 << 4)
  static let relative = WordClass(1 << 5)
  static let complementizer = WordClass(1 << 6)
  static let preposition = WordClass(1 << 7)
  static let conjunction = WordClass(1 << 8)
  static let subordinator = WordClass(1 << 9)
  static let auxiliary = WordClass(1 << 10)
  static let be = WordClass(1 << 11)
  static let have = WordClass(1 << 12)
  static let modal = WordClass(1 << 13)
  static let adverb = WordClass(1 << 14)
  static let negation = WordClass(1 << 15)
  static let time = WordClass(1 << 16)
  static let opener = WordClass(1 << 17)
  static let abbreviation = WordClass(1 << 18)
  static let elision = WordClass(1 << 19)
  static let honorific = WordClass(1 << 20)
  static let title = WordClass(1 << 21)
  static let role = WordClass(1 << 22)
  static let body = WordClass(1 << 23)
  static let document = WordClass(1 << 24)
  static let female = WordClass(1 << 25)
  static let male = WordClass(1 << 26)
  static let femaleName = WordClass(1 << 27)
  static let maleName = WordClass(1 << 28)
  static let according = WordClass(1 << 29)
  static let pronounPreposition = WordClass(1 << 30)
  static let clauseOpener = WordClass(1 << 31)
  static let topic = WordClass(1 << 32)
  static let contrast = WordClass(1 << 33)
  static let saying = WordClass(1 << 34)
  static let name = WordClass(1 << 37)
  static let reportNoun = WordClass(1 << 35)
  static let reportAdjective = WordClass(1 << 36)

  init(rawValue: UInt64) { self.rawValue = rawValue }
  private init(_ rawValue: UInt64) { self.rawValue = rawValue }

  /// The classes by the names that lexicon files give them.
  static let named: [String: WordClass] = [
    "determiners": .determiner, "possessives": .possessive, "pronouns": .pronoun,
    "male pronouns": .male, "female pronouns": .female, "object pronouns": .objectPronoun,
    "indefinite pronouns": .indefinite, "relatives": .relative,
    "complementizers": .complementizer, "prepositions": .preposition,
    "conjunctions": .conjunction, "subordinators": .subordinator, "auxiliaries": .auxiliary,
    "be": .be, "have": .have, "modals": .modal, "adverbs": .adverb, "negations": .negation,
    "times": .time, "openers": .opener, "abbreviations": .abbreviation, "elisions": .elision,
    "honorifics": .honorific, "titles": .title, "roles": .role, "bodies": .body,
    "documents": .document, "names of women": .femaleName, "names of men": .maleName,
    "according": .according, "pronoun prepositions": .pronounPreposition,
    "clause openers": .clauseOpener, "topics": .topic, "contrast": .contrast,
    "objects of saying": .saying, "report nouns": .reportNoun,
    "names": .name,
    "report adjectives": .reportAdjective,
  ]
}
