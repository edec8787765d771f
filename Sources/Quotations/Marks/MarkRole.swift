/// A family of quotation marks whose members open and close each other.
enum MarkFamily: UInt8 {
  case double, single, guillemet, singleGuillemet, corner, whiteCorner
}

/// What a mark can be where it stands.
struct MarkRole {
  var family: MarkFamily
  var canOpen: Bool
  var canClose: Bool
  /// Whether the mark may also be an apostrophe.
  var isApostrophe = false

  /// The role of the mark `token`, by its shape and by the spaces around it.
  ///
  /// Typed marks open or close by their shape, unless a space on one side only says the opposite, as
  /// in Arabic text that uses ” to open and “ to close. Straight marks go by the spaces.
  init(_ token: Token, before: UInt32?, after: UInt32?, scalar: UInt32, isDoubled: Bool) {
    let spaceBefore = Self.isEdge(before, opening: true)
    let spaceAfter = Self.isEdge(after, opening: false)
    switch scalar {
    case 0xAB, 0xBB:
      family = .guillemet
      (canOpen, canClose) = Self.typed(scalar == 0xAB, spaceBefore, spaceAfter)
    case 0x2039, 0x203A:
      family = .singleGuillemet
      (canOpen, canClose) = Self.typed(scalar == 0x2039, spaceBefore, spaceAfter)
    case 0x300C, 0x300D:
      family = .corner
      (canOpen, canClose) = (scalar == 0x300C, scalar == 0x300D)
    case 0x300E, 0x300F:
      family = .whiteCorner
      (canOpen, canClose) = (scalar == 0x300E, scalar == 0x300F)
    case 0x201C:
      family = .double
      // The low German mark „ is closed by “, so both are possible beside a letter.
      (canOpen, canClose) = Self.typed(true, spaceBefore, spaceAfter)
    case 0x201D, 0x201F:
      family = .double
      (canOpen, canClose) = Self.typed(false, spaceBefore, spaceAfter)
    case 0x201E:
      family = .double
      (canOpen, canClose) = (true, false)
    case 0x22, 0xFF02:
      family = .double
      (canOpen, canClose) = Self.straight(spaceBefore, spaceAfter)
    case 0x60:
      family = isDoubled ? .double : .single
      (canOpen, canClose) = (spaceBefore, false)
    case 0x201A:
      family = .single
      (canOpen, canClose) = (true, false)
    case 0x2018, 0x201B:
      family = isDoubled ? .double : .single
      (canOpen, canClose) = Self.typed(true, spaceBefore, spaceAfter)
    default:
      family = isDoubled ? .double : .single
      if scalar == 0x2019 {
        (canOpen, canClose) = (spaceBefore && !spaceAfter, !spaceBefore || spaceAfter)
      } else {
        (canOpen, canClose) = Self.straight(spaceBefore, spaceAfter)
      }
      isApostrophe = !isDoubled
    }
  }

  private static func typed(
    _ opens: Bool, _ spaceBefore: Bool, _ spaceAfter: Bool
  ) -> (Bool, Bool) {
    if spaceBefore == spaceAfter { return (opens, !opens) }
    return opens ? (spaceBefore, !spaceBefore) : (!spaceAfter, spaceAfter)
  }

  private static func straight(_ spaceBefore: Bool, _ spaceAfter: Bool) -> (Bool, Bool) {
    if spaceBefore != spaceAfter { return (spaceBefore, spaceAfter) }
    return (true, true)
  }

  /// Whether a mark that has `scalar` on this side has nothing that it could enclose there.
  private static func isEdge(_ scalar: UInt32?, opening: Bool) -> Bool {
    guard let scalar else { return true }
    switch ScalarKind(scalar) {
    case .space, .lineBreak, .dash: return true
    case .opening: return opening
    case .closing, .comma, .semicolon, .colon: return !opening
    case .period, .question, .exclamation: return !opening
    default: return false
    }
  }
}
