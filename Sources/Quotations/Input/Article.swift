import Corpus

/// One article: the text in which people are quoted.
public struct Article: Hashable, Sendable {
  /// The `id` of its record, or the file's name without its extension.
  public var id: String
  public var text: String

  public init(id: String, text: String) {
    self.id = id
    self.text = text
  }

  /// Reads the articles of a file and hands them on one after another.
  ///
  /// A file whose name ends with .jsonl, .csv or .tsv (also with .gz) has one article a record, in the
  /// field `text`; so has standard input that starts with `{`. Any other file is one article.
  ///
  /// - Parameters:
  ///   - path: the path of a file, or `-` for standard input.
  ///   - body: called for each article.
  /// - Throws: what is wrong with the file, and what `body` throws.
  public static func forEach(
    contentsOf path: String, _ body: (Article) throws -> Void
  ) throws {
    let format = StatementFormat(path: path)
    if path != "-", let format, format != .plainText {
      return try forEach(of: StatementReader(contentsOf: path), body)
    }
    let text = try WholeText.read(contentsOf: path, expecting: "an article")
    if path == "-", text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) == "{" {
      var options = ReadingOptions()
      options.format = .jsonl
      return try forEach(
        of: StatementReader(Array(text.utf8), name: "<stdin>", options: options), body)
    }
    try body(Article(id: path == "-" ? "stdin" : name(path), text: text))
  }

  private static func forEach(
    of reader: consuming StatementReader, _ body: (Article) throws -> Void
  ) throws {
    while let record = try reader.next() { try body(Article(id: record.id, text: record.text)) }
  }

  private static func name(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".gz", ".txt"] where name.lowercased().hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return name
  }
}
