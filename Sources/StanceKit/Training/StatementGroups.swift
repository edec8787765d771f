/// The statements that must not be split between training and testing: those of one group, and
/// near-duplicates.
struct StatementGroups {
  /// One number for each statement, the same within a group.
  let numbers: [Int]
  let count: Int
  /// Statements that have an earlier near-duplicate.
  let nearDuplicateCount: Int
  /// The first of them and the earlier statement that it is like, as indices of statements.
  let firstNearDuplicate: (later: Int, earlier: Int)?

  init(_ statements: [Statement]) {
    let clusters = NearDuplicates().clusters(of: statements.map(\.text))
    var sets = DisjointSets(count: statements.count)
    var firstOfGroup: [String: Int] = [:]
    for (index, statement) in statements.enumerated() {
      sets.join(index, clusters[index])
      if let group = statement.group {
        if let first = firstOfGroup[group] {
          sets.join(index, first)
        } else {
          firstOfGroup[group] = index
        }
      }
    }
    numbers = statements.indices.map { sets.first(of: $0) }
    count = Set(numbers).count
    nearDuplicateCount = clusters.indices.count { clusters[$0] != $0 }
    firstNearDuplicate = clusters.indices.first { clusters[$0] != $0 }.map { ($0, clusters[$0]) }
  }
}

extension Folds {
  /// Folds that keep groups whole and balance the labels of all tasks and the languages.
  init(
    _ statements: [Statement], _ tasks: [TaskData], languages: [String?],
    _ groups: StatementGroups, count: Int, seed: UInt64, repeat index: Int
  ) throws {
    var indicators = [[Int]](repeating: [], count: statements.count)
    var next = 0
    for task in tasks {
      for (row, gold) in task.gold.enumerated() {
        indicators[row] += (gold ?? []).map { next + $0 }
      }
      next += task.labelCount
    }
    let known = Set(languages.compactMap(\.self)).sorted()
    for (row, language) in languages.enumerated() {
      if let language, let index = known.firstIndex(of: language) {
        indicators[row].append(next + index)
      }
    }
    // Each repeat has a stretch of the seed's numbers to itself, the first the seed's own.
    var generator = SplitMix64(seed: seed &+ UInt64(index) &* 0xD1B5_4A32_D192_ED03)
    do {
      try self.init(
        groups: groups.numbers, labels: indicators, labelCount: next + known.count,
        count: count, using: &generator)
    } catch {
      throw TrainingError(
        .tooFewGroups,
        "\(count) folds need at least \(count) groups of statements that are no near-duplicates of "
          + "each other, found \(groups.count)\(Self.nearDuplicates(statements, groups)); add "
          + "statements, or use fewer folds (--folds)")
    }
  }

  /// How many statements are near-duplicates, with a pair to look at.
  private static func nearDuplicates(_ statements: [Statement], _ groups: StatementGroups) -> String
  {
    guard let pair = groups.firstNearDuplicate else { return "" }
    let count = groups.nearDuplicateCount
    let places = [pair.later, pair.earlier].map { statements[$0].location.description }
    return " (\(count) \(count == 1 ? "is a near-duplicate" : "are near-duplicates") of an earlier "
      + "one, such as \(places[0]) of \(places[1]))"
  }
}
