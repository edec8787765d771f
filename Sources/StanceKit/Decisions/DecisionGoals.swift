/// Goals of decisions as they are asked for, before it is known which tasks and labels there are.
public struct DecisionGoals: Hashable, Sendable {
  /// A goal and the labels that it is for.
  public struct Target: Hashable, Sendable {
    /// A label, a task, or a label of a task as `TASK.LABEL`; `nil` for all labels.
    public let scope: String?
    public let goal: DecisionGoal

    public init(scope: String? = nil, goal: DecisionGoal) {
      self.scope = scope
      self.goal = goal
    }
  }

  /// Of targets for the same label the one for fewer labels holds, whatever their order.
  public var targets: [Target]
  public var abstention: Abstention?

  public init(targets: [Target] = [], abstention: Abstention? = nil) {
    self.targets = targets
    self.abstention = abstention
  }

  /// The goals of each task.
  ///
  /// - Parameters:
  ///   - tasks: those to decide.
  ///   - present: for each task what holds where nothing is asked for.
  /// - Throws: `TrainingError` where a target is out of range, names no label, a label of several
  ///   tasks, or is given twice.
  func resolved(
    for tasks: [Codebook.Task], over present: [TaskGoals]
  ) throws(TrainingError) -> [TaskGoals] {
    try check()
    var goals = present
    if let abstention {
      for task in tasks.indices { goals[task].abstention = abstention }
    }
    var matches: [(labels: [(task: Int, label: Int)], goal: DecisionGoal)] = []
    for target in targets { matches.append((try labels(of: target.scope, in: tasks), target.goal)) }
    for match in matches.sorted(by: { $0.labels.count > $1.labels.count }) {
      for place in match.labels { goals[place.task].labels[place.label] = match.goal }
    }
    return goals
  }

  private func check() throws(TrainingError) {
    for target in targets where !target.goal.isValid {
      throw TrainingError(
        .invalidConfiguration,
        "found the target \(target.goal), expected a precision or recall between 0 and 1, such as 0.9, "
          + "or a threshold in 0...1")
    }
    if let abstention, !abstention.isValid {
      throw TrainingError(
        .invalidConfiguration,
        "found the abstention \(abstention), expected a share from 0 to below 1, such as 0.1, or an "
          + "error between 0 and 1, such as 0.05")
    }
    var known: Set<String?> = []
    for target in targets where !known.insert(target.scope).inserted {
      throw TrainingError(
        .invalidConfiguration,
        "found two targets for \(target.scope.map { "\"\($0)\"" } ?? "all labels"), expected one; "
          + "leave the other out")
    }
  }

  private func labels(
    of scope: String?, in tasks: [Codebook.Task]
  ) throws(TrainingError) -> [(task: Int, label: Int)] {
    let all = tasks.indices.flatMap { task in
      tasks[task].labels.indices.map { (task: task, label: $0) }
    }
    guard let scope else { return all }
    let ofTask = all.filter { tasks[$0.task].name == scope }
    let exact = all.filter {
      "\(tasks[$0.task].name).\(tasks[$0.task].labels[$0.label].name)" == scope
    }
    let named = all.filter { tasks[$0.task].labels[$0.label].name == scope }
    if !exact.isEmpty { return exact }
    guard ofTask.isEmpty || named.isEmpty, named.count <= 1 else {
      let what = ofTask.isEmpty ? "labels of several tasks" : "a task and a label"
      let example = named.first.map { tasks[$0.task].name } ?? "TASK"
      throw TrainingError(
        .invalidConfiguration,
        "found a target for \"\(scope)\", which names \(what); write TASK.LABEL, such as "
          + "\(example).\(scope)")
    }
    let found = ofTask + named
    guard !found.isEmpty else {
      let names = tasks.map(\.name) + all.map { tasks[$0.task].labels[$0.label].name }
      throw TrainingError(
        .invalidConfiguration,
        "found a target for \"\(scope)\", which is no task and no label; expected one of "
          + names.joined(separator: ", "))
    }
    return found
  }
}
