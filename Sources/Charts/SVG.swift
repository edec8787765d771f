/// A picture in SVG, put together element by element.
///
/// It takes its colours from the page it stands in: `--ink` for text and lines, `--accent` for what is
/// shown, `--on-accent` for text on it, `--series-0` … for several of a kind. So one picture serves
/// light and dark pages, and print.
package struct SVG {
  let width: Double
  let height: Double
  /// What a reader who cannot see the picture is told.
  let description: String
  private var elements: [String] = []

  init(width: Double, height: Double, description: String) {
    self.width = width
    self.height = height
    self.description = description
  }

  enum Anchor: String {
    case start, middle, end
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, style: String, title: String? = nil
  ) {
    elements.append(
      "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\""
        + " height=\"\(Self.number(height))\" style=\"\(style)\"\(Self.end("rect", title))")
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class kind: String
  ) {
    elements.append(
      "<line x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\""
        + " y2=\"\(Self.number(y2))\" class=\"\(kind)\"/>")
  }

  /// A line through points.
  mutating func path(_ points: [(x: Double, y: Double)], style: String) {
    guard let first = points.first else { return }
    var data = "M\(Self.number(first.x)) \(Self.number(first.y))"
    for point in points.dropFirst() {
      data += "L\(Self.number(point.x)) \(Self.number(point.y))"
    }
    elements.append("<path d=\"\(data)\" style=\"\(style)\"/>")
  }

  mutating func dot(_ x: Double, _ y: Double, radius: Double, style: String, title: String) {
    elements.append(
      "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\""
        + " style=\"\(style)\"\(Self.end("circle", title))")
  }

  /// Text whose baseline ends, begins or has its middle at `x`; text of any script reads in its own
  /// direction.
  ///
  /// - Parameter limit: of more characters only the first are shown, all of them on hover.
  mutating func text(
    _ text: String, _ x: Double, _ y: Double, anchor: Anchor = .start, class kind: String = "",
    style: String = "", limit: Int = .max, turned: Bool = false
  ) {
    let isCut = text.count > limit
    let shown = isCut ? text.prefix(max(1, limit - 1)) + "…" : text[...]
    let turn = turned ? " transform=\"rotate(-90 \(Self.number(x)) \(Self.number(y)))\"" : ""
    elements.append(
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor.rawValue)\""
        + (kind.isEmpty ? "" : " class=\"\(kind)\"") + (style.isEmpty ? "" : " style=\"\(style)\"")
        + turn + ">" + (isCut ? "<title>\(markupEscaped(text))</title>" : "")
        + markupEscaped(String(shown)) + "</text>")
  }

  var markup: String {
    // Scripts that run from the right keep their order within a text; where it stands does not turn.
    "<svg width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" role=\"img\" direction=\"ltr\""
      + " aria-label=\"\(markupEscaped(description))\">\n"
      + elements.joined(separator: "\n") + "\n</svg>"
  }

  private static func end(_ name: String, _ title: String?) -> String {
    title.map { "><title>\(markupEscaped($0))</title></\(name)>" } ?? "/>"
  }

  /// At most two digits behind the point, which is a tenth of what can be seen; the same everywhere.
  package static func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let hundredths = Int((min(max(value, -1e9), 1e9) * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let (whole, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    if part == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole).\(part < 10 ? "0" : "")\(part % 10 == 0 ? part / 10 : part)"
  }
}
