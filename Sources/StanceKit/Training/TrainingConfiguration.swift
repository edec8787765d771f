/// What `Trainer` may choose among, and how. One candidate of a kind means that nothing of that kind
/// is chosen.
public struct TrainingConfiguration: Hashable, Sendable {
  /// How statements may become features, from the simplest to the richest: of equals the first wins.
  public var recipes: [Recipe]
  /// Values of λ in the objective "mean weighted logistic loss + λ/2 ‖w‖²", each above 0.
  /// glmnet's λ is the same; liblinear's and scikit-learn's C is 1/(λ·n).
  public var l2Penalties: [Double]
  /// Whether rare labels count as much as frequent ones; of equals the first wins.
  public var classWeightings: [ClassWeighting]
  /// What thresholds are set for, and which answers are left to a person.
  public var goals = DecisionGoals()
  /// Whether to learn how uncertain probabilities are, which takes 45 more fits a task with ten folds;
  /// `nil` for: with at least three folds and at most `mostStatementsForIntervals` statements.
  public var learnsIntervals: Bool?
  /// The number of folds; 0 trains without cross-validation, at least 2 otherwise.
  public var folds: Int
  /// The seed of the folds.
  public var seed: UInt64

  public init(
    recipes: [Recipe] = Self.standardRecipes, l2Penalties: [Double] = Self.standardPenalties,
    classWeightings: [ClassWeighting] = [.uniform, .balanced], folds: Int = 10, seed: UInt64 = 1
  ) {
    self.recipes = recipes
    self.l2Penalties = l2Penalties
    self.classWeightings = classWeightings
    self.folds = folds
    self.seed = seed
  }

  public static let standardRecipes: [Recipe] = [.words, .characters, .both]

  /// Half decades: between neighbours scores hardly differ.
  public static let standardPenalties = [1e-3, 3.2e-4, 1e-4, 3.2e-5, 1e-5]

  /// With more statements the fits take long, and probabilities are less uncertain anyway.
  public static let mostStatementsForIntervals = 10_000

  func learnsIntervals(statementCount: Int) -> Bool {
    learnsIntervals
      ?? (folds >= GroupJackknife.minimumBlocks
        && statementCount <= Self.mostStatementsForIntervals)
  }

  /// From the strongest, which gives the simplest model, to the weakest.
  var penaltyPath: [Double] { l2Penalties.sorted(by: >) }

  /// - Throws: `TrainingError` when the settings cannot go together.
  func validate() throws(TrainingError) {
    if folds == 1 || folds < 0 {
      throw TrainingError(
        .invalidConfiguration,
        "found \(folds) folds, expected 0 (no cross-validation) or at least 2")
    }
    if recipes.isEmpty || l2Penalties.isEmpty || classWeightings.isEmpty {
      throw TrainingError(
        .invalidConfiguration,
        "found no recipe, penalty or class weighting to choose, expected one of each")
    }
    if let wrong = l2Penalties.first(where: { !($0 > 0 && $0.isFinite) }) {
      throw TrainingError(
        .invalidConfiguration,
        "found a penalty of \(wrong), expected a number above 0, such as 1e-4")
    }
    if learnsIntervals == true && folds < GroupJackknife.minimumBlocks {
      throw TrainingError(
        .invalidConfiguration,
        "found \(folds) folds, expected at least \(GroupJackknife.minimumBlocks) to learn intervals: "
          + "their uncertainty is that between models without some folds")
    }
    if folds == 0 && goals != DecisionGoals() {
      throw TrainingError(
        .invalidConfiguration,
        "without cross-validation (0 folds) there are no out-of-fold scores to set targets and "
          + "abstention on: leave those out, or give at least 2 folds")
    }
    if folds == 0 && recipes.count * l2Penalties.count * classWeightings.count > 1 {
      throw TrainingError(
        .invalidConfiguration,
        "without cross-validation (0 folds) nothing can be chosen: give one recipe (such as words), one "
          + "penalty (such as 1e-4) and one class weighting")
    }
  }
}
