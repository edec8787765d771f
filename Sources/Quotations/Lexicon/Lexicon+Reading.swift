import Corpus

extension Lexicon {
  /// Adds the words of a lexicon file.
  ///
  /// A file has sections, `[english verbs]` or `[arabic titles]`; a line of a section of verbs is one
  /// verb with its frames, a line of any other section is words separated by spaces. `#` starts a
  /// comment. The files that come with the module are written in the same way.
  ///
  /// - Parameters:
  ///   - text: the contents of the file.
  ///   - name: what errors call it.
  /// - Throws: ``LexiconError`` for the first line that is not understood; nothing is added then.
  public mutating func add(_ text: String, name: String) throws(LexiconError) {
    var extended = self
    var section: Section?
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let contents = line.prefix { $0 != "#" }.filter { $0 != "\r" && $0 != "\u{FEFF}" }
      let words = contents.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let first = words.first else { continue }
      if first.hasPrefix("[") {
        section = try Section(
          words.joined(separator: " "), at: LexiconLine(file: name, number: number))
        continue
      }
      guard let section else {
        throw LexiconError(
          code: .noSection, file: name, line: number,
          message: "found a word before any section; expected a line such as [english verbs] first")
      }
      let place = LexiconLine(file: name, number: number)
      switch section {
      case .words(let classes): for word in words { extended.add(word: word, classes) }
      case .englishVerbs: try extended.addEnglishVerb(words, at: place)
      case .arabicVerbs: try extended.addArabicVerb(words, at: place)
      }
    }
    extended.seal()
    self = extended
  }
}

extension Lexicon {
  /// Adds the words of a file.
  ///
  /// - Throws: ``LexiconError``, or `DataErrors` when the file cannot be read.
  public mutating func add(contentsOf path: String) throws {
    try add(WholeText.read(contentsOf: path, expecting: "a lexicon"), name: path)
  }
}

/// A line of a lexicon file.
struct LexiconLine {
  let file: String
  let number: Int

  func error(_ code: LexiconError.Code, _ message: String) -> LexiconError {
    LexiconError(code: code, file: file, line: number, message: message)
  }

  /// The frames after the colon, and the words before it.
  func parts(_ words: [String]) throws(LexiconError) -> (words: [String], frames: Frames) {
    guard let colon = words.firstIndex(of: ":"), colon + 1 < words.count, colon > 0 else {
      throw error(
        .missingFrames,
        "found a verb without frames; expected them after a colon, such as: grumble : quote that")
    }
    var frames: Frames = []
    for name in words[(colon + 1)...] {
      guard let frame = Frames.named[name] else {
        throw error(
          .unknownFrame,
          "found frame \"\(name)\", expected one of "
            + Frames.named.keys.sorted().joined(separator: ", "))
      }
      frames.formUnion(frame)
    }
    return (Array(words[..<colon]), frames)
  }
}

private enum Section {
  case englishVerbs, arabicVerbs
  case words(WordClass)

  init(_ header: String, at line: LexiconLine) throws(LexiconError) {
    let name = header.dropFirst().prefix { $0 != "]" }
    switch name {
    case "english verbs": self = .englishVerbs
    case "arabic verbs": self = .arabicVerbs
    default:
      let parts = name.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, ["english", "arabic"].contains(parts[0]),
        let classes = WordClass.named[String(parts[1])]
      else {
        throw line.error(
          .unknownSection,
          "found section \(header); expected [english NAME] or [arabic NAME] with one of verbs, "
            + WordClass.named.keys.sorted().joined(separator: ", "))
      }
      self = .words(classes)
    }
  }
}
