/// One way to fit a task under a recipe.
public struct Candidate: Hashable, Codable, Sendable {
  public let classWeighting: ClassWeighting
  public let l2Penalty: Double
  public let featureScaling: FeatureScaling

  public init(
    classWeighting: ClassWeighting, l2Penalty: Double, featureScaling: FeatureScaling = .none
  ) {
    self.classWeighting = classWeighting
    self.l2Penalty = l2Penalty
    self.featureScaling = featureScaling
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      classWeighting: try container.decode(ClassWeighting.self, forKey: .classWeighting),
      l2Penalty: try container.decode(Double.self, forKey: .l2Penalty),
      featureScaling: try container.decodeIfPresent(FeatureScaling.self, forKey: .featureScaling)
        ?? .none)
  }

  /// A candidate without scaling is written as before there was any.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(classWeighting, forKey: .classWeighting)
    try container.encode(l2Penalty, forKey: .l2Penalty)
    if featureScaling != .none {
      try container.encode(featureScaling, forKey: .featureScaling)
    }
  }

  private enum CodingKeys: CodingKey {
    case classWeighting, l2Penalty, featureScaling
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

  init(_ configuration: TrainingConfiguration, _ recipes: [Recipe]) {
    self.recipes = recipes
    featureScalings = configuration.featureScalings
    classWeightings = configuration.classWeightings
    l2Penalties = configuration.penaltyPath
  }

  /// The candidates of one recipe: penalties fall within a class weighting, within a scaling.
  var candidates: [Candidate] {
    featureScalings.flatMap { scaling in
      classWeightings.flatMap { weighting in
        l2Penalties.map {
          Candidate(classWeighting: weighting, l2Penalty: $0, featureScaling: scaling)
        }
      }
    }
  }
}
