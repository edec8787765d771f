/// What `Trainer` may choose among, and how. One candidate of a kind means that nothing of that kind
/// is chosen.
public struct TrainingConfiguration: Hashable, Sendable {
  /// How statements may become features, from the simplest to the richest: of equals the first wins;
  /// `nil` for `standardRecipes` of the data's size.
  public var recipes: [Recipe]?
  /// Values of λ in the objective "mean weighted logistic loss + λ/2 ‖w‖²", each above 0.
  /// glmnet's λ is the same; liblinear's and scikit-learn's C is 1/(λ·n).
  public var l2Penalties: [Double]
  /// Whether rare labels count as much as frequent ones; of equals the first wins.
  public var classWeightings: [ClassWeighting]
  /// What features may be multiplied by in a fit; of equals the first wins.
  public var featureScalings: [FeatureScaling] = [.none]
  /// How far the labels of multi-label tasks are believed to be wrong, in 0..<0.5
  /// (``LabelIndicators/smoothing``); `nil` for 0.1 with cross-validation and 0 without.
  public var labelSmoothing: Double?
  /// What thresholds are set for, and which answers are left to a person.
  public var goals = DecisionGoals()
  /// The statements that the model is for: calibration, thresholds and scores are theirs, and the others
  /// only teach; `nil` for all.
  public var statementKind: StatementKind?
  /// Whether to learn how uncertain probabilities are, which takes 45 more fits a task with ten folds;
  /// `nil` for: with at least three folds and at most `mostStatementsForIntervals` statements.
  public var learnsIntervals: Bool?
  /// Whether the model keeps nothing of single statements; else it keeps sketches, ids and labels
  /// (``KnownStatements``): with cross-validation, without columns as features, and of at most 200,000
  /// texts.
  public var forgetsStatements = false
  /// The number of folds; 0 trains without cross-validation, at least 2 otherwise.
  public var folds: Int
  /// How many divisions into folds choices are made on, at least 1; `nil` for 3 where a task has
  /// fewer than 1,000 labelled statements, whose scores depend most on the division, and else 1.
  public var repeats: Int?
  /// The seed of the folds.
  public var seed: UInt64
  /// Whether recipes without keywords get those of the codebook, where it has some.
  public var usesCodebookKeywords = true
  /// Further lists of words for the recipes without keywords.
  public var wordLists: [KeywordList] = []
  /// Columns whose values are features of the recipes that have no columns of their own.
  public var featureColumns: [String] = []

  public init(
    recipes: [Recipe]? = nil, l2Penalties: [Double] = Self.standardPenalties,
    classWeightings: [ClassWeighting] = [.uniform, .balanced], folds: Int = 10,
    repeats: Int? = nil, seed: UInt64 = 1
  ) {
    self.recipes = recipes
    self.l2Penalties = l2Penalties
    self.classWeightings = classWeightings
    self.folds = folds
    self.repeats = repeats
    self.seed = seed
  }

  /// Fewer statements than this are few: nothing that they hold can be spared, and scores depend on
  /// the division into folds.
  static let fewStatements = 1000

  /// Words; words and characters; words, characters and stems.
  ///
  /// Whether a term occurs says more of a short text than how often, and rare terms say more than
  /// idf gives them; characters carry over between forms of a word, and to spellings that training
  /// has not seen, which words do not, so they count three times as much. Characters of a single
  /// statement help where statements are few; where there are more they are half of a model's
  /// features and change nothing.
  public static func standardRecipes(statementCount: Int) -> [Recipe] {
    func terms(_ lengths: ClosedRange<Int>, weight: Double = 1, minimum: Int = 1) -> NGrams {
      NGrams(
        lengths, weighting: .tfIDF(frequency: .binary, idfPower: 1.5),
        minimumDocumentFrequency: minimum, weight: weight)
    }
    let characters = terms(
      2...5, weight: 1.5, minimum: statementCount < fewStatements ? 1 : 2)
    var stems = Recipe(words: terms(1...2), characters: characters)
    stems.characters?.weight = 1
    stems.stems = terms(1...1)
    return [
      Recipe(words: terms(1...2), characters: nil),
      Recipe(words: terms(1...2, weight: 0.5), characters: characters), stems,
    ]
  }

