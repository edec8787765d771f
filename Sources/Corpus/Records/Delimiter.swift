/// What separates the fields of a table.
enum Delimiter: UInt8, CaseIterable {
  case comma = 0x2c
  case semicolon = 0x3b
  case tab = 0x09

  /// The delimiter that a format's name promises.
  init(of format: StatementFormat) { self = format == .tsv ? .tab : .comma }

  /// The one delimiter that cuts a header into fields of which one has this name; `nil` when none
  /// does, or several do.
  init?(cutting header: String, into name: String) {
    let fitting = Self.allCases.filter { $0.cuts(header, into: name) }
    guard fitting.count == 1 else { return nil }
    self = fitting[0]
  }

  /// `comma`, for messages.
  var name: String { "\(self)" }

  private func cuts(_ header: String, into name: String) -> Bool {
    let fields = header.split(separator: Character(Unicode.Scalar(rawValue)))
    return fields.count > 1 && fields.contains { String($0).trimmed.unquoted == name }
  }
}

extension String {
  /// Without quotes around it.
  var unquoted: String {
    count >= 2 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
  }
}
