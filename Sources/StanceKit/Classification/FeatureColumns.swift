/// Where statements of a layout hold the values of a recipe's columns.
public struct FeatureColumns: Sendable {
  private enum Place {
    case known(KnownColumn)
    case extra(Int)
    /// The layout has no such column, and nothing is known of it.
    case absent
  }

  private let places: [Place]
  /// The columns that the layout does not have.
  public let absent: [String]

  /// The columns of a recipe: `language`, `speaker`, `source`, `date` and `group` by these names,
  /// whatever they are called in the file, and all that mean nothing else.
  public init(_ recipe: Recipe, layout: StatementLayout) {
    self.init(recipe.columns?.names ?? [], layout: layout)
  }

  init(_ names: [String], layout: StatementLayout) {
    places = names.map { name in
      if let known = KnownColumn(rawValue: name) {
        Self.allowed.contains(known) && layout.has(known) ? .known(known) : .absent
      } else {
        layout.extraColumns.firstIndex(of: name).map(Place.extra) ?? .absent
      }
    }
    absent = zip(names, places).compactMap { name, place in
      if case .absent = place { name } else { nil }
    }
  }

  private static let allowed: Set<KnownColumn> = [.language, .speaker, .source, .date, .group]

  /// The columns that can be features of statements of a layout.
  public static func possible(in layout: StatementLayout) -> [String] {
    layout.presentColumns.filter(allowed.contains).map(\.rawValue) + layout.extraColumns
  }

  /// For each column the statement's value, `nil` where it has none; empty where the recipe has no
  /// columns.
  public func values(of statement: borrowing Statement) -> [String?] {
    places.map { place in
      switch place {
      case .known(.language): statement.language
      case .known(.speaker): statement.speaker
      case .known(.source): statement.source
      case .known(.date): statement.date
      case .known(.group): statement.group
      case .known, .absent: nil
      case .extra(let index) where index >= statement.extras.count: nil
      case .extra(let index):
        switch statement.extras[index] {
        case .text(let text): text
        case .json(let json): json == "null" ? nil : json
        case .missing: nil
        }
      }
    }
  }

  /// One column after another, each with one value a statement.
  func columns(of statements: [Statement]) -> [[String?]] {
    var columns = places.map { _ in [String?]() }
    guard !columns.isEmpty else { return [] }
    for statement in statements {
      for (column, value) in values(of: statement).enumerated() { columns[column].append(value) }
    }
    return columns
  }
}
