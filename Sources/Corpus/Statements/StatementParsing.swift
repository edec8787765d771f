/// Turns the bytes of one format into statements.
protocol StatementParsing {
  /// The columns met so far.
  var columns: ColumnAssignment { get }

  /// What the user should know of how the file is read.
  var notes: [DataNote] { get }

  /// Reads the next record into a statement that has nothing but defaults. Its id stays empty when
  /// the record has none.
  ///
  /// Filling the caller's statement spares the copies that returning such a large value costs.
  ///
  /// - Returns: `false` at the end.
  /// - Throws: what is wrong with the record; the next call goes on after it.
  mutating func read(
    into statement: inout Statement, from buffer: inout ByteBuffer
  ) throws(DataError) -> Bool

  /// Reads the next record only to see whether anything is wrong with it: returns and throws as
  /// ``read(into:from:)``.
  mutating func check(_ buffer: inout ByteBuffer) throws(DataError) -> Bool

  /// Steps over the record read last, or the header, and gives parsers of what follows; `nil` where a
  /// record means what those before it make of it.
  mutating func parts(_ buffer: inout ByteBuffer) -> (any PartParsing)?
}

/// Turns a part of a file into statements.
protocol PartParsing: StatementParsing, Sendable {
  /// Where in some bytes from the middle of a file a record is likely to begin: behind a line feed;
  /// `nil` where none is likely.
  func likelyStart(in bytes: [UInt8]) -> Int?

  /// The same parser for a part that is not the first; it shares no memory with others, as threads
  /// that count references to the same memory wait for each other.
  func ofLaterPart() -> any PartParsing
}

extension StatementParsing {
  var notes: [DataNote] { [] }

  mutating func parts(_ buffer: inout ByteBuffer) -> (any PartParsing)? { nil }

  mutating func check(_ buffer: inout ByteBuffer) throws(DataError) -> Bool {
    var statement = Statement(id: "", text: "", location: buffer.location)
    return try read(into: &statement, from: &buffer)
  }
}

/// Plain text: every line is a statement, also an empty one.
struct PlainTextStatements: PartParsing {
  private(set) var columns: ColumnAssignment
  private var lines = LineRecords(breaksAtCarriageReturn: true)

  init(_ columns: ColumnAssignment, name: String) throws(DataErrors) {
    self.columns = columns
    let location = SourceLocation(file: name, line: 0)
    do {
      _ = try self.columns.role(of: columns.options.textColumn, canBeTask: false, at: location)
    } catch { throw DataErrors([error]) }
  }

  mutating func read(
    into statement: inout Statement, from buffer: inout ByteBuffer
  ) throws(DataError) -> Bool {
    guard let line = try lines.next(from: &buffer) else { return false }
    guard let text = buffer.string(line) else {
      throw DataError(.invalidUTF8, at: buffer.location, Wording.notUTF8("the line"))
    }
    statement.text = text
    statement.location = buffer.location
    columns.makeRoom(in: &statement)
    return true
  }

  mutating func parts(_ buffer: inout ByteBuffer) -> (any PartParsing)? {
    lines.leave(&buffer)
    return self
  }

  func likelyStart(in bytes: [UInt8]) -> Int? { bytes.firstIndex(of: 0x0a).map { $0 + 1 } }

  func ofLaterPart() -> any PartParsing { self }
}

extension ColumnAssignment {
  /// Gives a statement a place for each field of the layout.
  func makeRoom(in statement: inout Statement) {
    statement.annotations = Array(repeating: nil, count: layout.taskColumns.count)
    statement.extras = Array(repeating: .missing, count: layout.extraColumns.count)
  }
}

extension Wording {
  /// The message for bytes that are not UTF-8.
  static func notUTF8(_ place: String) -> String {
    "found bytes that are not UTF-8 in \(place); expected UTF-8: save the file as UTF-8 (it may be "
      + "Windows-1252, Windows-1256 or Latin-1)"
  }
}

extension Statement {
  /// Sets a known field other than text and weight; an empty value is none.
  mutating func set(_ column: KnownColumn, to value: String) {
    guard !value.isEmpty else { return }
    switch column {
    case .id: id = value
    case .language: language = value
    case .speaker: speaker = value
    case .source: source = value
    case .date: date = value
    case .group: group = value
    case .text, .weight: preconditionFailure("the text and the weight are set by themselves")
    }
  }

  /// What a weight other than 0 may be: beyond it, sums of weights lose their digits.
  private static let weights = 1e-6...1e6

  /// Sets the weight from what a file has in its place.
  ///
  /// - Throws: ``DataError/Code/badWeight`` unless it is 0 or in 1e-6...1e6.
  mutating func setWeight(_ value: String) throws(DataError) {
    guard value.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
      let number = Double(value), number == 0 || Self.weights.contains(number)
    else {
      throw DataError(
        .badWeight, at: location,
        "found weight \(Wording.found(value)); expected 0 or a number from 0.000001 to 1000000, with a "
          + "decimal point: correct it, or leave it empty for 1")
    }
    weight = number
  }
}
