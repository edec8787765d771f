import LinearAlgebra

/// A smooth convex objective as the solver sees it: dimension, value, gradient, Hessian-vector
/// product and preconditioner.
///
/// The objective falls into independent blocks, one for each label of a multi-label task, which are
/// minimized side by side so that a pass over the matrix serves all that are not yet done. Vectors
/// of all blocks stand in one flat array, block `b`'s at `b * dimension..<(b + 1) * dimension`.
///
/// Between calls the problem keeps the margins of the current points and of the search directions,
/// which makes every trial of a line search free of passes. Hessian products may be less exact than
/// values and gradients: they decide how fast the minimum is reached, not where it is.
protocol BlockProblem: AnyObject {
  /// The number of independent blocks.
  var blockCount: Int { get }
  /// The number of coefficients of one block.
  var dimension: Int { get }
  /// The threads that serve a pass.
  var parallelism: Parallelism { get }
  /// How many times the matrix was read from end to end.
  var passes: Int { get }
  /// A gradient norm below which rounding errors rule.
  var gradientFloor: Double { get }
  /// The result of the last `computeGradients`.
  var gradients: [Double] { get }
  /// The result of the last `computeHessianProducts`.
  var hessianProducts: [Double] { get }

  /// Takes other points for the current ones: one pass, none for `nil`, which is zero everywhere.
  func move(to points: [Double]?)
  /// Computes ∇F of some blocks at the current points, where they were last evaluated: one pass.
  ///
  /// - Parameter points: as for `move`.
  func computeGradients(of blocks: [Int], at points: [Double]?)
  /// Computes the inverse diagonal of the Hessian of some blocks, whose gradients were computed at
  /// the same points: one pass, or none where these found it as well.
  ///
  /// Intercepts are damped from here on by what the block's gradient has come down to.
  func computePreconditioners(
    of blocks: [Int], gradientRatios: [Double], into inverses: inout [Double])
  /// What the preconditioners have beside their diagonals for the blocks they were computed for last.
  var frequentFactors: FrequentColumnFactors? { get }
  /// Computes ∇²F d of some blocks at the current points: one pass.
  func computeHessianProducts(of blocks: [Int], along directions: [Double])
  /// Computes ∇²F d of the blocks whose labels a solver has in its lanes, for its own directions: one
  /// pass.
  ///
  /// - Returns: dᵀ ∇²F d, for each lane.
  func multiply(_ conjugates: inout LaneConjugates) -> LaneConjugates.Sums
  /// The labels of some blocks, as lanes.
  func lanes(_ blocks: [Int]) -> Lanes
  /// The matrix.
  var design: DesignMatrix { get }
  /// Makes s the search directions of some blocks: one pass.
  func prepareTrials(of blocks: [Int], from points: [Double], along steps: [Double])
  /// The derivative of F along the search direction, estimated from some rows: no pass. Only differences
  /// between steps say much. The next `evaluate` of the same blocks has to come before any gradients.
  func sampledSlopes(_ trials: [Trial]) -> [Double]
  /// F and its derivative along the search direction, at steps from the current points: no pass.
  func evaluate(_ trials: [Trial]) -> [TrialValue]
  /// Makes trials the current points; each must be its block's last evaluated.
  func accept(_ trials: [Trial])
}

/// A step along a block's search direction.
package struct Trial: Hashable, Sendable {
  package var block: Int
  package var step: Double

  package init(block: Int, step: Double) {
    self.block = block
    self.step = step
  }
}

/// What a trial found.
package struct TrialValue: Hashable, Sendable {
  /// F(w + step · s).
  package var value: Double
  /// sᵀ ∇F(w + step · s).
  package var slope: Double
}
