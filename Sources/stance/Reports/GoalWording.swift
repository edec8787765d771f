import StanceKit

extension DecisionGoal {
  /// In a few words, for a table: `precision 0.9`.
  var wording: String {
    switch self {
    case .bestF1: "best F1"
    case .balancedAccuracy: "balanced accuracy"
    case .precision(let share): "precision \(shortest(share))"
    case .recall(let share): "recall \(shortest(share))"
    case .fixed(let threshold): "threshold \(shortest(threshold))"
    }
  }
}

extension Abstention {
  var wording: String {
    switch self {
    case .share(let share): "at most \(percent(share)) of the statements"
    case .error(let error):
      "so many that at most \(percent(error)) of the answers given are wrong"
    }
  }
}

/// A share in percent, with as many digits as it has: `10 %`, `2.5 %`.
func percent(_ share: Double) -> String {
  "\(shortest((share * 1e6).rounded() / 1e4)) %"
}

/// A share in whole percent.
func wholePercent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

extension TaskClassifier {
  /// What goals could not be reached, in a sentence each.
  var unreachedGoals: [String] {
    guard let goals else { return [] }
    let reached: [Double?] =
      switch rule {
      case .thresholds(let rules): rules.map(\.bestReached)
      case .mostProbable(_, let rules): rules?.map(\.bestReached) ?? []
      }
    var sentences: [String] = []
    for (index, reached) in reached.enumerated() {
      guard let reached else { continue }
      let label = oneLine(task.labels[index].name)
      switch goals.labels[index] {
      case .precision(let target):
        sentences.append(
          "\(task.name): no threshold gives \"\(label)\" a precision of \(shortest(target)) that can be "
            + "relied on (\(twoDigits(reached)) at best), so the label is never given; ask for less, or "
            + "label more statements")
      case .recall(let target):
        sentences.append(
          "\(task.name): too few statements carry \"\(label)\" to rely on a recall of "
            + "\(shortest(target)) (\(twoDigits(reached)) at best); its threshold misses none of them"
        )
      case .bestF1, .balancedAccuracy, .fixed: break
      }
    }
    if case .error(let error) = goals.abstention, rule.leavesEverything {
      sentences.append(
        "\(task.name): no answers are right so often that at most \(percent(error)) are wrong, so all "
          + "are left to a person; ask for less, or label more statements")
    }
    return sentences
  }
}

extension DecisionRule {
  /// Whether no statement is answered.
  fileprivate var leavesEverything: Bool {
    switch self {
    case .thresholds(let rules): rules.allSatisfy { $0.unsure == 0...1 }
    case .mostProbable(_, let rules): rules?.allSatisfy { $0.answersFrom == nil } ?? false
    }
  }
}
