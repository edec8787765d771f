import StanceKit

/// How an audit names statements and labels.
struct AuditWording {
  let data: LabelledStatements

  func place(_ row: Int) -> String { data.statements[row].location.description }

  func id(_ row: Int) -> String { shortened(data.statements[row].id, to: 24) }

  func text(_ row: Int) -> String { shortened(data.statements[row].text, to: 70) }

  /// The labels of a statement in a task of the codebook, as a cell has them.
  func labels(_ row: Int, task: Int) -> String {
    let names = data.codebook.tasks[task].labels.map(\.name)
    switch data.annotations[task][row] {
    case .labels(let labels):
      return labels.isEmpty ? "(none)" : labels.map { names[$0] }.joined(separator: ";")
    case .label(let label): return names[label]
    case .unlabelled: return "(not labelled)"
    }
  }

  func change(_ change: TaskSuspicions.Change, _ task: Codebook.Task) -> String {
    let names = task.labels.map(\.name)
    return switch change {
    case .replace(let given, let other): "\(names[given]) → \(names[other])"
    case .remove(let label): "without \(names[label])"
    case .add(let label): "with \(names[label])"
    }
  }
}
