import StanceKit

/// Statements all together, or divided by a column.
struct ReportPartition {
  /// The column; `nil` for all statements together.
  let by: String?
  let groups: [StatementGroup]
  /// What the user should know of the column.
  var note: String?

  /// What a report divides statements by where nobody says what.
  private static let usualColumns = ["source", "speaker", "month"]

  /// All statements together, and those of each value of the columns that there are.
  ///
  /// - Parameter columns: the usual ones where empty.
  static func all(
    _ statements: [Statement], _ layout: StatementLayout, _ columns: [String]
  ) throws -> [ReportPartition] {
    var found = [
      ReportPartition(
        by: nil, groups: [StatementGroup(name: nil, rows: Array(statements.indices))])
    ]
    for name in columns.isEmpty ? usualColumns : columns.distinct
    where StatementGrouping.isPossible(name, layout) {
      let grouping = try StatementGrouping(name, statements, layout)
      // A column that tells nothing apart, or nearly every statement from every other, tells no more.
      let isUseful = grouping.groups.count > 1 && grouping.groups.count * 2 <= statements.count
      if !columns.isEmpty || isUseful {
        found.append(ReportPartition(by: name, groups: grouping.groups, note: grouping.note))
      }
    }
    return found
  }

  /// Whether each column is in one of the files.
  ///
  /// - Throws: an error that lists the columns of the first.
  static func check(_ columns: [String], in layouts: [StatementLayout]) throws {
    for name in columns where !layouts.contains(where: { StatementGrouping.isPossible(name, $0) }) {
      for layout in layouts.prefix(1) { _ = try StatementGrouping(name, [], layout) }
    }
  }

  /// The groups that are shown: lists of them are cut short, all together is no list.
  func shown(_ limit: Int) -> [StatementGroup] {
    by == nil ? groups : Array(groups.prefix(limit))
  }
}
