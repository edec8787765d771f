import StanceKit

/// How the answer to one task is written, in every format.
struct AnswerFields {
  let task: Codebook.Task
  /// Whether some answers are left to a person.
  let abstains: Bool
  /// Whether each probability comes with an interval.
  var showsIntervals = false

  init(_ task: Codebook.Task, abstains: Bool) {
    self.task = task
    self.abstains = abstains
  }

  init(_ classifier: TaskClassifier) {
    self.init(classifier.task, abstains: classifier.rule.abstains)
  }

  // MARK: CSV

  /// The names of the columns.
  var columns: [String] {
    [task.name] + (abstains ? [unsureColumn] : [])
      + task.labels.flatMap { label in
        let name = "\(task.name).\(label.name)"
        return showsIntervals ? [name, "\(name).low", "\(name).high"] : [name]
      }
  }

  /// One cell for each of `columns`.
  ///
  /// - Parameter hasEvidence: without it nothing is known that could be averaged, and the
  ///   probabilities stay empty.
  func cells(_ judged: TaskJudgement, hasEvidence: Bool) -> [String] {
    [names(judged.labels).joined(separator: ";")]
      + (abstains ? [names(judged.unsure).joined(separator: ";")] : [])
      + judged.probabilities.indices.flatMap { label in
        let interval = judged.intervals?[label]
        let numbers =
          [hasEvidence ? judged.probabilities[label] : nil]
          + (showsIntervals ? [interval?.lower, interval?.upper] : [])
        return numbers.map { $0.map(sixDigits) ?? "" }
      }
  }

  /// A label may have the name that the column would have.
  private var unsureColumn: String {
    "\(task.name).\(task.labels.contains { $0.name == "unsure" } ? "unsure-labels" : "unsure")"
  }

  // MARK: JSON

  func fill(_ object: inout JSONObjectWriter, _ judged: TaskJudgement, hasEvidence: Bool) {
    object.set("labels", names(judged.labels))
    if abstains { object.set("unsure", names(judged.unsure)) }
    object.setObject("probabilities") { probabilities in
      for (label, probability) in zip(task.labels, judged.probabilities) {
        if hasEvidence {
          probabilities.set(label.name, probability: probability)
        } else {
          probabilities.set(label.name, FieldValue.missing)
        }
      }
    }
    if showsIntervals { fillIntervals(&object, judged) }
  }

  private func fillIntervals(_ object: inout JSONObjectWriter, _ judged: TaskJudgement) {
    object.setObject("intervals") { intervals in
      for (index, label) in task.labels.enumerated() {
        if let interval = judged.intervals?[index] {
          intervals.set(label.name, probabilities: [interval.lower, interval.upper])
        } else {
          intervals.set(label.name, FieldValue.missing)
        }
      }
    }
  }

  // MARK: For people

  /// `unity 0.93, humanitarian? 0.55`, with a mark at what a person should look at; empty for none.
  func shown(_ judged: TaskJudgement) -> String {
    task.labels.indices.compactMap { label in
      let isUnsure = judged.unsure.contains(label)
      guard isUnsure || judged.labels.contains(label) else { return nil }
      return task.labels[label].name + (isUnsure ? "?" : "")
        + " \(twoDigits(judged.probabilities[label]))"
        + (judged.intervals.map {
          " [\(twoDigits($0[label].lower)), \(twoDigits($0[label].upper))]"
        } ?? "")
    }.joined(separator: ", ")
  }

  /// A width that most of `shown` fits into.
  var shownWidth: Int {
    let number =
      (abstains ? "? 0.00" : " 0.00") + (showsIntervals ? " [0.00, 0.00]" : "")
    let labels = task.labels.map { displayWidth($0.name) + number.count }
    return max(labels.max() ?? 0, displayWidth(task.name))
  }

  private func names(_ labels: [Int]) -> [String] { labels.map { task.labels[$0].name } }
}
