// How confusion matrices are written to and read from JSON: labels, then one array per row. What
// is read may come from a file that anyone has edited, so shapes and counts are checked here, and
// the types' own methods can rely on them.

/// Counts above this are refused when read: far more statements than any corpus has, and small
/// enough that no sum of them overflows.
private let maximumCount = 1 << 32

extension ConfusionMatrix: Codable {
  private enum CodingKeys: CodingKey { case labels, counts, unanswered }

  /// Reads labels, rows and unanswered counts; throws `DecodingError` when they do not fit.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let labels = try container.decodeLabels(forKey: .labels)
    let rows = try container.decode([[Int]].self, forKey: .counts)
    let unanswered = try container.decode([Int].self, forKey: .unanswered)
    try container.check(rows, forKey: .counts, size: labels.count)
    try container.check([unanswered], forKey: .unanswered, size: labels.count, rowCount: 1)
    self.init(labels: labels, counts: rows.flatMap(\.self), unanswered: unanswered)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(labels, forKey: .labels)
    try container.encode(rows(of: counts, width: labels.count), forKey: .counts)
    try container.encode(unanswered, forKey: .unanswered)
  }
}

extension LabelConfusion: Codable {
  private enum CodingKeys: CodingKey { case labels, counts }

  /// Reads labels and q + 1 rows; throws `DecodingError` when they do not fit.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let labels = try container.decodeLabels(forKey: .labels)
    let rows = try container.decode([[Int]].self, forKey: .counts)
    try container.check(rows, forKey: .counts, size: labels.count + 1)
    self.init(labels: labels, counts: rows.flatMap(\.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(labels, forKey: .labels)
    try container.encode(rows(of: counts, width: labels.count + 1), forKey: .counts)
  }
}

private func rows(of counts: [Int], width: Int) -> [[Int]] {
  stride(from: 0, to: counts.count, by: max(width, 1)).map { Array(counts[$0..<$0 + width]) }
}

extension KeyedDecodingContainer {
  /// Reads a list of distinct labels.
  func decodeLabels(forKey key: Key) throws -> [String] {
    let labels = try decode([String].self, forKey: key)
    guard Set(labels).count == labels.count else {
      throw corrupted(key, "a label occurs twice in \(key.stringValue); name each label once")
    }
    return labels
  }

  /// Reads a count in 0...2³².
  func decodeCount(forKey key: Key) throws -> Int {
    let count = try decode(Int.self, forKey: key)
    try check([[count]], forKey: key, size: 1)
    return count
  }

  /// Checks a table of counts: its shape (square, unless `rowCount` is given) and each number.
  fileprivate func check(
    _ table: [[Int]], forKey key: Key, size: Int, rowCount: Int? = nil
  ) throws {
    let expectedRows = rowCount ?? size
    guard table.count == expectedRows, table.allSatisfy({ $0.count == size }) else {
      throw corrupted(
        key,
        """
        \(key.stringValue) has \(table.count) rows of \(table.first?.count ?? 0) counts where the \
        labels ask for \(expectedRows) rows of \(size); write the file again with this tool
        """)
    }
    for count in table.joined() where !(0...maximumCount ~= count) {
      throw corrupted(
        key,
        """
        found the count \(count) in \(key.stringValue), expected 0 to \(maximumCount); write the \
        file again with this tool
        """)
    }
  }

  /// The error for a value that was read but cannot be.
  func corrupted(_ key: Key, _ message: String) -> DecodingError {
    .dataCorruptedError(forKey: key, in: self, debugDescription: message)
  }
}
