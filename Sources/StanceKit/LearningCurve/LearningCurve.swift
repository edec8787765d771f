/// How a task's macro F1 grows with the statements that are trained on, and where it is heading.
public struct LearningCurve: Hashable, Sendable {
  public let task: String
  /// By rising number of statements.
  public let points: [Point]
  /// The labelled statements that there are.
  public let labelledCount: Int
  public let forecast: Forecast

  /// The score at one share of the training groups.
  public struct Point: Hashable, Sendable {
    /// Of the training groups.
    public let share: Double
    /// Labelled statements trained on, the mean over folds and repetitions.
    public let trainingCount: Double
    /// The mean over the repetitions, out-of-fold.
    public let macroF1: Double
    /// 95 %, over groups of statements and repetitions.
    public let interval: ClosedRange<Double>
  }

  /// What more labels are likely to bring.
  public enum Forecast: Hashable, Sendable {
    /// The macro F1 of a model trained on all statements, and the gain from more.
    case gain(Gain)
    /// Why nothing can be said, in words for people.
    case tooFewPoints(String)
  }

  public struct Gain: Hashable, Sendable {
    /// How many more labelled statements.
    public let more: Int
    public let law: PowerLaw
    /// F(labelled + more) − F(labelled).
    public let gain: Double
    /// 95 %, over groups of statements, repetitions and the law that fits them.
    public let interval: ClosedRange<Double>
  }
}

/// Measures learning curves by cross-validation.
///
/// In every fold the same held-out statements are judged by models of growing shares of the other
/// groups; each share contains the smaller ones. Thresholds and calibration of a fold come from the
/// other folds' scores at the same share. Groups and near-duplicates stay whole throughout.
///
/// The same statements, configuration and seed give the same curve for any number of threads.
public struct LearningCurveMeasurement: Sendable {
  public struct Configuration: Hashable, Sendable {
    /// Of the training groups, rising, above 0, the last 1.
    public var shares: [Double]
    /// How often folds and shares are drawn; `nil` for 4 below 10,000 statements, else 1.
    public var repeats: Int?
    /// How many more labels the forecast is for.
    public var more: Int
    /// How often statements and repetitions are drawn for the intervals.
    public var draws: Int
    public var recipe: Recipe
    /// At least 2.
    public var folds: Int
    public var seed: UInt64

    /// liblinear's and scikit-learn's C: a model of n statements has λ = 1/(C n). One λ for all sizes would
    /// bend the curve, as the best one falls with n; with this C the macro F1 of seeds/ and of 1,000 to
    /// 50,000 tweets is within 0.02 of the best.
    public static let inversePenalty = 5.0
    private static let fewStatements = 10_000

    public init(
      shares: [Double] = [0.15, 0.25, 0.4, 0.6, 0.8, 1], repeats: Int? = nil, more: Int = 200,
      draws: Int = 300, recipe: Recipe = .both, folds: Int = 5, seed: UInt64 = 1
    ) {
      (self.shares, self.repeats, self.more, self.draws) = (shares, repeats, more, draws)
      (self.recipe, self.folds, self.seed) = (recipe, folds, seed)
    }

    func repeatCount(statements: Int) -> Int {
      repeats ?? (statements < Self.fewStatements ? 4 : 1)
    }

    /// - Parameter number: of the repetition.
    func training(repetition number: Int) -> TrainingConfiguration {
      // The penalty is each size's own.
      TrainingConfiguration(
        recipes: [recipe], l2Penalties: [1], classWeightings: [.uniform], folds: folds, repeats: 1,
        seed: seed &+ UInt64(number))
    }
  }

  public let configuration: Configuration
  public let parallelism: Parallelism

  public init(_ configuration: Configuration = .init(), parallelism: Parallelism = .allCores) {
    precondition(
      configuration.shares.last == 1 && configuration.shares.allSatisfy { $0 > 0 }
        && zip(configuration.shares, configuration.shares.dropFirst()).allSatisfy { $0 < $1 }
        && configuration.repeats ?? 1 >= 1 && configuration.draws >= 1,
      "shares rise to 1, and there is something to repeat")
    (self.configuration, self.parallelism) = (configuration, parallelism)
  }

  /// - Parameter progress: called from any thread with the share of the work that is done.
  /// - Returns: one curve for each labelled task.
  /// - Throws: `TrainingError` when the statements are too few, `FittingError` when a fit does not
  ///   converge.
  public func measure(
    _ data: LabelledStatements, progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws -> [LearningCurve] {
    var runs: [SubsetRun] = []
    let repeats = configuration.repeatCount(statements: data.statements.count)
    for number in 0..<repeats {
      let training = configuration.training(repetition: number)
      let prepared = try PreparedData(data, training, parallelism)
      runs.append(
        try SubsetRun(prepared, shares: configuration.shares, seed: training.seed, parallelism) {
          progress((Double(number) + $0) / Double(repeats))
        })
    }
    guard let first = runs.first else { return [] }
    return first.tasks.indices.map { task in
      CurveFitting(configuration: configuration, task: task, runs: runs).curve()
    }
  }
}
