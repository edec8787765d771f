import StanceKit

/// What `stance classify` does with statements that are its arguments.
struct StatementClassification {
  var texts: [String]
  var format = ResultFormat.standard
  /// The path of the model; `nil` where it is not given.
  var model: String?
  /// How probably intervals hold; `nil` where none are shown.
  var level: Double?
  var parallelism = Parallelism.allCores

  func run() throws {
    // It answers once and is gone.
    let model = try Model(
      contentsOf: ModelOption.path(model), parts: level == nil ? [] : .variances, memory: .file)
    let fields = try AnswerFields.all(of: model, showingIntervals: level != nil)
    let statements = texts.enumerated().map { index, text in
      Statement(
        id: String(index + 1), text: text,
        location: SourceLocation(file: "<arguments>", line: index + 1))
    }
    let formatter = ResultFormatter(
      format: format, tasks: fields, layout: StatementLayout(presentColumns: [.text]),
      known: model.knownStatements)
    try StandardOutput.shared.write(formatter.header())
    let judgements = model.classify(texts, intervals: level, parallelism: parallelism)
    try StandardOutput.shared.write(formatter.lines(statements, judgements))
  }
}

extension StatementClassification {
  /// What plain arguments ask for, as the parser of arguments would understand them: describing all
  /// that it knows to it takes longer than judging a statement.
  ///
  /// - Parameter arguments: those after the program's name.
  /// - Returns: `nil` unless they are `classify`, statements, and at most one `--model MODEL` and one
  ///   `--format FORMAT`; whatever else there is, and whatever is wrong, is the parser's.
  init?(plain arguments: [String]) {
    guard arguments.first == "classify" else { return nil }
    self.init(texts: [])
    var format: ResultFormat?
    var rest = arguments.dropFirst()
    while let argument = rest.popFirst() {
      switch argument {
      case "--model":
        guard model == nil, let value = rest.popFirst(), Self.isPlain(value) else { return nil }
        model = value
      case "--format":
        guard format == nil, let value = rest.popFirst().flatMap(ResultFormat.init(rawValue:))
        else { return nil }
        format = value
      default:
        guard Self.isPlain(argument) else { return nil }
        texts.append(argument)
      }
    }
    guard !texts.isEmpty, !Self.isFileName(texts) else { return nil }
    self.format = format ?? .standard
  }

  private static func isPlain(_ argument: String) -> Bool {
    argument.utf8.first.map { $0 != UInt8(ascii: "-") } ?? false
  }

  /// Whether somebody gave the name of a file where a statement is due.
  static func isFileName(_ texts: [String]) -> Bool {
    texts.count == 1 && (texts[0] == "-" || isRegularFile(texts[0]))
  }
}
