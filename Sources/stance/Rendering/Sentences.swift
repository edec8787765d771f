/// The text with a capital first letter, as at the start of a sentence.
func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
