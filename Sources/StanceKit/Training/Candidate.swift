/// One way to fit a task under a recipe.
public struct Candidate: Hashable, Codable, Sendable {
  public let classWeighting: ClassWeighting
  public let l2Penalty: Double

  public init(classWeighting: ClassWeighting, l2Penalty: Double) {
    self.classWeighting = classWeighting
    self.l2Penalty = l2Penalty
  }
}

/// Everything that selection chooses among, simple before rich.
struct CandidateGrid: Sendable {
  let recipes: [Recipe]
  let classWeightings: [ClassWeighting]
  /// Falling, from the simplest model to the richest: of equal scores the first wins.
  let l2Penalties: [Double]

  init(_ configuration: TrainingConfiguration, _ recipes: [Recipe]) {
    self.recipes = recipes
    classWeightings = configuration.classWeightings
    l2Penalties = configuration.penaltyPath
  }

  /// The candidates of one recipe: penalties fall within a class weighting.
  var candidates: [Candidate] {
    classWeightings.flatMap { weighting in
      l2Penalties.map { Candidate(classWeighting: weighting, l2Penalty: $0) }
    }
  }
}
