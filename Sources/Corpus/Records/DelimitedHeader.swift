/// The column names of a table and what they mean.
struct DelimitedHeader {
  private(set) var names: [String] = []
  private(set) var roles: [ColumnRole] = []

  init() {}

  /// Reads the header from the first record.
  ///
  /// - Throws: unnamed, duplicate and missing columns, all at once.
  init(
    _ records: DelimitedRecords, format: StatementFormat, columns: inout ColumnAssignment,
    _ buffer: borrowing ByteBuffer
  ) throws(DataErrors) {
    let location = buffer.location
    var errors = DataErrors()
    for field in records.fields {
      guard let name = records.string(field, in: buffer) else {
        throw DataErrors([DataError(.invalidUTF8, at: location, Wording.notUTF8("the header"))])
      }
      names.append(name.trimmed)
    }
    for error in nameErrors(at: location) + missingColumns(columns, format, at: location) {
      errors.append(error)
    }
    guard errors.isEmpty else { throw errors }
    do {
      for name in names {
        roles.append(try columns.role(of: name, canBeTask: true, at: location))
      }
    } catch { throw DataErrors([error]) }
  }

  private func nameErrors(at location: SourceLocation) -> [DataError] {
    var errors: [DataError] = []
    var firstColumn: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if name.isEmpty {
        // An unnamed only column is an empty header, and the missing text column says it all.
        guard names.count > 1 else { continue }
        errors.append(
          DataError(
            .unnamedColumn, at: location,
            "column \(index + 1) has no name; expected a name for every column: name it or remove "
              + "it (pandas writes an unnamed first column unless told index=False)"))
      } else if let first = firstColumn[name] {
        errors.append(
          DataError(
            .duplicateColumn, at: location,
            "columns \(first + 1) and \(index + 1) are both named \(Wording.found(name)); "
              + "expected different names: rename or remove one"))
      } else {
        firstColumn[name] = index
      }
    }
    return errors
  }

  private func missingColumns(
    _ columns: ColumnAssignment, _ format: StatementFormat, at location: SourceLocation
  ) -> [DataError] {
    var errors: [DataError] = []
    let text = columns.options.textColumn
    if !names.contains(text), columns.options.requiresText || names == [""] {
      let message =
        otherDelimiter(text, format)
        ?? "found no column \(Wording.quoted(text)) among \(Wording.list(found: names)); expected one: "
        + "name the column of the text with --text-column\(likelyTextColumn(text))"
      errors.append(DataError(.missingColumn, at: location, message))
    }
    for (task, column) in columns.requiredLabelColumns where !names.contains(column) {
      errors.append(
        DataError(
          .missingColumn, at: location,
          "found no column \(Wording.quoted(column)) for task \(Wording.quoted(task)) among "
            + "\(Wording.list(found: names)); expected one: correct --label-column"
            + Wording.suggestion(for: column, among: names)))
    }
    return errors
  }

  private func likelyTextColumn(_ text: String) -> String {
    guard let likely = NearestName.find(text, among: names) else { return "" }
    return " \(Wording.quoted(likely))"
  }

  /// The message for a table whose delimiter is not the one of its format.
  private func otherDelimiter(_ text: String, _ format: StatementFormat) -> String? {
    let candidates: [(Character, String)] = [(";", "semicolons"), ("\t", "tabs"), (",", "commas")]
    for (delimiter, plural) in candidates {
      let columns = names.flatMap { $0.split(separator: delimiter) }
      guard columns.count > names.count,
        columns.contains(where: { String($0).trimmed.unquoted == text })
      else { continue }
      let expected = format == .tsv ? "tabs" : "commas"
      let remedy =
        switch plural {
        case "tabs": "name the file .tsv, or save it with commas"
        case "commas": "name the file .csv, or save it with tabs"
        default: "save it with \(expected)"
        }
      return "the columns are separated by \(plural); expected \(expected): \(remedy)"
    }
    return nil
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    guard let first = unicodeScalars.first, let last = unicodeScalars.last,
      first.properties.isWhitespace || last.properties.isWhitespace
    else { return self }
    let scalars = unicodeScalars.drop { $0.properties.isWhitespace }
    guard let end = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(scalars[...end])
  }

  /// Without quotes around it.
  fileprivate var unquoted: String {
    count >= 2 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
  }
}
