import ArgumentParser
import StanceKit

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows the words of a statement that decided, and what each adds to the score.",
    discussion: """
      A label's score is the sum of its intercept and of what the statement's words add, nothing else; \
      the probability follows from the score, and from what people said of near copies among the training \
      statements, where there are some. A run of words or characters that the model knows is \
      divided among the words that it lies in, by characters.

      Examples:
        stance explain "We call for the full implementation of resolution 2254."
        stance explain "Aid must reach the towns." --terms-as features
        stance explain "Aid must reach the towns." --nearest 3 \\
          --training seeds/statements.csv
        stance explain --input quotes.csv --show-text --format html > why.html
        stance explain --global --terms 20 --format markdown

      Statements of a file are shown by their ids and the words that decided; --show-text shows them \
      in full. Offsets are half-open, in bytes of UTF-8 and in Unicode scalars, as Python and R count. \
      With --training and --nearest come the statements of a file that are most like the explained one \
      in what the model sees: 1 for the same, 0 for nothing in common.
      """)

  @Argument(help: "The statement, in quotes.")
  var text: [String] = []

  @Option(
    help: ArgumentHelp(
      "Explain the statements of a file instead: CSV, TSV, JSONL or plain text, also .gz; - for standard input.",
      valueName: "file"), completion: .file())
  var input: String?

  @Flag(help: "Show what speaks most strongly for and against each label in any statement.")
  var global = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many terms to show for each label.", valueName: "n"))
  var terms = 8

  @Option(help: "words: as they stand in the text; features: what the model counts.")
  var termsAs: TermKind = .words

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --global, leave out terms that fewer training statements have.", valueName: "n"))
  var minimumCount = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Show the n statements of --training that are most alike.", valueName: "n"))
  var nearest = 0

  @Option(
    help: ArgumentHelp(
      "Statements to find the nearest ones in; may be repeated.", valueName: "file"),
    completion: .file())
  var training: [String] = []

  @Flag(help: "Show statements of files in full.")
  var showText = false

  @Option(
    help: "json: one statement or --global; jsonl: one line a statement; markdown: --global.")
  var format: ExplanationFormat = .table

  @Option(help: "Colour: auto is on a terminal, unless NO_COLOR is set.")
  var color: ColorChoice = .auto

  @OptionGroup var threading: ThreadOptions

  @OptionGroup var model: ModelOption
  @OptionGroup var data: DataOptions

  func validate() throws {
    if text.count > 1 {
      throw ValidationError("found \(text.count) statements, expected one; put it between quotes")
    }
    let subjects = [!text.isEmpty, input != nil, global].count { $0 }
    if subjects != 1 {
      throw ValidationError(
        subjects == 0
          ? "nothing to explain: give a statement in quotes, --input FILE, or --global"
          : "give one of a statement, --input and --global, not several")
    }
    if terms < 0 { throw ValidationError("--terms: found \(terms), expected 0 or more") }
    if nearest < 0 { throw ValidationError("--nearest: found \(nearest), expected 0 or more") }
    if minimumCount < 1 {
      throw ValidationError("--minimum-count: found \(minimumCount), expected 1 or more")
    }
    if minimumCount > 1, !global {
      throw ValidationError("--minimum-count: only --global has a use for it; give both")
    }
    if (nearest > 0) != !training.isEmpty {
      throw ValidationError("give --nearest N and --training FILE together, or neither")
    }
    if global, nearest > 0 || showText || termsAs == .features {
      throw ValidationError(
        "--global shows no statement: leave --nearest, --show-text and --terms-as out")
    }
    try validateFormat()
  }

  private func validateFormat() throws {
    let usual: [ExplanationFormat] =
      global
      ? [.table, .json, .markdown]
      : input != nil
        ? [.table, .jsonl, .html]
        : [.table, .json, .jsonl, .html]
    guard usual.contains(format) else {
      let subject = global ? "--global" : input != nil ? "--input" : "a statement"
      throw ValidationError(
        "--format \(format.rawValue): \(subject) is written as "
          + "\(usual.map(\.rawValue).joined(separator: ", ")); choose one of them")
    }
  }

  func run() throws {
    Terminal.color = color
    let model = try model.load()
    if global { return try writeGlobal(model) }
    let neighbours = try neighbours(model)
    let writer = format.writer(model)
    let out = StandardOutput.shared
    var configuration = Explainer.Configuration()
    configuration.listsFeatures = termsAs == .features
    configuration.neighbours = neighbours
    configuration.neighbourCount = nearest
    if let text = text.first {
      try out.write(writer.header())
      var explainer = Explainer(model, configuration)
      var bytes: [UInt8] = []
      writer.append(
        explained(explainer.explain(text), id: nil, text: text, model, neighbours), to: &bytes)
      try out.write(bytes)
    } else if let input {
      try explainFile(input, model, configuration, writer)
    }
    try out.write(writer.footer())
  }

  private func explainFile(
    _ path: String, _ model: Model, _ configuration: Explainer.Configuration,
    _ writer: any ExplanationWriter
  ) throws {
    let options = try data.readingOptions(tasks: model.classifiers.map(\.task.name))
    // As in classifying, a file with errors gives no results.
    if isRegularFile(path) {
      let layout = try StatementReader.check(contentsOf: path, options: options)
      data.note(missing: FeatureColumns(model.extractor.recipe, layout: layout).absent)
    }
    let reader = try StatementReader(contentsOf: path, options: options)
    data.note(reader.notes)
    try StandardOutput.shared.write(writer.header())
    let counts = try model.explain(
      reader, configuration, parallelism: threading.parallelism
    ) { statement, explanation, _, bytes in
      writer.append(
        explained(
          explanation, id: statement.id, text: statement.text, model, configuration.neighbours),
        to: &bytes)
    } to: {
      try StandardOutput.shared.write($0)
    }
    data.note(leftOut: counts.skippedCount, beside: counts.explainedCount)
  }

  private func explained(
    _ explanation: Explanation, id: String?, text: String, _ model: Model,
    _ neighbours: StatementNeighbours?
  ) -> ExplainedStatement {
    ExplainedStatement(
      terms: ShownTerms(explanation: explanation, kind: termsAs, count: terms), id: id,
      text: text, showsText: id == nil || showText,
      neighbours: explanation.neighbours.compactMap { neighbour in
        guard let neighbours else { return nil }
        let statement = neighbours.statements[neighbour.index]
        return ShownNeighbour(
          id: statement.id, similarity: neighbour.similarity, isNearCopy: neighbour.isNearCopy,
          gold: model.classifiers.map { classifier in
            neighbours.layout.taskColumns.firstIndex(of: classifier.task.name)
              .flatMap(statement.gold)
          }, text: showText ? statement.text : nil)
      }, copies: ShownNeighbour.copies(explanation, model))
  }

  private func neighbours(_ model: Model) throws -> StatementNeighbours? {
    guard nearest > 0 else { return nil }
    let options = try data.readingOptions(tasks: model.classifiers.map(\.task.name))
    let set = try StatementSet.read(training, options: options)
    data.note(set.notes)
    return StatementNeighbours(set.statements, layout: set.layout, model: model)
  }

  private func writeGlobal(_ model: Model) throws {
    let report = GlobalReport(model: model, count: terms, minimumCount: minimumCount)
    let out = StandardOutput.shared
    switch format {
    case .json: try out.write(line: report.object())
    default: try out.write(lines: report.lines(markdown: format == .markdown))
    }
  }
}

extension TermKind: ExpressibleByArgument {}
extension ColorChoice: ExpressibleByArgument {}
