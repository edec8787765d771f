/// Finds anchors (`&name`) and aliases (`*name`) in YAML before it is parsed: nested ones can unfold
/// a page into more than any memory holds.
///
/// They count only where a node may begin, so that `peace, *not* war` and quoted text stay text. In
/// doubt (quotes and comments inside brackets that go on over lines) every comma may begin a node:
/// what is an anchor to the parser is always found, a text may then be taken for one.
struct YAMLAnchors {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  /// Whether a node may begin here.
  private var mayBegin = true
  /// Whether a quotation mark here opens a quotation.
  private var mayQuote = true
  /// Open brackets and braces.
  private var depth = 0
  /// Whether what is inside brackets is no longer certain.
  private var isUncertain = false
  /// Whether nothing but white space came before in this line.
  private var isAtLineStart = true
  private var lineStart = 0

  private init(_ yaml: String) { bytes = Array(yaml.utf8) }

  /// The line of the first anchor or alias, from 1; `nil` where there is none.
  static func firstLine(in yaml: String) -> Int? {
    var scanner = YAMLAnchors(yaml)
    return scanner.find()
  }

  private mutating func find() -> Int? {
    while position < bytes.count {
      let length = lineBreakLength()
      if length > 0 {
        endLine(length)
        continue
      }
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        position += 1
      case UInt8(ascii: "&"), UInt8(ascii: "*"):
        if mayBegin, !isBlank(at: position + 1) { return line }
        content()
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if mayQuote, !isUncertain { skipQuotation(byte) } else { content() }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if mayBegin { open() } else { content() }
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth = max(0, depth - 1)
        content()
      case UInt8(ascii: ","):
        if depth > 0 || isUncertain { begin() } else { content() }
      case UInt8(ascii: ":"):
        if isBlank(at: position + 1) {
          begin()
        } else {
          // Inside brackets a name may end here, or a text go on.
          content()
          mayBegin = depth > 0 || isUncertain
        }
      case UInt8(ascii: "-"), UInt8(ascii: "?"):
        if mayBegin, isBlank(at: position + 1) { begin(mayQuote: mayQuote) } else { dashes() }
      case UInt8(ascii: "!"):
        if mayBegin { skipTag() } else { content() }
      case UInt8(ascii: "#"):
        if isAtLineStart || mayBegin && depth > 0 || position > 0 && isBlank(at: position - 1) {
          comment()
        } else {
          content()
        }
      case 0xEF where position == lineStart && isByteOrderMark(at: position):
        // The parser passes over it at the very beginning of a line; elsewhere it is text.
        position += 3
      default:
        content()
      }
    }
    return nil
  }

  /// Passes a byte behind which no node begins.
  private mutating func content() {
    (mayBegin, mayQuote, isAtLineStart) = (false, false, false)
    position += 1
  }

  /// Passes an indicator behind which a node begins.
  private mutating func begin(mayQuote: Bool = true) {
    (mayBegin, self.mayQuote, isAtLineStart) = (true, mayQuote, false)
    position += 1
  }

  private mutating func open() {
    depth += 1
    begin()
  }

  private mutating func endLine(_ length: Int) {
    position += length
    lineStart = position
    line += 1
    // Inside brackets a text may go on in the next line, where a mark in it opens nothing.
    mayQuote = depth == 0 || mayQuote
    mayBegin = true
    isAtLineStart = true
  }

  /// `---` begins a document, whose node may stand in the same line.
  private mutating func dashes() {
    let isMarker =
      isAtLineStart && bytes[position...].starts(with: Array("---".utf8))
      && isBlank(at: position + 3)
    if isMarker {
      // Indented, or behind a byte-order mark, it may be a text.
      if position != lineStart { isUncertain = true }
      position += 2
      begin(mayQuote: false)
    } else {
      content()
    }
  }

  private mutating func skipTag() {
    while position < bytes.count, !isBlank(at: position) {
      // A tag in brackets may end at any of these.
      if depth > 0 || isUncertain, [0x2C, 0x5B, 0x5D, 0x7B, 0x7D].contains(bytes[position]) {
        break
      }
      position += 1
    }
    isAtLineStart = false
  }

  /// Passes a quotation that ends in its line; of a longer one only this line's part.
  private mutating func skipQuotation(_ mark: UInt8) {
    let isInBrackets = depth > 0
    position += 1
    while position < bytes.count, lineBreakLength() == 0 {
      if bytes[position] == UInt8(ascii: "\\"), mark == UInt8(ascii: "\"") {
        position += 1
        // A line break may be escaped, too.
        if position < bytes.count, lineBreakLength() == 0 { position += 1 }
      } else if bytes[position] == mark {
        content()
        guard position < bytes.count, bytes[position] == mark, mark == UInt8(ascii: "'") else {
          // Behind a quotation the colon needs no space.
          if position < bytes.count, bytes[position] == UInt8(ascii: ":") { begin() }
          return
        }
        position += 1
      } else {
        position += 1
      }
    }
    (mayBegin, mayQuote, isAtLineStart) = (false, false, false)
    if isInBrackets { isUncertain = true }
  }

  /// Passes a comment; one inside brackets may be a text instead.
  private mutating func comment() {
    if depth > 0 { isUncertain = true }
    guard !isUncertain else { return content() }
    while position < bytes.count, lineBreakLength() == 0 { position += 1 }
  }

  private func isBlank(at position: Int) -> Bool {
    guard position < bytes.count else { return true }
    return bytes[position] == 0x20 || bytes[position] == 0x09 || lineBreakLength(at: position) > 0
  }

  private func isByteOrderMark(at position: Int) -> Bool {
    bytes.dropFirst(position).starts(with: [0xEF, 0xBB, 0xBF])
  }

  private func lineBreakLength() -> Int { lineBreakLength(at: position) }

  /// The bytes of the line break at a position, 0 where there is none. Besides CR and LF, YAML 1.1
  /// knows NEL, LS and PS.
  private func lineBreakLength(at position: Int) -> Int {
    func byte(_ offset: Int) -> UInt8 {
      position + offset < bytes.count ? bytes[position + offset] : 0
    }
    switch byte(0) {
    case 0x0A: return 1
    case 0x0D: return byte(1) == 0x0A ? 2 : 1
    case 0xC2: return byte(1) == 0x85 ? 2 : 0
    case 0xE2: return byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9) ? 3 : 0
    default: return 0
    }
  }
}
