extension Codebook {
  /// More labels than this in one task are texts in the place of labels.
  public static let maximumLabelCount = 1000

  /// What results call their own columns beside those of the tasks.
  private static let resultNames = ["coverage", "evidence", "fold", "near-copy"]

  /// Something wrong with a codebook, and the task and label that have it.
  struct Problem {
    let code: DataError.Code
    let message: String
    var task: Int?
    var label: Int?
  }

  /// All that is wrong with the tasks and labels, in their order.
  func problems() -> [Problem] {
    guard !tasks.isEmpty else {
      return [
        Problem(code: .missingKey, message: "the codebook has no tasks; expected one: add a task")
      ]
    }
    var problems: [Problem] = []
    var names: [String: Int] = [:]
    for (index, task) in tasks.enumerated() {
      if names.updateValue(index, forKey: task.name) != nil {
        problems.append(
          Problem(
            code: .duplicateTask,
            message: "task \(Wording.quoted(task.name)) comes twice; expected it once: rename one",
            task: index))
      }
      for var problem in Self.nameProblems("task", task.name) + Self.problems(of: task) {
        problem.task = index
        problems.append(problem)
      }
    }
    return problems
  }

  private static func problems(of task: Task) -> [Problem] {
    var problems: [Problem] = []
    let place = "task \(Wording.quoted(task.name))"
    let (count, minimum) = (task.labels.count, task.kind.minimumLabelCount)
    if resultNames.contains(task.name) {
      problems.append(
        Problem(
          code: .badName,
          message: "\(place) has the name of a column of the results; expected a name other than "
            + "\(Wording.list(resultNames)): rename it"))
    }
    if KnownColumn(rawValue: task.name) != nil {
      problems.append(
        Problem(
          code: .badName,
          message: "\(place) has the name of a column with another meaning; expected a name other "
            + "than \(Wording.list(KnownColumn.allCases.map(\.rawValue))): rename it"))
    }
    if count < minimum {
      problems.append(
        Problem(
          code: .tooFewLabels,
          message:
            "\(place) has \(Wording.count(count, "label")); expected at least \(minimum) in a "
            + "\(task.kind.rawValue) task: add labels or remove the task"))
    }
    if count > maximumLabelCount {
      problems.append(
        Problem(
          code: .tooManyLabels,
          message: "\(place) has \(count) labels; expected at most \(maximumLabelCount): is its "
            + "column one of labels?"))
    }
    var names: [String: Int] = [:]
    for (index, label) in task.labels.enumerated() {
      var found = nameProblems("label", label.name)
      if names.updateValue(index, forKey: label.name) != nil {
        found.append(
          Problem(
            code: .duplicateLabel,
            message: "label \(Wording.quoted(label.name)) of \(place) comes twice; expected it "
              + "once: rename or remove one"))
      }
      if let color = label.color, !isColor(color) {
        found.append(
          Problem(
            code: .badColor,
            message: "label \(Wording.quoted(label.name)) has color \(Wording.quoted(color)); "
              + "expected # and six hexadecimal digits in quotes, as \"#2a78d6\": correct it"))
      }
      for var problem in found {
        problem.label = index
        problems.append(problem)
      }
    }
    return problems
  }

  /// What keeps a name from being a cell of a table: labels are joined by `;`, and white space
  /// around a name is not part of it.
  private static func nameProblems(_ what: String, _ name: String) -> [Problem] {
    let reason: String
    if name.isEmpty {
      reason = "a \(what) has an empty name"
    } else if name.utf8.contains(UInt8(ascii: ";")) {
      reason = "\(what) \(Wording.quoted(name)) contains \";\", which separates labels"
    } else if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      reason = "a \(what)'s name contains a line break or another control character"
    } else if name.trimmed != name {
      reason = "\(what) \(Wording.quoted(name)) starts or ends with white space"
    } else {
      return []
    }
    return [
      Problem(
        code: .badName,
        message: "\(reason); expected a name in one line, without \";\" and without white space "
          + "around it: rename it")
    ]
  }

  private static func isColor(_ color: String) -> Bool {
    let digits = color.unicodeScalars.dropFirst()
    return color.hasPrefix("#") && digits.count == 6
      && digits.allSatisfy { $0.isASCII && $0.properties.isASCIIHexDigit }
  }
}
