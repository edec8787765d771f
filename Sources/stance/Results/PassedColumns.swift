import StanceKit

/// The input's columns as they come out again, in their order.
struct PassedColumns {
  struct Column {
    let name: String
    let role: ColumnRole
  }

  let columns: [Column]

  /// - Parameters:
  ///   - own: names that results bring themselves; an input column of such a name is shown as
  ///     `input.NAME`.
  ///   - leavingOut: columns that come out elsewhere.
  init(
    _ layout: StatementLayout, tasks: [AnswerFields], own: Set<String>,
    leavingOut isLeftOut: (ColumnRole) -> Bool = { _ in false }
  ) {
    self.init(
      layout, own: own.union(["coverage", "evidence"]).union(tasks.flatMap(\.columns)),
      goldSuffix: ".gold", leavingOut: isLeftOut)
  }

  /// - Parameters:
  ///   - own: names of which an input column is shown as `input.NAME`.
  ///   - goldSuffix: what follows the names of tasks, to tell labels of the input from answers.
  ///   - leavingOut: columns that come out elsewhere.
  init(
    _ layout: StatementLayout, own: Set<String>, goldSuffix: String,
    leavingOut isLeftOut: (ColumnRole) -> Bool = { _ in false }
  ) {
    let passed = layout.columns.filter { !isLeftOut($0.role) }.map { column in
      switch column.role {
      // Beside the answer to the same question.
      case .task(let task):
        Column(name: layout.taskColumns[task] + goldSuffix, role: column.role)
      case .known, .extra: Column(name: column.name, role: column.role)
      }
    }
    var own = own
    for column in passed where column.isTask { own.insert(column.name) }
    var taken = own.union(passed.map(\.name))
    columns = passed.map { column in
      guard !column.isTask, own.contains(column.name) else { return column }
      var name = column.name
      repeat { name = "input.\(name)" } while !taken.insert(name).inserted
      return Column(name: name, role: column.role)
    }
  }
}

extension PassedColumns.Column {
  fileprivate var isTask: Bool { if case .task = role { true } else { false } }
}

extension Statement {
  /// A field as it goes into a result; ``FieldValue/missing`` where the record has none.
  func field(_ role: ColumnRole) -> FieldValue {
    switch role {
    case .known(.id): .text(id)
    case .known(.text): .text(text)
    case .known(.weight): .json(weight.formattedShortest)
    case .known(.language): .init(language)
    case .known(.speaker): .init(speaker)
    case .known(.source): .init(source)
    case .known(.date): .init(date)
    case .known(.group): .init(group)
    case .task(let task): .init(gold(task))
    case .extra(let extra): extra < extras.count ? extras[extra] : .missing
    }
  }

  /// The labels that the input gives for a task, joined by `;`.
  func gold(_ task: Int) -> String? {
    guard task < annotations.count, let cell = annotations[task] else { return nil }
    // The labels of a JSON array each come with one.
    return cell.hasSuffix(";") ? AnnotationCell.labels(cell).joined(separator: ";") : cell
  }
}

extension FieldValue {
  fileprivate init(_ text: String?) { self = text.map(FieldValue.text) ?? .missing }
}

extension Double {
  /// Without a fraction where there is none: `1`, `0.5`.
  fileprivate var formattedShortest: String {
    Int(exactly: self).map(String.init) ?? description
  }
}

/// Six digits of a probability.
func sixDigits(_ probability: Double) -> String {
  var bytes: [UInt8] = []
  appendProbability(probability, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}
