import Charts

/// Text as it stands in HTML.
enum HTMLText {
  /// `text` for contents and for attributes in double quotes.
  static func escaped(_ text: String) -> String { markupEscaped(text) }

  /// `<name attributes>` with escaped contents.
  static func element(_ name: String, _ attributes: String = "", text: String) -> String {
    "<\(name)\(attributes.isEmpty ? "" : " ")\(attributes)>\(escaped(text))</\(name)>"
  }
}
