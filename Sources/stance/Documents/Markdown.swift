/// Text as it stands in Markdown, where `&` and `<` would be taken for HTML, and other marks for emphasis
/// and links.
enum Markdown {
  static func escaped(_ text: String) -> String {
    var escaped = ""
    let characters = Array(text)
    func isWord(_ index: Int) -> Bool {
      characters.indices.contains(index)
        && (characters[index].isLetter || characters[index].isNumber)
    }
    for (index, character) in characters.enumerated() {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      // Between letters it marks nothing.
      case "_" where isWord(index - 1) && isWord(index + 1): escaped.append(character)
      case "*", "_", "~", "\\":
        escaped.append("\\")
        escaped.append(character)
      // Brackets are a link only with what follows them; intervals have them, too.
      case "(" where index > 0 && characters[index - 1] == "]": escaped += "\\("
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// A title and an empty line; names from files mark nothing in it.
  ///
  /// - Parameter level: 1 for the document's.
  static func title(_ text: String, level: Int) -> [String] {
    ["\(String(repeating: "#", count: level)) \(escaped(Document.plain(text)))", ""]
  }

  /// What is told in plain words, with the marks of ``Document/Block/paragraph(_:)``; code is as it is.
  static func told(_ text: String) -> String {
    Document.runs(of: text).map { run in
      switch run {
      case .plain(let text): escaped(text)
      case .strong(let text): "**\(escaped(text))**"
      case .code(let text): "`\(text)`"
      }
    }.joined()
  }

  /// A cell of a table; backticks in it are no code.
  static func cell(_ text: String) -> String {
    escaped(text).replacing("|", with: "\\|").replacing("`", with: "\\`")
  }
}
