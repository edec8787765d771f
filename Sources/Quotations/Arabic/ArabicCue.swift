/// A reporting word and its subject.
struct ArabicCue {
  enum Form {
    /// قال، يقول
    case finite
    /// قائلاً، مؤكدة
    case agent
    /// قوله، بالقول
    case noun
    /// بحسب، وفق
    case according
  }

  var unit: Int
  var form: Form
  var frames: Frames
  var subject: Mention?
  /// The first unit after the cue and its subject.
  var next: Int
  /// Whether the subject stands in the sentence.
  var hasOwnSubject = false
  /// Whether the subject is that of a cue before.
  var isShared = false
  /// Where a subject before the verb starts.
  var start: Int
}
