/// A document as a page that needs nothing from elsewhere.
///
/// Its own sentences run from the left, whatever names stand in them; cells, which hold names and texts
/// from elsewhere, run as what they hold does.
struct DocumentPage {
  let document: Document

  /// After the rules of all pages: pictures in the page's colours, wide tables that scroll by
  /// themselves, sections that print whole.
  private static let style = """
    :root { --accent: #0072b2; --on-accent: #fff; --series-0: #0072b2; --series-1: #d55e00; --series-2: #007f5f; --series-3: #b0568f; --series-4: #8a6d00; --series-5: #3a86c8; --series-6: #7a4fb5; --series-7: #606060; }
    @media (prefers-color-scheme: dark) { :root { --accent: #4aa3df; --on-accent: #10161c; --series-0: #4aa3df; --series-1: #f08a4b; --series-2: #4cc49a; --series-3: #e08cc0; --series-4: #d9b84a; --series-5: #8fc3ee; --series-6: #b79be6; --series-7: #b0b0b0; } }
    @media print { :root { --accent: #0072b2; --on-accent: #fff; --series-0: #0072b2; --series-1: #d55e00; --series-2: #007f5f; --series-3: #b0568f; --series-4: #8a6d00; --series-5: #3a86c8; --series-6: #7a4fb5; --series-7: #606060; } body { max-width: none; margin: 0; } h2, h3 { break-after: avoid; } figure, table { break-inside: avoid; } .scroll { overflow: visible; } nav { display: none; } }
    body { max-width: 60rem; font: 1rem/1.6 system-ui, "Noto Sans", "Noto Naskh Arabic", sans-serif; }
    h1 { font-size: 1.5rem; margin-bottom: .2rem; }
    h2 { font-size: 1.2rem; color: var(--ink); margin-top: 2.5rem; padding-bottom: .2rem; }
    h3 { font-size: 1rem; margin-top: 1.6rem; }
    p, li { max-width: 44rem; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; margin: .8rem 0; }
    tr + tr td { border-top: 1px solid var(--line); }
    td { min-width: 2.2em; max-width: 30rem; overflow-wrap: break-word; }
    th { vertical-align: bottom; }
    .pictures { display: flex; flex-wrap: wrap; gap: 1rem 1.5rem; margin: .8rem 0; }
    figure { margin: 0; min-width: 0; max-width: 100%; }
    figcaption { font-size: .85rem; color: var(--faint); margin-bottom: .2rem; }
    svg { display: block; max-width: 100%; height: auto; }
    svg text { font: 12px system-ui, "Noto Sans", "Noto Naskh Arabic", sans-serif; fill: var(--ink); unicode-bidi: plaintext; }
    svg text.small { font-size: 10.5px; }
    svg text.muted { fill: var(--faint); }
    svg .grid { stroke: var(--line); stroke-width: 1; }
    svg .reference { stroke: var(--faint); stroke-width: 1; stroke-dasharray: 3 3; }
    pre { font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere; background: color-mix(in srgb, var(--ink) 6%, transparent); padding: .6em .8em; border-radius: .3em; }
    code { font-size: .9em; overflow-wrap: anywhere; }
    nav ul { columns: 2 14rem; padding-inline-start: 1.2rem; }
    a { color: var(--accent); }
    """

  func html() -> String {
    let page = HTMLPage(title: document.title, style: Self.style)
    var html = page.header() + HTMLText.element("h1", "dir=\"auto\"", text: document.title) + "\n"
    if let subtitle = document.subtitle {
      html += "<p class=\"faint\">\(Self.marked(subtitle))</p>\n"
    }
    html += "<nav><ul>\n"
    for (index, section) in document.sections.enumerated() {
      html +=
        "<li><a href=\"#section-\(index + 1)\">\(HTMLText.escaped(section.title))</a></li>\n"
    }
    html += "</ul></nav>\n"
    for (index, section) in document.sections.enumerated() {
      html += "<section id=\"section-\(index + 1)\">\n"
      html += HTMLText.element("h2", text: section.title) + "\n"
      for block in section.blocks { html += Self.html(block) }
      html += "</section>\n"
    }
    return html + page.footer()
  }

  private static func html(_ block: Document.Block) -> String {
    switch block {
    case .heading(let text): HTMLText.element("h3", text: text) + "\n"
    case .paragraph(let text): "<p>\(marked(text))</p>\n"
    case .note(let text): "<p class=\"faint\">\(marked(text))</p>\n"
    case .list(let items):
      "<ul>\n" + items.map { "<li>\(marked($0))</li>\n" }.joined() + "</ul>\n"
    case .table(let table): "<div class=\"scroll\">\(table.html())</div>\n"
    case .pictures(let pictures):
      "<div class=\"pictures\">\n"
        + pictures.map {
          "<figure>\(HTMLText.element("figcaption", text: $0.caption))\n\($0.svg)</figure>\n"
        }.joined() + "</div>\n"
    case .verbatim(let lines):
      HTMLText.element("pre", "dir=\"ltr\"", text: lines.joined(separator: "\n")) + "\n"
    }
  }

  /// Escaped, with the marks of a paragraph.
  static func marked(_ text: String) -> String {
    Document.runs(of: text).map { run in
      switch run {
      case .plain(let text): HTMLText.escaped(text)
      case .strong(let text): HTMLText.element("b", text: text)
      case .code(let text): HTMLText.element("code", text: text)
      }
    }.joined()
  }
}

extension TextTable {
  func html() -> String {
    func row(_ cells: [String], _ element: String) -> String {
      let cells = zip(cells, alignments).map { cell, alignment in
        HTMLText.element(
          element, alignment == .right ? "class=\"number\"" : "dir=\"auto\"", text: cell)
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    guard let header = texts.first else { return "" }
    return "<table>\n<thead>\n\(row(header, "th"))</thead>\n<tbody>\n"
      + texts.dropFirst().map { row($0, "td") }.joined() + "</tbody>\n</table>\n"
  }
}
