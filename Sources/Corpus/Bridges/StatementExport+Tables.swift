extension StatementExport {
  /// CSV or TSV with a header. Numbers, lists and objects of JSON are written as JSON.
  ///
  /// - Parameter delimiter: a comma or a tab.
  /// - Throws: what a cell cannot say: that nobody has labelled a statement in a multi-label task, in
  ///   which others are labelled.
  public func table(delimiter: UInt8) throws(DataErrors) -> [UInt8] {
    try checkNames(Set(tasks.map(\.name)).union(["text"]), "a table")
    for task in tasks where task.isMultiLabel {
      let unlabelled = statements.filter { labels(task, $0) == nil }
      guard let first = unlabelled.first else { continue }
      throw DataErrors([
        DataError(
          .unwritable, at: first.location,
          "found \(Wording.count(unlabelled.count, "statement")) that nobody has labelled in task "
            + "\(Wording.quoted(task.name)), the first one here; an empty cell means none of the labels: "
            + "write JSONL, or convert them by themselves")
      ])
    }
    // In the order of the input.
    var columns: [(name: String, cell: (Statement) -> String)] = []
    for column in layout.columns {
      switch column.role {
      case .known(.text): columns.append(("text", \.text))
      case .task(let index):
        guard let task = tasks.first(where: { $0.index == index }) else { continue }
        columns.append((task.name, { labels(task, $0)?.joined(separator: ";") ?? "" }))
      case .known, .extra:
        guard let field = fields.first(where: { $0.role == column.role }) else { continue }
        columns.append((field.name, { Self.cell(value(field, $0)) }))
      }
    }
    var bytes: [UInt8] = []
    DelimitedText.appendRecord(columns.map(\.name), delimiter: delimiter, to: &bytes)
    for statement in statements {
      DelimitedText.appendRecord(
        columns.map { $0.cell(statement) }, delimiter: delimiter, to: &bytes)
    }
    return bytes
  }

  /// fastText's lines, the labels before the text.
  ///
  /// - Throws: what such a line cannot hold.
  public func fastText() throws(DataErrors) -> [UInt8] {
    let task = try onlyTask("fastText")
    var bytes: [UInt8] = []
    var errors = DataErrors()
    for statement in statements {
      do throws(DataError) {
        var words: [String] = []
        if let task {
          guard let labels = labels(task, statement) ?? (task.isMultiLabel ? nil : []) else {
            throw unwritable(
              statement, "a statement that nobody has labelled", "label it, or leave it out")
          }
          for label in labels {
            guard !label.contains(where: \.isWhitespace) else {
              throw unwritable(statement, "a label with white space", "rename the label")
            }
            words.append(FastTextStatements.prefix + label)
          }
        }
        let text = statement.text
        guard !text.unicodeScalars.contains(where: { "\n\r".unicodeScalars.contains($0) }) else {
          throw unwritable(
            statement, "a text with a line break", "take the line breaks out of texts")
        }
        guard !text.contains(FastTextStatements.prefix) else {
          throw unwritable(
            statement, "a text with \(FastTextStatements.prefix)", "take it out of the text")
        }
        bytes.append(contentsOf: (words + [text]).joined(separator: " ").utf8)
        bytes.append(0x0a)
      } catch { errors.append(error) }
    }
    guard errors.isEmpty else { throw errors }
    return bytes
  }

  private func unwritable(
    _ statement: Statement, _ found: String, _ remedy: String
  ) -> DataError {
    DataError(
      .unwritable, at: statement.location,
      "found \(found); a line of fastText cannot hold it: \(remedy), or write JSONL")
  }

  /// A CSV of all columns beside the text and the tasks, one row a statement, for formats that cannot
  /// hold them; `nil` where there are none.
  public func columns() -> [UInt8]? {
    let fields = fields
    guard !fields.isEmpty else { return nil }
    var bytes: [UInt8] = []
    DelimitedText.appendRecord(fields.map(\.name), delimiter: UInt8(ascii: ","), to: &bytes)
    for statement in statements {
      DelimitedText.appendRecord(
        fields.map { Self.cell(value($0, statement)) }, delimiter: UInt8(ascii: ","), to: &bytes)
    }
    return bytes
  }

  private static func cell(_ value: FieldValue) -> String {
    switch value {
    case .text(let text): text
    case .json(let json): json
    case .missing: ""
    }
  }
}

extension StatementSet {
  /// The same statements with the columns of another set, row by row.
  ///
  /// - Parameter columns: read without texts and tasks.
  /// - Throws: when there is not one row a statement.
  public func adding(columns: StatementSet, file: String) throws(DataErrors) -> StatementSet {
    guard columns.statements.count == statements.count else {
      throw DataErrors([
        DataError(
          .wrongFieldCount, at: SourceLocation(file: file, line: 0),
          "found \(Wording.count(columns.statements.count, "row")) for "
            + "\(Wording.count(statements.count, "statement")); expected one each: give the file that was "
            + "written with them")
      ])
    }
    var layout = self.layout
    layout.columns += columns.layout.columns.map { column in
      guard case .extra(let index) = column.role else { return column }
      return .init(name: column.name, role: .extra(index + layout.extraColumns.count))
    }
    layout.extraColumns += columns.layout.extraColumns
    let joined = zip(statements, columns.statements).map { statement, row in
      var joined = row
      (joined.text, joined.annotations) = (statement.text, statement.annotations)
      joined.location = statement.location
      joined.extras = statement.extras + row.extras
      return joined
    }
    return StatementSet(
      statements: joined, layout: layout, skipped: skipped, notes: notes,
      mayHaveBlankTexts: mayHaveBlankTexts)
  }
}
