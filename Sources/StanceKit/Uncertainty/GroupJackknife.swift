import Synchronization

/// How far a task's scores would move with another sample of statements: the delete-a-group jackknife.
///
/// For every pair of blocks of statements a model is fitted without both. A statement of block a is new
/// to all B − 1 models that lack a; each of them lacks one more of the other G = B − 1 blocks, and
///
///     v = (G − 1)/G Σ_b (s_{−ab} − mean)² · G/B
///
/// is the variance of its score, where G/B brings it from G blocks of statements to all B. Single
/// numbers are rough, with G − 1 degrees of freedom, but `VarianceModel` smooths them over all
/// statements; ln χ²/ν falls short of 0 by 1/ν + 1/3ν² on average, which is added.
///
/// Blocks are made of folds, so that groups and near-duplicates stay whole: unlike the infinitesimal
/// jackknife of `LaplacePosterior` it does not take the statements of an article for independent, and
/// it needs no inverse of the order of the statements.
///
/// Source: Kott, "The delete-a-group jackknife", Journal of Official Statistics 17 (2001).
struct GroupJackknife {
  let data: TaskData
  let folds: Folds
  /// Of all statements, in the columns of the model.
  let features: SparseMatrix
  let candidate: Candidate
  let parallelism: Parallelism

  /// With 10 blocks 45 models are fitted.
  static let maximumBlocks = 10
  /// Two models without a block are the least that have a variance.
  static let minimumBlocks = 3
  /// The variances of single statements are rougher than those that `VarianceModel` was made for. On
  /// `seeds/` ranks agree best with those of bootstrap refits from 4 to 15, worse at 1 and at 0.1.
  private static let relativePenalty = 4.0

  private var blockCount: Int { min(folds.count, Self.maximumBlocks) }
  private func block(_ row: Int) -> Int { folds.foldOfRow[row] % blockCount }

  /// `nil` where without two blocks a label is carried by no statement or by all.
  ///
  /// - Complexity: as `blockCount` (`blockCount` − 1) / 2 fits.
  func varianceModel() throws -> VarianceModel? {
    let rows = Array(folds.foldOfRow.indices)
    let pairs = ClassPair.all(classes: blockCount)
    let trainings = pairs.map { pair in
      rows.filter { block($0) != pair.first && block($0) != pair.second }
    }
    guard trainings.allSatisfy(data.hasBothAnswers) else { return nil }
    let labelled = data.labelledRows
    let held = pairs.map { pair in
      labelled.filter { block($0) == pair.first || block($0) == pair.second }
    }
    let results = Mutex([Result<Matrix, any Error>?](repeating: nil, count: pairs.count))
    parallelism.forEach(pairs.count) { pair in
      let result = Result {
        try TaskFitting(data: data, parallelism: .serial).fit(
          features.selectingRows(trainings[pair]), rows: trainings[pair], candidate
        ).scores(features.selectingRows(held[pair]))
      }
      results.withLock { $0[pair] = result }
    }
    let scores = try results.withLock { try $0.compactMap { try $0?.get() } }
    return VarianceModel(
      fitting: variances(scores, held, labelled), of: features.selectingRows(labelled),
      relativePenalty: Self.relativePenalty, degreesOfFreedom: blockCount - 2)
  }

  /// Of the labelled rows: rows × labels, or × pairs of labels of a single-label task, whose scores'
  /// differences alone count.
  private func variances(_ scores: [Matrix], _ held: [[Int]], _ labelled: [Int]) -> Matrix {
    let classPairs = ClassPair.all(classes: data.labelCount)
    func outputs(_ row: ArraySlice<Double>) -> [Double] {
      switch data.task.kind {
      case .multiLabel: Array(row)
      case .singleLabel:
        classPairs.map { row[row.startIndex + $0.first] - row[row.startIndex + $0.second] }
      }
    }
    let width = data.task.kind == .multiLabel ? data.labelCount : classPairs.count
    let rowCount = folds.foldOfRow.count
    var sums = Matrix(rows: rowCount, columns: width)
    for (matrix, rows) in zip(scores, held) {
      for (index, row) in rows.enumerated() {
        for (output, score) in outputs(matrix.row(index)).enumerated() {
          sums[row, output] += score
        }
      }
    }
    let groups = Double(blockCount - 1)
    var squares = Matrix(rows: rowCount, columns: width)
    for (matrix, rows) in zip(scores, held) {
      for (index, row) in rows.enumerated() {
        for (output, score) in outputs(matrix.row(index)).enumerated() {
          let deviation = score - sums[row, output] / groups
          squares[row, output] += deviation * deviation
        }
      }
    }
    let scale = (groups - 1) / groups * groups / Double(blockCount)
    return Matrix(
      rows: labelled.count, columns: width,
      elements: labelled.flatMap { squares.row($0).map { scale * $0 } })
  }
}

extension TaskData {
  /// Whether among `rows` every label is both carried and not.
  func hasBothAnswers(_ rows: [Int]) -> Bool {
    let counting = rows.filter { gold[$0] != nil && rowWeights[$0] > 0 }
    return (0..<labelCount).allSatisfy { label in
      let carriers = counting.count { gold[$0]?.contains(label) ?? false }
      return carriers > 0 && carriers < counting.count
    }
  }
}
