internal import CMachine

/// Gathers statements, errors, columns and ids over several files.
struct StatementCollector: Sendable {
  private(set) var columns: ColumnAssignment
  private(set) var nextOrdinal = 1
  var errors = DataErrors()
  private var skipped = DataErrors()
  private var notes: [DataNote] = []
  private var statements: [Statement] = []
  private var mayHaveBlankTexts = false
  private var ids = KnownIDs()
  /// Whether some id is not its statement's number. Until then no two are the same, and none is in
  /// `ids`.
  private var hasOwnIDs = false
  /// Fewer bytes are not worth whole huge pages, of which a part may never be touched.
  private static let worthHugePages = 1 << 22
  /// How many columns there were when the first statement was read.
  private var firstColumnCount: Int?

  init(_ options: ReadingOptions) throws(DataErrors) {
    do { columns = try ColumnAssignment(options) } catch { throw DataErrors([error]) }
  }

  init(_ columns: ColumnAssignment) {
    self.columns = columns
  }

  /// Reads what is left of a file.
  mutating func collect(_ reader: consuming StatementReader) {
    notes += reader.notes
    firstColumnCount = firstColumnCount ?? reader.columns.layout.fieldCount
    if let parts = reader.parts() {
      columns = reader.columns
      guard let rest = parts.read(into: &self) else { return }
      collectInTurn(rest)
    } else {
      collectInTurn(reader)
    }
  }

  /// Reads what is left of a reader record by record.
  private mutating func collectInTurn(_ reader: consuming StatementReader) {
    var isAtEnd = false
    while !isAtEnd {
      do throws(DataError) {
        guard let statement = try reader.next() else {
          isAtEnd = true
          continue
        }
        let hash = KnownIDs.hash(statement.id)
        if let first = known(statement.id, hash, isNumber: reader.isNumbered) {
          try reader.reject(repeatedID(of: statement, first: first))
        } else {
          statements.append(statement)
        }
      } catch { errors.append(error) }
    }
    columns = reader.columns
    nextOrdinal = reader.nextOrdinal
    mayHaveBlankTexts = mayHaveBlankTexts || reader.mayHaveBlankTexts
    skipped.append(contentsOf: reader.skipped)
  }

  /// Takes what was read of a part of a file, after all that comes before it.
  ///
  /// - Parameter line: that on which the part starts.
  mutating func append(_ part: PartReading, startingAt line: Int) {
    var taken = part.takeStatements()
    var failures = part.failures[...]
    mayHaveBlankTexts = mayHaveBlankTexts || part.mayHaveBlankTexts
    let blank = Statement(id: "", text: "", location: SourceLocation(file: "", line: 0))
    for index in taken.indices {
      while let failure = failures.first, failure.position <= index {
        reject(failure.error.moved(by: line - 1))
        nextOrdinal += 1
        failures.removeFirst()
      }
      if index % KnownIDs.touched == 0 { ids.touch(part.hashes[index...]) }
      let isNumber = taken[index].id.isEmpty
      if isNumber { taken[index].id = String(nextOrdinal) }
      taken[index].location.moveDown(by: line - 1)
      nextOrdinal += 1
      let hash = part.hashes[index]
      if let first = known(taken[index].id, hash, isNumber: isNumber) {
        reject(repeatedID(of: taken[index], first: first))
      } else {
        // Moved, as copying it would count a reference to each of its strings.
        statements.append(blank)
        swap(&statements[statements.count - 1], &taken[index])
      }
    }
    for failure in failures {
      reject(failure.error.moved(by: line - 1))
      nextOrdinal += 1
    }
  }

  private mutating func reject(_ error: DataError) {
    if columns.options.skipsInvalid { skipped.append(error) } else { errors.append(error) }
  }

  /// Remembers the id of the next statement; the statement that had it before, if one had.
  ///
  /// - Parameters:
  ///   - hash: that of the id.
  ///   - isNumber: whether it is the statement's number.
  private mutating func known(_ id: String, _ hash: UInt32?, isNumber: Bool) -> Int? {
    if columns.options.allowsRepeatedIDs || isNumber && !hasOwnIDs { return nil }
    if !hasOwnIDs {
      hasOwnIDs = true
      for index in statements.indices {
        let id = statements[index].id
        _ = ids.statement(with: id, KnownIDs.hash(id), orElse: index, among: statements)
      }
    }
    return ids.statement(with: id, hash, orElse: statements.count, among: statements)
  }

  private func repeatedID(of statement: Statement, first: Int) -> DataError {
    DataError(
      .duplicateID, at: statement.location,
      "id \(Wording.quoted(statement.id)) was already at \(statements[first].location); expected "
        + "a different id for every statement: change or remove one")
  }

  /// Makes room for about so many statements more.
  mutating func reserve(_ capacity: Int) {
    statements.reserveCapacity(statements.count + capacity)
    let byteCount = statements.capacity * MemoryLayout<Statement>.stride
    if byteCount >= Self.worthHugePages {
      statements.withUnsafeMutableBufferPointer {
        stancekit_prefer_huge_pages($0.baseAddress, byteCount)
      }
    }
    if !columns.options.allowsRepeatedIDs { ids.reserve(statements.count + capacity) }
  }

  consuming func finish() -> (set: StatementSet, errors: DataErrors) {
    let layout = columns.layout
    // Records that were read before a later one or a later file brought another column.
    let isUneven = firstColumnCount != layout.fieldCount
    for index in isUneven ? statements.indices : 0..<0 {
      let missing = layout.extraColumns.count - statements[index].extras.count
      if missing > 0 {
        statements[index].extras += Array(repeating: .missing, count: missing)
      }
      let unlabelled = layout.taskColumns.count - statements[index].annotations.count
      if unlabelled > 0 {
        statements[index].annotations += Array(repeating: nil, count: unlabelled)
      }
    }
    if !skipped.isEmpty {
      notes.append(.leftOut(skipped.count, of: statements.count + skipped.count))
    }
    let set = StatementSet(
      statements: statements, layout: layout, skipped: skipped, notes: notes,
      mayHaveBlankTexts: mayHaveBlankTexts)
    return (set, errors)
  }
}

extension StatementLayout {
  /// How many places a statement has for annotations and extras; columns may be added, and none goes.
  fileprivate var fieldCount: Int { taskColumns.count + extraColumns.count }
}

extension DataError {
  /// The same some lines further down, unless it means the file as a whole.
  fileprivate func moved(by lines: Int) -> DataError {
    guard var location, location.line > 0 else { return self }
    location.moveDown(by: lines)
    return DataError(code, at: location, message)
  }
}
