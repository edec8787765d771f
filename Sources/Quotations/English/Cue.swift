/// A reporting verb with its auxiliaries, and its subject.
struct Cue {
  enum Form { case finite, gerund, infinitive, passive, according, nominal }

  /// The units from the first auxiliary to the verb or its particle.
  var group: Range<Int>
  var verb: Int
  var form: Form
  var frames: Frames
  var subject: Mention?
  /// The units of the subject; empty when it is taken over from elsewhere.
  var subjectUnits: Range<Int> = 0..<0
  /// Whether the subject follows: "said Smith".
  var isInverted = false
  /// Whether the verb's form is one that nouns and adjectives have too.
  var isAmbiguous = false

  /// Where the cue with its subject starts and ends.
  var start: Int {
    subjectUnits.isEmpty ? group.lowerBound : min(subjectUnits.lowerBound, group.lowerBound)
  }
  var end: Int {
    subjectUnits.isEmpty ? group.upperBound : max(subjectUnits.upperBound, group.upperBound)
  }
}
