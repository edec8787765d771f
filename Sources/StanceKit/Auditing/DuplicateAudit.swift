/// Statements that say the same, and whether their labels do.
public struct DuplicateAudit: Sendable {
  /// Statements that are near-duplicates of each other.
  public struct Cluster: Hashable, Sendable {
    /// Rising, at least two.
    public let rows: [Int]
    /// Whether all texts are the same but for white space around them.
    public let isExact: Bool
    /// Indices of the codebook's tasks that label the cluster's statements differently.
    public let conflictingTasks: [Int]
  }

  /// In the order of their first statements.
  public let clusters: [Cluster]
  /// For each statement the first of its cluster; itself where it is alone.
  let firstOfCluster: [Int]

  init(_ data: LabelledStatements) {
    let texts = data.statements.map { Self.plain($0.text) }
    firstOfCluster = NearDuplicates().clusters(of: texts)
    var members: [Int: [Int]] = [:]
    for (row, first) in firstOfCluster.enumerated() { members[first, default: []].append(row) }
    clusters = members.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { _, rows in
      Cluster(
        rows: rows, isExact: rows.allSatisfy { texts[$0] == texts[rows[0]] },
        conflictingTasks: data.annotations.indices.filter { task in
          let labels = rows.map { data.annotations[task][$0] }.filter { $0 != .unlabelled }
          return labels.contains { $0 != labels[0] }
        })
    }
  }

  /// Statements that have an earlier one with the same text.
  public var exactCopyCount: Int {
    clusters.filter(\.isExact).reduce(0) { $0 + $1.rows.count - 1 }
  }

  /// Statements that have an earlier one with nearly the same text, in clusters that are not exact.
  public var nearCopyCount: Int {
    clusters.filter { !$0.isExact }.reduce(0) { $0 + $1.rows.count - 1 }
  }

  private static func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
