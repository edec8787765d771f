/// Pairs the quotation marks of an article, paragraph by paragraph.
///
/// A mark closes the innermost open mark of its family, and with it whatever was left open inside.
/// A quotation that is still open at the end of its paragraph goes on in the next one when that
/// starts with an opening mark, as is the custom for speech of several paragraphs; otherwise it ends
/// there and is unclosed. Linear in the number of tokens.
struct MarkPairing {
  private struct Open {
    var token: Int
    var family: MarkFamily
  }

  /// Marks opened inside this many others are left alone.
  private static let deepestNesting = 12

  private let text: ArticleText
  private(set) var spans: [MarkedSpan] = []
  private var stack: [Open] = []

  /// The outermost marked spans of `text`, in order.
  static func spans(in text: ArticleText) -> [MarkedSpan] {
    var pairing = MarkPairing(text: text)
    for paragraph in text.paragraphs.indices { pairing.read(paragraph) }
    return pairing.spans
  }

  private init(text: ArticleText) { self.text = text }

  private mutating func read(_ paragraph: Int) {
    let range = text.paragraphs[paragraph]
    stack.removeAll(keepingCapacity: true)
    let marks = range.filter { text.tokens[$0].kind == .mark }
    guard !marks.isEmpty else { return }
    var roles = marks.map { role(of: $0, in: range) }
    resolveApostrophes(marks, &roles)
    var opensAfter = [Int](repeating: 0, count: marks.count + 1)
    var closesAfter = [Int](repeating: 0, count: marks.count + 1)
    for index in marks.indices.reversed() {
      let isDouble = roles[index]?.family == .double || roles[index]?.family == .guillemet
      opensAfter[index] = opensAfter[index + 1]
      closesAfter[index] = closesAfter[index + 1]
      if isDouble, let role = roles[index] {
        if role.canOpen, !role.canClose { opensAfter[index] += 1 }
        if role.canClose, !role.canOpen { closesAfter[index] += 1 }
      }
    }
    for (index, token) in marks.enumerated() {
      guard let role = roles[index] else { continue }
      let open = stack.lastIndex { $0.family == role.family }
      if role.canClose, let open, !role.canOpen || closesHere(open, token, role) {
        close(open, at: token, paragraph)
      } else if role.canOpen {
        // A second opening mark with too few closing ones left: the first was never closed.
        if open == 0, role.family == .double || role.family == .guillemet,
          closesAfter[index + 1] <= opensAfter[index + 1] + 1, !role.canClose,
          closesAfter[index + 1] < 2 + opensAfter[index + 1]
        {
          leaveOpen(before: token, paragraph)
        }
        if stack.count < Self.deepestNesting {
          stack.append(Open(token: token, family: role.family))
        }
      }
    }
    finish(paragraph, range)
  }

  /// Whether a mark that could also open ends the quotation: it does unless something else is open
  /// inside.
  private func closesHere(_ open: Int, _ token: Int, _ role: MarkRole) -> Bool {
    open == stack.count - 1 && token > stack[open].token + 1
  }

  private mutating func close(_ open: Int, at token: Int, _ paragraph: Int) {
    let first = stack[open]
    stack.removeSubrange(open...)
    guard stack.isEmpty, token > first.token + 1 else { return }
    append(first.token..<(token + 1), first.family, paragraph)
  }

  private mutating func leaveOpen(before token: Int, _ paragraph: Int) {
    guard let first = stack.first, token > first.token + 1 else { return }
    stack.removeAll(keepingCapacity: true)
    // The quotation ends with its last finished sentence or part of one.
    var end = token
    while end > first.token + 2, !endsPart(text.tokens[end - 1]) { end -= 1 }
    if end == first.token + 2, !endsPart(text.tokens[end - 1]) { return }
    append(first.token..<end, first.family, paragraph, isUnclosed: true)
  }

  private func endsPart(_ token: Token) -> Bool { token.endsSentence || token.kind == .comma }

  private mutating func finish(_ paragraph: Int, _ range: Range<Int>) {
    guard let first = stack.first(where: { $0.family != .single || isTypedOpening($0.token) }),
      range.upperBound > first.token + 1
    else { return }
    let goesOn = continues(first, after: paragraph)
    // A single mark left open is an apostrophe more often than a quotation.
    if first.family == .single, !goesOn { return }
    append(
      first.token..<range.upperBound, first.family, paragraph, isUnclosed: !goesOn,
      continues: goesOn)
  }

