/// Gives mentions their full names.
struct SpeakerNames {
  let text: ArticleText
  init(_ text: ArticleText, _ attributions: [Attribution]) { self.text = text }
  mutating func name(of mention: Mention) -> String { text.string(text.range(mention.core)) }
}
