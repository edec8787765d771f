/// The lexicon files, embedded so that the tool is one file.
enum LexiconFiles {
  static var all: [(name: String, text: String)] {
    [
      ("english-verbs.txt", PackageResources.english_verbs_txt),
      ("english-words.txt", PackageResources.english_words_txt),
      ("english-speakers.txt", PackageResources.english_speakers_txt),
      ("arabic-verbs.txt", PackageResources.arabic_verbs_txt),
      ("arabic-words.txt", PackageResources.arabic_words_txt),
      ("arabic-speakers.txt", PackageResources.arabic_speakers_txt),
    ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
  }
}
