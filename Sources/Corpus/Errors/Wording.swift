/// How names from a file appear in messages.
enum Wording {
  /// A name longer than this is more likely the text of a statement than a name.
  static let longestName = 40

  /// At most this many names are listed.
  static let longestList = 20

  /// The name in quotes, or its length when it may be the text of a statement.
  static func quoted(_ name: String) -> String {
    name.unicodeScalars.count <= longestName
      ? "\"\(name)\"" : "(\(name.unicodeScalars.count) characters)"
  }

  /// `"a", "b", "c"`, cut after ``longestList`` names.
  static func list(_ names: some Collection<String>) -> String {
    let shown = names.prefix(longestList).map(quoted).joined(separator: ", ")
    return names.count > longestList ? "\(shown) and \(names.count - longestList) more" : shown
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
