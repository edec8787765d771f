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

  /// The solution of a system with a factor of `factorized`.
  static func solved(_ rightSide: [Double], factor: [Double], order: Int) -> [Double] {
    useOneThread()
    var solution = rightSide
    solution.withUnsafeMutableBufferPointer { solution in
      factor.withUnsafeBufferPointer { factor in
        guard let factor = factor.baseAddress, let solution = solution.baseAddress, order > 0
        else { return }
        BasicLinearAlgebra.solve(order, factor, solution)
      }
    }
    return solution
  }

  /// The triangle of the inverse that belongs to a factor of `factorized`.
  static func inverted(factor: [Double], order: Int) -> [Double] {
    useOneThread()
    var inverse = factor
    inverse.withUnsafeMutableBufferPointer { inverse in
      guard let inverse = inverse.baseAddress, order > 0 else { return }
      BasicLinearAlgebra.invert(order, inverse)
    }
    return inverse
  }
}
