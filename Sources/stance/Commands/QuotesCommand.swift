import ArgumentParser
import Foundation
import StanceKit

struct QuotesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quotes",
    abstract: "Finds who says what in articles, exactly where, and what stance it takes.",
    discussion: """
      Articles are text files (one article each), files of records with a field "text" (.jsonl, .csv, \
      .tsv, also .gz), or standard input. English and Arabic. Spans are half-open and count Unicode \
      scalars of the article's text, as Python and R count them.

      Examples:
        stance quotes article.txt
        stance quotes articles.jsonl --format jsonl --kinds direct > quotes.jsonl
        stance quotes article.txt --format html > article.html
        stance quotes article.txt --speakers speakers.csv --lexicon words.txt

      Quotations are judged by the model as `stance classify` does; --no-model leaves that out. \
      A table of speakers has the columns alias, name and party. A lexicon adds words in sections: \
      [english verbs] and a line such as "grumble : quote that"; [arabic titles]; and so on.
      """)

  @Argument(
    help: ArgumentHelp("Files of articles; - for standard input.", valueName: "article"),
    completion: .file())
  var articles: [String] = []

  @Option(help: "table, jsonl, csv or html.")
  var format: QuoteFormat = .table

  @Option(
    help: ArgumentHelp(
      "Which quotations: direct, mixed, indirect, with commas between.", valueName: "kinds"))
  var kinds: String = "direct,mixed,indirect"

  @Option(
    help: ArgumentHelp(
      "A table of speakers' names: alias, name, party (CSV, TSV or JSONL).", valueName: "file"),
    completion: .file())
  var speakers: String?

  @Option(
    help: ArgumentHelp("Words to add to the lexicon; may be repeated.", valueName: "file"),
    completion: .file())
  var lexicon: [String] = []

  @Flag(help: "Find quotations only, without judging them.")
  var noModel = false

  @OptionGroup var model: ModelOption

  func validate() throws {
    _ = try chosenKinds()
    if noModel, model.model != nil {
      throw ValidationError("give either --model or --no-model, not both")
    }
    if articles.isEmpty, isatty(STDIN_FILENO) == 1 {
      throw ValidationError("nothing to read: give files of articles, or pipe one in")
    }
  }

  func run() throws {
    let kinds = try chosenKinds()
    var words = Lexicon.standard
    for path in lexicon { try words.add(contentsOf: path) }
    let aliases = try speakers.map { try SpeakerAliases(contentsOf: $0) } ?? SpeakerAliases()
    let extractor = QuotationExtractor(lexicon: words, aliases: aliases)
    let judge = noModel ? nil : try model.load()
    let writer = format.writer(
      tasks: judge?.classifiers.map(AnswerFields.init) ?? [], known: judge?.knownStatements,
      hasSeveralArticles: articles.count > 1)
    let out = StandardOutput.shared
    try out.write(writer.header())
    for path in articles.isEmpty ? ["-"] : articles {
      try Article.forEach(contentsOf: path) { article in
        let found = extractor.quotations(in: article.text).filter { kinds.contains($0.kind) }
        let judgements = judge?.classify(found.map(\.statement)) ?? []
        try out.write(
          writer.lines(JudgedArticle(article: article, quotations: found, judgements: judgements)))
      }
    }
    try out.write(writer.footer())
  }

  private func chosenKinds() throws -> Set<Quotation.Kind> {
    let names = kinds.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let known = Quotation.Kind.allCases.map(\.rawValue).joined(separator: ", ")
    guard !names.isEmpty else { throw ValidationError("--kinds: found none, expected \(known)") }
    return Set(
      try names.map { name in
        guard let kind = Quotation.Kind(rawValue: name) else {
          throw ValidationError("--kinds: found \"\(name)\", expected \(known)")
        }
        return kind
      })
  }
}

/// How quotations are written.
enum QuoteFormat: String, CaseIterable, ExpressibleByArgument {
  case table, jsonl, csv, html

  func writer(
    tasks: [AnswerFields], known: KnownStatements?, hasSeveralArticles: Bool
  ) -> any QuoteWriter {
    let nearCopy = NearCopyFields(known: known)
    return switch self {
    case .table:
      QuoteTable(tasks: tasks, nearCopy: nearCopy, hasSeveralArticles: hasSeveralArticles)
    case .jsonl: QuoteRecords(tasks: tasks, nearCopy: nearCopy)
    case .csv: QuoteRows(tasks: tasks, nearCopy: nearCopy)
    case .html: QuotePage(tasks: tasks, nearCopy: nearCopy)
    }
  }
}
