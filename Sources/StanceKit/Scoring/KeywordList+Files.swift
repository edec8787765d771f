import Foundation

extension KeywordList {
  /// Reads a file with one word or phrase a line; blank lines do not count. The list is called like
  /// the file, without its folder and extension.
  ///
  /// - Throws: `DataErrors` when the file cannot be read, has no word, or a line is longer than
  ///   `NGrams.maximumLength` words: a text, or words that are not one a line.
  public init(contentsOf path: String) throws(DataErrors) {
    let text = try WholeText.read(contentsOf: path, expecting: "one word or phrase a line")
    var phrases: [String] = []
    var errors: [DataError] = []
    for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      let phrase = String(Substring(line)).trimmingCharacters(in: .whitespacesAndNewlines)
      guard !phrase.isEmpty else { continue }
      let words = phrase.split(whereSeparator: \.isWhitespace).count
      if words > NGrams.maximumLength {
        errors.append(
          DataError(
            .recordTooLong, at: SourceLocation(file: path, line: index + 1),
            "found \(words) words in a line, expected at most \(NGrams.maximumLength): put one word "
              + "or phrase in each line"))
      }
      phrases.append(phrase)
    }
    let name = URL(filePath: path).lastPathComponent
    let stem = String(name.prefix { $0 != "." })
    self.init(name: stem.isEmpty ? name : stem, phrases: phrases)
    if errors.isEmpty, KeywordFeatures([self], for: .words) == nil {
      errors.append(
        DataError(
          .emptyFile, at: SourceLocation(file: path, line: 0),
          "found no word; expected one word or phrase a line"))
    }
    guard errors.isEmpty else { throw DataErrors(errors) }
  }
}
