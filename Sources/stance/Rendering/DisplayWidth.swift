import Foundation

/// How many columns of a terminal a text takes: 0 for marks and format characters, 2 for East Asian
/// wide characters and emoji, else 1.
func displayWidth(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { $0 + displayWidth($1) }
}

private func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return 1 }
  let properties = scalar.properties
  switch properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  if properties.isEmojiPresentation { return 2 }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}

enum Alignment {
  case left, right
}

/// `text` with spaces up to a width; longer text stays as it is.
func padded(_ text: String, to width: Int, _ alignment: Alignment) -> String {
  let spaces = String(repeating: " ", count: max(0, width - displayWidth(text)))
  return alignment == .left ? text + spaces : spaces + text
}

/// `text` cut to a width, with `…` where something was cut; line breaks and control characters
/// become spaces so that a statement cannot move the cursor.
func shortened(_ text: String, to width: Int) -> String {
  var result = String.UnicodeScalarView()
  var used = 0
  for scalar in text.unicodeScalars {
    let shown: Unicode.Scalar = isControl(scalar) ? " " : scalar
    let next = used + displayWidth(shown)
    if next > width - 1, next > width || displayWidth(text) > width {
      return String(result) + "…"
    }
    result.append(shown)
    used = next
  }
  return String(result)
}

/// `text` without anything that could move the cursor: names in a model file come from anyone.
func oneLine(_ text: String) -> String { shortened(text, to: .max) }

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator: true
  default: false
  }
}
