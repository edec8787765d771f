/// The column names of a table and what they mean.
struct DelimitedHeader {
  private(set) var names: [String] = []
  private(set) var roles: [ColumnRole] = []

  init() {}

  /// Reads the header from the first record.
  ///
  /// - Throws: unnamed, duplicate and missing columns, all at once.
  init(
    _ records: DelimitedRecords, columns: inout ColumnAssignment, _ buffer: borrowing ByteBuffer
  ) throws(DataErrors) {
    let location = buffer.location
    var errors = DataErrors()
    for field in records.fields {
      guard let name = records.string(field, in: buffer) else {
        throw DataErrors([DataError(.invalidUTF8, at: location, Wording.notUTF8("the header"))])
      }
      names.append(name.trimmed)
    }
    for error in nameErrors(at: location) + missingColumns(columns, at: location) {
      errors.append(error)
    }
    guard errors.isEmpty else { throw errors }
    do {
      for name in names {
        roles.append(try columns.role(of: name, canBeTask: true, at: location))
      }
    } catch { throw DataErrors([error]) }
  }

  /// The same in memory of its own.
  func copied() -> DelimitedHeader {
    var copy = DelimitedHeader()
    for (name, role) in zip(names, roles) {
      copy.names.append(name)
      copy.roles.append(role)
    }
    return copy
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
    _ columns: ColumnAssignment, at location: SourceLocation
  ) -> [DataError] {
    var errors: [DataError] = []
    let text = columns.options.textColumn
    if !names.contains(text), columns.options.requiresText || names == [""] {
      errors.append(
        DataError(
          .missingColumn, at: location,
          "found no column \(Wording.quoted(text)) among \(Wording.list(found: names)); expected "
            + "one: name the column of the text with --text-column\(likelyTextColumn(text))"))
    }
    for (column, purpose, option) in columns.requiredColumns where !names.contains(column) {
      errors.append(
        DataError(
          .missingColumn, at: location,
          "found no column \(Wording.quoted(column)) for \(purpose) among "
            + "\(Wording.list(found: names)); expected one: correct \(option)"
            + Wording.suggestion(for: column, among: names)))
    }
    return errors
  }

  private func likelyTextColumn(_ text: String) -> String {
    guard let likely = NearestName.find(text, among: names) else { return "" }
    return " \(Wording.quoted(likely))"
  }
}

extension String {
  /// Whether there is nothing but white space.
  var isBlank: Bool {
    if let first = utf8.first, (0x21...0x7e).contains(first) { return false }
    return trimmed.isEmpty
  }

  /// Without white space at both ends.
  var trimmed: String {
    // Nearly every text begins and ends with visible ASCII, which is told without Unicode's tables.
    if let first = utf8.first, let last = utf8.last, (0x21...0x7e).contains(first),
      (0x21...0x7e).contains(last)
    {
      return self
    }
    guard let first = unicodeScalars.first, let last = unicodeScalars.last,
      first.properties.isWhitespace || last.properties.isWhitespace
    else { return self }
    let scalars = unicodeScalars.drop { $0.properties.isWhitespace }
    guard let end = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(scalars[...end])
  }
}
