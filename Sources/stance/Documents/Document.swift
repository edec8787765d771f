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
  /// A part of a paragraph with one look.
  enum Run: Hashable {
    case plain(String)
    case strong(String)
    case code(String)
  }

  /// A paragraph by its marks; a mark without its like stays as it is.
  static func runs(of text: String) -> [Run] {
    var runs: [Run] = []
    var rest = text[...]
    while !rest.isEmpty {
      let mark = ["**", "`"].first { rest.hasPrefix($0) }
      if let mark, let end = rest.dropFirst(mark.count).firstRange(of: mark) {
        let inner = String(rest.dropFirst(mark.count)[..<end.lowerBound])
        runs.append(mark == "`" ? .code(inner) : .strong(inner))
        rest = rest[end.upperBound...]
      } else {
        let next = rest.dropFirst().firstIndex { $0 == "*" || $0 == "`" } ?? rest.endIndex
        runs.append(.plain(String(rest[..<next])))
        rest = rest[next...]
      }
    }
    return runs
  }

  func markdown() -> [String] {
    var lines = Markdown.title(title, level: 1)
    if let subtitle { lines += [Markdown.told(subtitle), ""] }
    for section in sections {
      lines += Markdown.title(section.title, level: 2)
      for block in section.blocks { lines += Self.markdown(block) }
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The lines of a block and an empty one; none for pictures.
  static func markdown(_ block: Block) -> [String] {
    switch block {
    case .heading(let text): Markdown.title(text, level: 3)
    case .paragraph(let text), .note(let text): [Markdown.told(text), ""]
    case .list(let items): items.map { "- \(Markdown.told($0))" } + [""]
    case .table(let table): table.markdown() + [""]
    case .pictures: []
    case .verbatim(let lines): ["```"] + lines + ["```", ""]
    }
  }
}
