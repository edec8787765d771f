/// Which of several equally long vectors take part in a product.
///
/// Label `l`'s coefficients stand at `l * stride..<l * stride + dimension` of a flat array, and its
/// series of one number a row at `l * rows..<(l + 1) * rows` of another. One pass over the matrix
/// serves all labels named here, so that finished ones cost nothing.
package struct Lanes: Hashable, Sendable {
  /// The labels that take part, each at most once.
  package let labels: [Int]
  /// The distance from one label's vector to the next, at least the design's dimension.
  package let stride: Int

  /// Makes lanes of some labels.
  package init(labels: [Int], stride: Int) {
    precondition(stride >= 1, "vectors have at least the constant column")
    self.labels = labels
    self.stride = stride
  }

  /// Makes lanes of all of `count` labels.
  package init(count: Int, stride: Int) {
    self.init(labels: Array(0..<count), stride: stride)
  }

  /// The lanes in groups that one pass can serve.
  var chunks: [Lanes] {
    Swift.stride(from: 0, to: labels.count, by: Lanes.widest).map { start in
      Lanes(labels: Array(labels[start..<min(start + Lanes.widest, labels.count)]), stride: stride)
    }
  }

  /// The lanes of the kernel that serves these labels: 1, 2, 4 or 8.
  var width: Int {
    switch labels.count {
    case ...1: 1
    case 2: 2
    case 3...4: 4
    default: 8
    }
  }

  /// More lanes than this take more than one pass: 8 doubles are one cache line.
  package static let widest = 8
}

/// What stands between Xᵀ and X in a Hessian: for each row a small symmetric matrix over the labels.
package enum RowWeights {
  /// One number for each label and row (labels × rows): labels do not influence each other.
  case diagonal([Double])
  /// weightᵢ (diag(pᵢ) − pᵢ pᵢᵀ) with p in labels × rows and one weight a row, as in a softmax.
  case diagonalMinusRankOne(probabilities: [Double], weights: [Double])

  /// How many numbers the series hold.
  var count: Int {
    switch self {
    case .diagonal(let series), .diagonalMinusRankOne(let series, _): series.count
    }
  }
}
