import Corpus

/// Statements as rows of features in the format of LIBSVM and SVMlight, for other learners.
///
/// A line is `label index:value index:value …`, indices rising from 1. Labels are their numbers, from 0,
/// in the task's order; those of a multi-label task are joined by commas, and none of them is nothing
/// before the first space (LIBSVM's multi-label form).
public struct FeatureExport: Sendable {
  private let export: StatementExport
  private let extractor: FeatureExtractor

  public init(_ export: StatementExport, extractor: FeatureExtractor) {
    self.export = export
    self.extractor = extractor
  }

  /// The features that a recipe has on these very statements.
  public static func extractor(
    _ recipe: Recipe, for export: StatementExport, parallelism: Parallelism = .allCores
  ) -> FeatureExtractor {
    DocumentTerms(export.statements.map(\.text), recipe: recipe, parallelism: parallelism)
      .extractor()
  }

  /// The lines of all statements.
  ///
  /// - Throws: when there are several tasks, and for statements that nobody has labelled.
  public func lines() throws(DataErrors) -> [UInt8] {
    let task = try export.onlyTask("libsvm")
    let columns = FeatureColumns(extractor.recipe, layout: export.layout)
    var reader = FeatureReader(extractor)
    var bytes: [UInt8] = []
    var errors = DataErrors()
    for statement in export.statements {
      var label = "0"
      if let task {
        guard let labels = export.labels(task, statement) else {
          errors.append(
            DataError(
              .unwritable, at: statement.location,
              "found a statement that nobody has labelled; expected a label for every line of libsvm: label "
                + "it, or leave it out"))
          continue
        }
        let numbers = labels.compactMap { task.labels.firstIndex(of: $0) }.sorted()
        label = numbers.map(String.init).joined(separator: ",")
      }
      bytes.append(contentsOf: label.utf8)
      let row = reader.row(of: statement.text, columns: columns.values(of: statement))
      for (column, value) in zip(row.columns, row.values) {
        bytes.append(contentsOf: " \(column + 1):\(value)".utf8)
      }
      // A line with nothing on it is no line to other readers.
      if label.isEmpty, row.columns.isEmpty { bytes.append(UInt8(ascii: " ")) }
      bytes.append(0x0a)
    }
    guard errors.isEmpty else { throw errors }
    return bytes
  }

  /// A CSV of the features: index, kind, term, and how many statements they were learned from have it.
  public func vocabulary() -> [UInt8] {
    var bytes: [UInt8] = []
    let comma = UInt8(ascii: ",")
    DelimitedText.appendRecord(
      ["index", "kind", "term", "statements"], delimiter: comma, to: &bytes)
    for (column, frequency) in extractor.documentFrequencies.enumerated() {
      let feature = extractor.feature(at: column)
      DelimitedText.appendRecord(
        [
          String(column + 1), feature.block.rawValue, feature.term,
          frequency.map(String.init) ?? "",
        ], delimiter: comma, to: &bytes)
    }
    return bytes
  }

  /// A CSV of the labels: number and name.
  public func labels() -> [UInt8] {
    var bytes: [UInt8] = []
    DelimitedText.appendRecord(["number", "label"], delimiter: UInt8(ascii: ","), to: &bytes)
    for (number, label) in (export.tasks.first?.labels ?? []).enumerated() {
      DelimitedText.appendRecord(
        [String(number), label], delimiter: UInt8(ascii: ","), to: &bytes)
    }
    return bytes
  }
}