  /// Half decades: between neighbours scores hardly differ.
  public static let standardPenalties = [3.2e-3, 1e-3, 3.2e-4, 1e-4, 3.2e-5, 1e-5]

  /// 0.1 where probabilities are calibrated, which smoothing makes timid, and 0 without cross-validation.
  ///
  /// Who may give any number of labels forgets some, and a statement that asks for no more than a
  /// probability of 0.9 leaves more to the others: on `seeds/` the mean average precision of the stances
  /// rises from 0.912 to 0.916, and hardly differs between 0.05 and 0.15. Where one of several classes
  /// is given, nothing changes.
  var standardLabelSmoothing: Double { folds == 0 ? 0 : 0.1 }

  /// With more statements the fits take long, and probabilities are less uncertain anyway.
  public static let mostStatementsForIntervals = 10_000

  func learnsIntervals(statementCount: Int) -> Bool {
    learnsIntervals
      ?? (folds >= GroupJackknife.minimumBlocks
        && statementCount <= Self.mostStatementsForIntervals)
  }

  /// From the strongest, which gives the simplest model, to the weakest.
  var penaltyPath: [Double] { l2Penalties.sorted(by: >) }

  /// The number of divisions for data of this size.
  func repeatCount(for tasks: [TaskData]) -> Int {
    repeats ?? (tasks.contains { $0.labelledRows.count < Self.fewStatements } ? 3 : 1)
  }

  /// - Throws: `TrainingError` when the settings cannot go together.
  func validate() throws(TrainingError) {
    if folds == 1 || folds < 0 {
      throw TrainingError(
        .invalidConfiguration,
        "found \(folds) folds, expected 0 (no cross-validation) or at least 2")
    }
    if let repeats, repeats < 1 {
      throw TrainingError(
        .invalidConfiguration, "found \(repeats) repeats of the folds, expected at least 1")
    }
    if recipes?.isEmpty == true || l2Penalties.isEmpty || classWeightings.isEmpty
      || featureScalings.isEmpty
    {
      throw TrainingError(
        .invalidConfiguration,
        "found no recipe, penalty, class weighting or feature scaling to choose, expected one of each"
      )
    }
    if let wrong = l2Penalties.first(where: { !($0 > 0 && $0.isFinite) }) {
      throw TrainingError(
        .invalidConfiguration,
        "found a penalty of \(wrong), expected a number above 0, such as 1e-4")
    }
    if let labelSmoothing, !(0..<0.5).contains(labelSmoothing) {
      throw TrainingError(
        .invalidConfiguration,
        "found a label smoothing of \(labelSmoothing), expected a number from 0 to below 0.5, such as 0.1"
      )
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
    if folds == 0 && statementKind != nil {
      throw TrainingError(
        .invalidConfiguration,
        "without cross-validation (0 folds) nothing is learned of the statements that the model is for: "
          + "leave these out, or give at least 2 folds")
    }
    if let statementKind, statementKind.values.isEmpty {
      throw TrainingError(
        .invalidConfiguration,
        "found no value of the column \"\(statementKind.column)\" for which the model is to be, expected one"
      )
    }
    if Set(featureColumns).count < featureColumns.count {
      throw TrainingError(
        .invalidConfiguration,
        "found a column twice among the features (\(featureColumns.joined(separator: ", "))), expected "
          + "each once")
    }
    if folds == 0 && recipes?.count != 1
      || folds == 0 && l2Penalties.count * classWeightings.count * featureScalings.count > 1
    {
      throw TrainingError(
        .invalidConfiguration,
        "without cross-validation (0 folds) nothing can be chosen: give one recipe (such as words), one "
          + "penalty (such as 1e-4), one class weighting and one feature scaling")
    }
  }
}