  private mutating func append(
    _ tokens: Range<Int>, _ family: MarkFamily, _ paragraph: Int, isUnclosed: Bool = false,
    continues: Bool = false
  ) {
    var span = MarkedSpan(tokens: tokens, paragraph: paragraph, family: family)
    span.isUnclosed = isUnclosed
    span.continues = continues
    if let last = spans.last, last.continues, last.paragraph == paragraph - 1,
      tokens.lowerBound == text.paragraphs[paragraph].lowerBound
    {
      span.isContinuation = true
    }
    spans.append(span)
  }

  private func continues(_ open: Open, after paragraph: Int) -> Bool {
    guard paragraph + 1 < text.paragraphs.count else { return false }
    let next = text.paragraphs[paragraph + 1].lowerBound
    guard text.tokens[next].kind == .mark,
      let role = role(of: next, in: text.paragraphs[paragraph + 1])
    else { return false }
    return role.family == open.family && role.canOpen
  }

  private func isTypedOpening(_ token: Int) -> Bool {
    text.scalars[Int(text.tokens[token].start)] == 0x2018
  }

  private func role(of index: Int, in paragraph: Range<Int>) -> MarkRole? {
    let token = text.tokens[index]
    let start = Int(token.start)
    let end = Int(token.end)
    let before = index == paragraph.lowerBound ? nil : text.scalars[start - 1]
    let after = index + 1 == paragraph.upperBound ? nil : text.scalars[end]
    // A mark beside another mark looks past it, once.
    let outerBefore = skipMark(before, index - 1, paragraph, step: -1)
    let outerAfter = skipMark(after, index + 1, paragraph, step: 1)
    return MarkRole(
      token, before: outerBefore, after: outerAfter, scalar: text.scalars[start],
      isDoubled: end - start == 2)
  }

  private func skipMark(
    _ scalar: UInt32?, _ neighbour: Int, _ paragraph: Range<Int>, step: Int
  ) -> UInt32? {
    guard let scalar else { return nil }
    var index = neighbour
    var current: UInt32? = scalar
    var steps = 0
    while steps < 3, let value = current, [.mark, .apostrophe].contains(ScalarKind(value)),
      paragraph.contains(index), text.tokens[index].kind == .mark
    {
      let token = text.tokens[index]
      let next = step < 0 ? Int(token.start) - 1 : Int(token.end)
      index += step
      steps += 1
      current = paragraph.contains(index) ? text.scalars[next] : nil
    }
    return current
  }

  /// Takes out single marks that are apostrophes.
  private func resolveApostrophes(_ marks: [Int], _ roles: inout [MarkRole?]) {
    var open: Int?
    for (index, token) in marks.enumerated() {
      guard let role = roles[index], role.family == .single else { continue }
      if let first = open {
        guard role.canClose else {
          if role.canOpen, role.isApostrophe { roles[index] = nil }
          continue
        }
        if isPossessive(token), hasCloser(after: index, marks, roles) {
          roles[index] = nil
        } else {
          roles[index]?.canOpen = false
          roles[first]?.canClose = false
          open = nil
        }
      } else if role.canOpen, !startsElision(token), hasCloser(after: index, marks, roles) {
        open = index
      } else if role.isApostrophe || !role.canOpen {
        roles[index] = nil
      }
    }
    if let open, roles[open]?.isApostrophe == true { roles[open] = nil }
  }

  /// Whether a later single mark could close, before a mark of another family that closes first.
  private func hasCloser(after index: Int, _ marks: [Int], _ roles: [MarkRole?]) -> Bool {
    for later in (index + 1)..<max(index + 1, min(marks.count, index + 12)) {
      guard let role = roles[later], role.family == .single else { continue }
      if role.canOpen, !role.canClose { return false }
      if role.canClose, !(isPossessive(marks[later]) && later + 1 < marks.count) { return true }
    }
    return false
  }

  /// "the brothers' house": a mark after an s, with a lower-case word after it.
  private func isPossessive(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.end - token.start == 1, index > 0, index + 1 < text.tokens.count,
      !token.hasSpaceBefore
    else { return false }
    let next = text.tokens[index + 1]
    return text.scalars[Int(token.start) - 1] == 0x73 && token.hasSpaceAfter
      && next.kind == .word && !next.isCapitalized
  }

  /// 'em, 'tis, '90s.
  private func startsElision(_ index: Int) -> Bool {
    guard index + 1 < text.tokens.count, !text.tokens[index].hasSpaceAfter else { return false }
    let next = text.tokens[index + 1]
    let isTyped = text.scalars[Int(text.tokens[index].start)] == 0x2018
    return (next.isAny(.elision) || (next.kind == .number || isDigit(next))) && !isTyped
  }

  private func isDigit(_ token: Token) -> Bool {
    ScalarKind(text.scalars[Int(token.start)]) == .digit
  }
}
