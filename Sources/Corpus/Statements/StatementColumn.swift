/// One column of a set, to divide statements by what stands in it.
public struct StatementColumn: Hashable, Sendable {
  /// The name in the file.
  public let name: String
  private let role: ColumnRole

  /// Finds a column by its name in the file, or by the name of what it means.
  ///
  /// - Throws: ``DataError/Code/missingColumn``, with the columns there are.
  public init(
    named name: String, in layout: StatementLayout, option: String
  ) throws(DataError) {
    guard
      let column = layout.columns.first(where: { $0.name == name })
        ?? layout.columns.first(where: { $0.role == KnownColumn(rawValue: name).map { .known($0) } }
        )
    else {
      let names = layout.columns.map(\.name)
      throw DataError(
        .missingColumn, at: nil,
        "found no column \(Wording.quoted(name)), which \(option) names; expected one of "
          + "\(Wording.list(found: names)): correct it"
          + Wording.suggestion(for: name, among: names))
    }
    (self.name, role) = (name, column.role)
  }

  /// What stands in the column, without white space around it; `nil` where nothing does.
  public func value(of statement: Statement) -> String? {
    let value: String? =
      switch role {
      case .known(.id): statement.id
      case .known(.text): statement.text
      case .known(.language): statement.language
      case .known(.speaker): statement.speaker
      case .known(.source): statement.source
      case .known(.date): statement.date
      case .known(.group): statement.group
      case .known(.weight): String(statement.weight)
      case .task(let task):
        task < statement.annotations.count ? statement.annotations[task] : nil
      case .extra(let extra):
        extra < statement.extras.count ? statement.extras[extra].plainText : nil
      }
    let trimmed = value?.trimmed
    return trimmed?.isEmpty ?? true ? nil : trimmed
  }
}

extension FieldValue {
  /// The text of a string, any other value as it was written; `nil` where there is none.
  public var plainText: String? {
    switch self {
    case .text(let text): text
    case .json(let literal): literal == "null" ? nil : literal
    case .missing: nil
    }
  }
}
