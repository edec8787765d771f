/// A text with tables and pictures, whatever it is written as: Markdown or a page.
struct Document {
  enum Block {
    case heading(String)
    /// What is told in plain words. `**` around words and backticks around names mark them, as in
    /// Markdown; names from files belong into `plain(_:)` first.
    case paragraph(String)
    /// A remark on what stands above it.
    case note(String)
    case list([String])
    case table(TextTable)
    /// Pictures beside one another. Their numbers stand in tables too, for those who read text alone.
    case pictures([Picture])
    /// What is typed or compared letter by letter.
    case verbatim([String])
  }

  struct Picture {
    let caption: String
    let svg: String
  }

  struct Section {
    let title: String
    var blocks: [Block]

    init(_ title: String, _ blocks: [Block]) {
      self.title = title
      self.blocks = blocks
    }
  }

  let title: String
  /// What stands under the title.
  var subtitle: String?
  var sections: [Section]

  /// A name from elsewhere within a paragraph: in one line, and marking nothing.
  static func plain(_ name: String) -> String {
    oneLine(name).replacing("*", with: "∗").replacing("`", with: "'")
  }
}

extension Document {
  func markdown() -> [String] {
    var lines = ["# \(oneLine(title))", ""]
    if let subtitle { lines += [subtitle, ""] }
    for section in sections {
      lines += ["## \(oneLine(section.title))", ""]
      for block in section.blocks { lines += Self.markdown(block) }
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The lines of a block and an empty one; none for pictures.
  static func markdown(_ block: Block) -> [String] {
    switch block {
    case .heading(let text): ["### \(oneLine(text))", ""]
    case .paragraph(let text), .note(let text): [text, ""]
    case .list(let items): items.map { "- \($0)" } + [""]
    case .table(let table): table.markdown() + [""]
    case .pictures: []
    case .verbatim(let lines): ["```"] + lines + ["```", ""]
    }
  }
}
