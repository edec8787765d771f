import ArgumentParser
import StanceKit

/// What thresholds are set for, and what is left to a person: shared by `train`, `cross-validate` and
/// `threshold`.
struct DecisionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What decisions are for: f1, balanced-accuracy (of one label of several, macro recall), precision=P, \
      recall=R or threshold=T, for all labels or for those of LABEL, TASK or TASK.LABEL; may be repeated. \
      Default: f1.
      """,
      valueName: "[label:]goal"))
  var target: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Leave the least certain answers to a person: at most this share of the statements, such as 0.1, \
      or so many that of the answers given at most a share is wrong, such as error=0.05. Default: none.
      """,
      valueName: "share|error=share"))
  var abstain: String?

  func validate() throws {
    _ = try goals()
  }

  /// Whether every statement is to be answered from now on.
  var endsAbstention: Bool { abstain == "none" }

  func goals() throws -> DecisionGoals {
    DecisionGoals(
      targets: try target.map(Self.target),
      abstention: endsAbstention ? nil : try abstain.map(Self.abstention))
  }

  private static func target(_ argument: String) throws -> DecisionGoals.Target {
    // Names may hold colons and equals signs; goals hold none of the first.
    let colon = argument.lastIndex(of: ":")
    let scope = colon.map { String(argument[..<$0]) }
    let text = colon.map { argument[argument.index(after: $0)...] } ?? argument[...]
    guard let goal = goal(text), scope != "" else {
      throw ValidationError(
        "--target: found \"\(argument)\", expected f1, balanced-accuracy, precision=P or recall=R with a "
          + "number between 0 and 1, or threshold=T, and before it LABEL: where it is for one label, such "
          + "as unity:precision=0.9")
    }
    return DecisionGoals.Target(scope: scope, goal: goal)
  }

  private static func goal(_ text: Substring) -> DecisionGoal? {
    if text == "f1" { return .bestF1 }
    if text == "balanced-accuracy" { return .balancedAccuracy }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let value = Double(parts[1]) else { return nil }
    return switch parts[0] {
    case "precision" where value > 0 && value < 1: .precision(value)
    case "recall" where value > 0 && value < 1: .recall(value)
    case "threshold" where value >= 0 && value <= 1: .fixed(value)
    default: nil
    }
  }

  private static func abstention(_ argument: String) throws -> Abstention {
    if let share = Double(argument), share >= 0, share < 1 { return .share(share) }
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2, parts[0] == "error", let error = Double(parts[1]), error > 0, error < 1 {
      return .error(error)
    }
    throw ValidationError(
      "--abstain: found \"\(argument)\", expected a share of statements from 0 to below 1, such as 0.1, "
        + "or error=E between 0 and 1, such as error=0.05")
  }
}
