/// What may follow a reporting verb.
struct Frames: OptionSet, Hashable, Sendable {
  let rawValue: UInt32

  static let quote = Frames(rawValue: 1 << 0)
  static let clause = Frames(rawValue: 1 << 1)
  static let that = Frames(rawValue: 1 << 2)
  static let infinitive = Frames(rawValue: 1 << 3)
  static let thing = Frames(rawValue: 1 << 4)
  static let person = Frames(rawValue: 1 << 5)
  static let weak = Frames(rawValue: 1 << 6)
  /// With ``clause``: a clause without "that" needs a verb that is seen.
  static let bare = Frames(rawValue: 1 << 7)
  // Arabic prepositions that lead what is said.
  static let ala = Frames(rawValue: 1 << 8)
  static let ila = Frames(rawValue: 1 << 9)
  static let min = Frames(rawValue: 1 << 10)
  static let an = Frames(rawValue: 1 << 11)
  static let bi = Frames(rawValue: 1 << 12)
  static let li = Frames(rawValue: 1 << 13)
  static let fi = Frames(rawValue: 1 << 14)

  /// The frames by the names that lexicon files give them.
  static let named: [String: Frames] = [
    "quote": .quote, "clause": [.clause, .that], "bare": [.clause, .that, .bare], "that": .that,
    "to": .infinitive, "np": .thing,
    "person": .person, "weak": .weak, "على": .ala, "إلى": .ila, "من": .min, "عن": .an, "ب": .bi,
    "ل": .li, "في": .fi,
  ]
}

/// A form of a verb.
enum VerbForm: UInt8, Sendable {
  // English.
  case base, third, gerund, past, participle
  // Arabic: perfect, imperfect, active participle, verbal noun.
  case perfect, imperfect, agent, masdar
}

/// A word read as a form of a reporting verb.
struct VerbReading: Hashable, Sendable {
  var form: VerbForm
  var frames: Frames
  /// The key of the word that must follow, 0 for none.
  var particle: UInt64 = 0
}
