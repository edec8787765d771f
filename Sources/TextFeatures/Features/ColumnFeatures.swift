/// What is known of a statement beside its text: for each value that a column has in enough training
/// statements one feature, 1 where a statement has the value. Rows of this block are not scaled.
///
/// Such features say what a text cannot, and what is not said: a model that knows its speakers judges
/// a new speaker by the text alone.
public struct ColumnFeatures: Hashable, Codable, Sendable {
  /// The columns' names, at least one, each once.
  public var names: [String]
  /// A value that fewer training statements have is left out; at least 1.
  public var minimumDocumentFrequency: Int

  public init(_ names: [String], minimumDocumentFrequency: Int = 2) {
    self.names = names
    self.minimumDocumentFrequency = minimumDocumentFrequency
    precondition(isValid, "columns have different names, and document frequencies start at 1")
  }

  var isValid: Bool {
    !names.isEmpty && names.allSatisfy { !$0.isEmpty } && Set(names).count == names.count
      && minimumDocumentFrequency >= 1
  }

  /// The features of one statement's values, `nil` where it has none: `speaker=foreign minister`.
  ///
  /// Values are read as texts are, so that letter case and Unicode spellings make no difference.
  static func terms(
    _ names: [String], values: [String?], _ scanner: inout TextScanner
  ) -> [String] {
    zip(names, values).compactMap { name, value in
      guard let value else { return nil }
      scanner.scan(value)
      let normalized = scanner.normalizedText.split(whereSeparator: \.isWhitespace)
      return normalized.isEmpty ? nil : "\(name)=\(normalized.joined(separator: " "))"
    }
  }
}
