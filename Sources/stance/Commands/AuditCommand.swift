import ArgumentParser
import StanceKit

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Looks for what is wrong with labelled statements before they are trained on.",
    discussion: """
      Finds copies and near-copies, copies with different labels, labels that are likely to be wrong, \
      empty and one-word texts, labels that are rare or go with a language or a length, and \
      statements of a test that training has seen. Each comes with what to do about it. Statements \
      are named by id and line; their texts are shown only with --show-text.

      Examples:
        stance audit seeds/statements.csv --codebook seeds/codebook.yaml
        stance audit train.csv --test test.csv --format markdown > audit.md
        stance audit all.csv --split part=test --format json > audit.json

      A label is suspect when a model that did not see the statement's fold is surer of another label \
      than it usually is where that label is given (confident learning). It is a reason to look \
      again, not a verdict.
      """)

  @OptionGroup var input: LabelledInput

  @Option(
    help: ArgumentHelp(
      "The column that says what is training and what test: COLUMN, or COLUMN=VALUE with the value of the test.",
      valueName: "column"))
  var split: String?

  @Option(
    help: ArgumentHelp("The statements of the test, in a file of their own.", valueName: "file"),
    completion: .file())
  var test: String?

  @OptionGroup var lists: ListOptions

  @Flag(help: "Show the texts of statements.")
  var showText = false

  @Option(help: "How the result is written.")
  var format: ReportFormat = .table

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "λ above 0, as for stance train. Default: 1/n of n statements.", valueName: "λ"))
  var penalty: Double?

  @OptionGroup var fitting: FixedTraining

  func validate() throws {
    if let penalty, !(penalty > 0 && penalty.isFinite) {
      throw ValidationError("--penalty: found \(penalty), expected a number above 0, such as 1e-4")
    }
    if split != nil && test != nil {
      throw ValidationError("give either --split or --test, not both")
    }
    if let test, input.files.contains(test) {
      throw ValidationError("--test: found \(test) among the statements of training as well")
    }
  }

  func run() throws {
    let column = split.map { String($0.split(separator: "=", maxSplits: 1).first ?? "") }
    let statements = try input.read(
      with: test.map { [$0] } ?? [], leavingOut: column, allowsRepeatedIDs: true)
    // What the audit tells itself, and columns of which it may make use.
    input.data.note(
      statements.notes(for: .training).filter { ![.blankTexts, .unusedColumns].contains($0.code) })
    let isTest = try sides(of: statements)
    let progress = Progress("auditing")
    let audit: Audit
    do {
      defer { progress.finish() }
      let configuration = Auditor.Configuration(
        recipe: fitting.recipe.recipe, l2Penalty: penalty, folds: fitting.folds, seed: fitting.seed)
      audit = try Auditor(configuration, parallelism: fitting.threading.parallelism)
        .audit(statements, isTest: isTest, progress: progress.update)
    }
    let report = AuditReport(audit, limit: lists.top, showsText: showText)
    try format.write(
      table: report.sections().text(),
      markdown: ["# Audit", ""] + report.sections().flatMap { $0.markdown() },
      json: AuditDocument(audit, showsText: showText).object())
  }

  /// For each statement whether it is one of the test's; `nil` without a split.
  private func sides(of data: LabelledStatements) throws -> [Bool]? {
    if let test {
      let name = test == "-" ? "<stdin>" : test
      return data.statements.map { $0.location.file == name }
    }
    guard let split else { return nil }
    let sides = try DataSplit(split, of: data)
    if let note = sides.note { input.data.note(note) }
    return sides.isTest
  }
}

/// Training and test as a column tells them apart.
struct DataSplit {
  let isTest: [Bool]
  /// What was taken for the test where nobody said so.
  let note: String?

  /// What people call the part that they measure on, the usual first.
  private static let namesOfTests = [
    "test", "testing", "held-out", "heldout", "holdout", "evaluation", "eval", "dev", "validation",
    "valid", "val",
  ]

  init(_ argument: String, of data: LabelledStatements) throws {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard let name = parts.first else {
      throw ValidationError("--split: found \"\(argument)\", expected COLUMN or COLUMN=VALUE")
    }
    let column = try StatementColumn(named: name, in: data.layout, option: "--split")
    let values = data.statements.map { column.value(of: $0) }
    let different = Set(values.compactMap(\.self))
    let chosen =
      parts.count > 1
      ? parts[1]
      : Self.namesOfTests.lazy.compactMap { name in
        different.sorted().first { $0.lowercased() == name }
      }.first
    guard let chosen, different.contains(chosen) else {
      // A column of texts or names is not listed: it may hold statements.
      let shown =
        different.count <= 10 && different.allSatisfy { $0.count <= 20 }
        ? different.sorted().map(oneLine).joined(separator: ", ")
        : "\(different.count) different values"
      throw ValidationError(
        "--split: found \(shown.isEmpty ? "nothing" : shown) in column \(oneLine(name)), expected the "
          + "value of the test among them: give it as \(oneLine(name))=VALUE")
    }
    isTest = values.map { $0 == chosen }
    guard isTest.contains(false) else {
      throw ValidationError(
        "--split: all statements are \(shortened(chosen, to: 20)); expected some of training too")
    }
    note =
      parts.count > 1
      ? nil
      : "the test is what \(oneLine(name)) calls \(oneLine(chosen)), training all else; "
        + "\(oneLine(name))=VALUE says otherwise"
  }
}
