import Corpus

/// Names by which an analyst knows the speakers, with their parties.
public struct SpeakerAliases: Sendable {
  public struct Entry: Hashable, Sendable {
    public var name: String
    public var party: String?

    public init(name: String, party: String?) {
      self.name = name
      self.party = party
    }
  }

  private var entries: [UInt64: Entry] = [:]

  public init() {}

  /// Reads a table with the columns `alias` and `name`, and `party` where it is known: CSV, TSV or
  /// JSONL, one alias a record.
  ///
  /// - Throws: ``DataErrors`` when the file cannot be read or has no such columns.
  public init(contentsOf path: String) throws {
    var reader = try StatementReader(
      contentsOf: path, options: ReadingOptions(textColumn: "alias"))
    while let record = try reader.next() {
      let fields = Dictionary(
        zip(reader.layout.extraColumns, record.extras), uniquingKeysWith: { first, _ in first })
      guard case .text(let name)? = fields["name"], !name.isEmpty else {
        throw DataErrors([
          DataError(
            .missingColumn, at: record.location,
            "found no \"name\" for an alias; expected the columns alias, name and, where it is known, "
              + "party: add it")
        ])
      }
      var party: String?
      if case .text(let text)? = fields["party"], !text.isEmpty { party = text }
      add(record.text, Entry(name: name, party: party))
    }
  }

  /// Lets a name stand for an entry; capitals and vowel signs do not matter.
  public mutating func add(_ name: String, _ entry: Entry) { entries[Self.key(name)] = entry }

  var isEmpty: Bool { entries.isEmpty }

  subscript(name: String) -> Entry? { entries.isEmpty ? nil : entries[Self.key(name)] }

  private static func key(_ name: String) -> UInt64 {
    WordHash.of(name.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }
}
