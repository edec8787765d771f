import StanceKit

/// A text whose words are coloured by what they add to a label's score.
struct HighlightedText {
  let text: String
  let words: [Explanation.Word]
  /// One for each word.
  let values: [Double]
  /// The largest size of a value that colours are compared with.
  let strongest: Double

  /// How many shades a side has; the faintest means less than a fifth of the strongest.
  static let shadeCount = 5

  /// A part of the text with its shade: above 0 for the label, below 0 against it, 0 without colour.
  struct Piece {
    let text: String
    let shade: Int
    let value: Double?
  }

  /// The text in order, words and what stands between them.
  var pieces: [Piece] {
    var pieces: [Piece] = []
    var position = text.utf8.startIndex
    var byte = 0
    func take(to end: Int) -> String {
      let next = text.utf8.index(position, offsetBy: end - byte)
      defer { (position, byte) = (next, end) }
      return String(text[position..<next])
    }
    for (word, value) in zip(words, values) {
      if word.bytes.lowerBound > byte {
        pieces.append(Piece(text: take(to: word.bytes.lowerBound), shade: 0, value: nil))
      }
      pieces.append(Piece(text: take(to: word.bytes.upperBound), shade: shade(value), value: value))
    }
    if byte < text.utf8.count {
      pieces.append(Piece(text: take(to: text.utf8.count), shade: 0, value: nil))
    }
    return pieces
  }

  /// Less than a hundredth of the strongest is nothing to see.
  private func shade(_ value: Double) -> Int {
    guard strongest > 0, abs(value) >= strongest / 100 else { return 0 }
    let shade = min(Self.shadeCount, 1 + Int(abs(value) / strongest * Double(Self.shadeCount)))
    return value < 0 ? -shade : shade
  }

  // MARK: Terminals

  /// From faint to strong, blue for and orange against, of the 256 palette colours.
  private static let (grounds, againstGrounds) = (
    [195, 153, 111, 69, 27], [230, 223, 216, 209, 166]
  )

  /// In one line, in colour.
  func forTerminal() -> String {
    pieces.reduce(into: "") { line, piece in
      let text = oneLine(piece.text)
      guard piece.shade != 0 else {
        line += text
        return
      }
      let grounds = piece.shade > 0 ? Self.grounds : Self.againstGrounds
      let size = abs(piece.shade)
      line += Style.shaded(text, ground: grounds[size - 1], lightText: size == Self.shadeCount)
    }
  }

  // MARK: Pages

  /// As HTML, with classes `f1`-`f5` and `a1`-`a5` and the figure as a title.
  func html() -> String {
    pieces.reduce(into: "") { html, piece in
      guard piece.shade != 0, let value = piece.value else {
        html += HTMLText.escaped(piece.text)
        return
      }
      let name = "\(piece.shade > 0 ? "f" : "a")\(abs(piece.shade))"
      html += HTMLText.element(
        "span", "class=\"\(name)\" title=\"\(signed(value))\"", text: piece.text)
    }
  }

  /// The rules for these classes: translucent, so that the text keeps its contrast on any ground, and
  /// with a broken line under what speaks against, for those who do not see the colours.
  static let style = (1...shadeCount).map { shade in
    let strength = Double(shade) / Double(shadeCount) * 0.5
    return """
      .f\(shade) { background: rgba(var(--for), \(strength)); border-radius: .2em; }
      .a\(shade) { background: rgba(var(--against), \(strength)); border-radius: .2em; text-decoration: underline dotted; text-underline-offset: .25em; }
      """
  }.joined(separator: "\n")
}
