/// One way to fit a task under a recipe.
public struct Candidate: Hashable, Codable, Sendable {
  public let classWeighting: ClassWeighting
  public let l2Penalty: Double
  public let featureScaling: FeatureScaling
  /// How far the labels of a multi-label task are believed to be wrong, in 0..<0.5
  /// (``LabelIndicators/smoothing``); 0 in a single-label task.
  public let labelSmoothing: Double

  public init(
    classWeighting: ClassWeighting, l2Penalty: Double, featureScaling: FeatureScaling = .none,
    labelSmoothing: Double = 0
  ) {
    self.classWeighting = classWeighting
    self.l2Penalty = l2Penalty
    self.featureScaling = featureScaling
    self.labelSmoothing = labelSmoothing
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      classWeighting: try container.decode(ClassWeighting.self, forKey: .classWeighting),
      l2Penalty: try container.decode(Double.self, forKey: .l2Penalty),
      featureScaling: try container.decodeIfPresent(FeatureScaling.self, forKey: .featureScaling)
        ?? .none,
      labelSmoothing: try container.decodeIfPresent(Double.self, forKey: .labelSmoothing) ?? 0)
  }

  /// A candidate without scaling or smoothing is written as before there was any.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(classWeighting, forKey: .classWeighting)
    try container.encode(l2Penalty, forKey: .l2Penalty)
    if featureScaling != .none {
      try container.encode(featureScaling, forKey: .featureScaling)
    }
    if labelSmoothing != 0 { try container.encode(labelSmoothing, forKey: .labelSmoothing) }
  }

  private enum CodingKeys: CodingKey {
    case classWeighting, l2Penalty, featureScaling, labelSmoothing
  }
}

/// What features are multiplied by while a task is fitted; the model's coefficients are those of the
/// features as they are.
public enum FeatureScaling: String, Hashable, Codable, Sendable, CaseIterable {
  /// Nothing.
  case none
  /// How much more often each stands with a label than without (``LogCountRatios``), of the statements
  /// that are fitted: for each label of a multi-label task its own, for a single-label task the largest.
  case logCountRatios = "log-count-ratios"
}

/// Everything that selection chooses among, simple before rich.
struct CandidateGrid: Sendable {
  let recipes: [Recipe]
  let featureScalings: [FeatureScaling]
  let classWeightings: [ClassWeighting]
  /// Falling, from the simplest model to the richest: of equal scores the first wins.
  let l2Penalties: [Double]
  /// Of multi-label tasks.
  let labelSmoothing: Double

  init(_ configuration: TrainingConfiguration, _ recipes: [Recipe]) {
    self.recipes = recipes
    featureScalings = configuration.featureScalings
    classWeightings = configuration.classWeightings
    l2Penalties = configuration.penaltyPath
    labelSmoothing = configuration.labelSmoothing ?? configuration.standardLabelSmoothing
  }

  /// How many candidates a recipe has.
  var candidateCount: Int {
    featureScalings.count * classWeightings.count * l2Penalties.count
  }

  /// The candidates of one recipe for a task of a kind: penalties fall within a class weighting, within a
  /// scaling.
  func candidates(_ kind: Codebook.Task.Kind) -> [Candidate] {
    featureScalings.flatMap { scaling in
      classWeightings.flatMap { weighting in
        l2Penalties.map {
          Candidate(
            classWeighting: weighting, l2Penalty: $0, featureScaling: scaling,
            labelSmoothing: kind == .multiLabel ? labelSmoothing : 0)
        }
      }
    }
  }
}
