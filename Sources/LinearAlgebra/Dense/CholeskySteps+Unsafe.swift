extension LinearAlgebraLibrary {
  /// The factor of a symmetric matrix, and 0 or the first leading minor that is not positive.
  static func factorized(_ elements: [Double], order: Int) -> (factor: [Double], minor: Int) {
    useOneThread()
    var factor = elements
    let minor = factor.withUnsafeMutableBufferPointer { factor in
      guard let factor = factor.baseAddress, order > 0 else { return 0 }
      return BasicLinearAlgebra.factorize(order, factor)
    }
    return (factor, minor)
  }

  /// Which of the two triangular systems of a factor L to solve.
  enum TriangularSystem {
    /// L x = b.
    case lower
    /// L Lᵀ x = b.
    case both
  }

  /// The solutions of systems with a factor of `factorized`; right sides stand one after another.
  static func solved(
    _ system: TriangularSystem, _ rightSides: [Double], factor: [Double], order: Int
  ) -> [Double] {
    useOneThread()
    var solutions = rightSides
    solutions.withUnsafeMutableBufferPointer { solutions in
      factor.withUnsafeBufferPointer { factor in
        guard let factor = factor.baseAddress, let sides = solutions.baseAddress, order > 0
        else { return }
        let count = solutions.count / order
        switch system {
        case .lower: BasicLinearAlgebra.solveLower(order, factor, sides, count: count)
        case .both: BasicLinearAlgebra.solve(order, factor, sides, count: count)
        }
      }
    }
    return solutions
  }

  /// The triangle that holds L⁻¹, or that of the inverse (L Lᵀ)⁻¹; the rest is left as it was.
  static func inverted(_ system: TriangularSystem, factor: [Double], order: Int) -> [Double] {
    useOneThread()
    var inverse = factor
    inverse.withUnsafeMutableBufferPointer { inverse in
      guard let inverse = inverse.baseAddress, order > 0 else { return }
      switch system {
      case .lower: BasicLinearAlgebra.invertFactor(order, inverse)
      case .both: BasicLinearAlgebra.invert(order, inverse)
      }
    }
    return inverse
  }
}
