/// How names from a file appear in messages.
package enum Wording {
  /// A name longer than this is more likely the text of a statement than a name.
  static let longestName = 40

  /// Data with more words than this are more likely the text of a statement than a name.
  static let mostWords = 3

  /// At most this many names are listed.
  static let longestList = 20

  /// The name in quotes and in one line, or its length when it may be the text of a statement.
  package static func quoted(_ name: String) -> String {
    guard name.unicodeScalars.count <= longestName else { return length(name) }
    let shown = name.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control
        ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return "\"\(shown.joined())\""
  }

  /// What stands in a file where a name or a number was expected. It may be a statement in the
  /// wrong column, so what reads like a sentence is given by its length.
  static func found(_ text: String) -> String {
    isText(text) ? length(text) : quoted(text)
  }

  /// Whether something is more likely the text of a statement than a name.
  static func isText(_ text: String) -> Bool {
    let ends: Set<Unicode.Scalar> = [".", "!", "?", "…", "؟", "۔", "。"]
    return text.unicodeScalars.count > longestName
      || text.split(whereSeparator: \.isWhitespace).count > mostWords
      || text.trimmed.unicodeScalars.last.map(ends.contains) ?? false
  }

  private static func length(_ text: String) -> String {
    "(\(text.unicodeScalars.count) characters)"
  }

  /// `"a", "b", "c"`, cut after ``longestList`` names.
  static func list(_ names: some Collection<String>) -> String {
    list(names, quoted)
  }

  /// The same for names that come from data.
  static func list(found names: some Collection<String>) -> String {
    list(names, found)
  }

  private static func list(
    _ names: some Collection<String>, _ shown: (String) -> String
  ) -> String {
    let list = names.prefix(longestList).map(shown).joined(separator: ", ")
    return names.count > longestList ? "\(list) and \(names.count - longestList) more" : list
  }

  /// `1 field`, `2 fields`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `; did you mean "unity"?` when a candidate is near, else nothing.
  static func suggestion(for name: String, among candidates: some Sequence<String>) -> String {
    NearestName.find(name, among: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
  }
}
