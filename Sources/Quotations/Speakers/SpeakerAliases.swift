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

  /// Lets a name stand for an entry; capitals and vowel signs do not matter.
  public mutating func add(_ name: String, _ entry: Entry) { entries[Self.key(name)] = entry }

  var isEmpty: Bool { entries.isEmpty }

  subscript(name: String) -> Entry? { entries.isEmpty ? nil : entries[Self.key(name)] }

  private static func key(_ name: String) -> UInt64 {
    WordHash.of(name.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }
}
