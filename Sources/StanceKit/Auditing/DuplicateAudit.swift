/// Statements that say the same, and whether their labels do.
public struct DuplicateAudit: Sendable {
  /// Statements that are near-duplicates of each other.
  public struct Cluster: Hashable, Sendable {
    /// Rising, at least two.
    public let rows: [Int]
    /// How many texts there are that differ by more than white space.
    public let distinctTextCount: Int
    /// Indices of the codebook's tasks that label the cluster's statements differently.
    public let conflictingTasks: [Int]

    /// Whether all texts are the same but for white space.
    public var isExact: Bool { distinctTextCount == 1 }
  }

  /// In the order of their first statements.
  public let clusters: [Cluster]
  /// For each statement the first of its cluster; itself where it is alone.
  let firstOfCluster: [Int]

  init(_ data: LabelledStatements) {
    let texts = data.statements.map { Self.plain($0.text) }
    firstOfCluster = Self.clusters(texts)
    var members: [Int: [Int]] = [:]
    for (row, first) in firstOfCluster.enumerated() { members[first, default: []].append(row) }
    clusters = members.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { _, rows in
      Cluster(
        rows: rows, distinctTextCount: Set(rows.map { texts[$0] }).count,
        conflictingTasks: data.annotations.indices.filter { task in
          let labels = rows.map { data.annotations[task][$0] }.filter { $0 != .unlabelled }
          return labels.contains { $0 != labels[0] }
        })
    }
  }

  /// Statements that have an earlier one with the same text.
  public var exactCopyCount: Int {
    clusters.reduce(0) { $0 + $1.rows.count - $1.distinctTextCount }
  }

  /// Statements that have an earlier one with nearly, but none with exactly, the same text.
  public var nearCopyCount: Int { clusters.reduce(0) { $0 + $1.distinctTextCount - 1 } }

  /// For each text the first of its cluster. The same texts are one even where they have no word by
  /// which near-duplicates could be known.
  private static func clusters(_ texts: [String]) -> [Int] {
    var firsts = NearDuplicates().clusters(of: texts)
    var firstOfText: [String: Int] = [:]
    for (row, text) in texts.enumerated() where firsts[row] == row {
      if let first = firstOfText[text] {
        firsts[row] = first
      } else {
        firstOfText[text] = row
      }
    }
    return firsts
  }

  private static func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
