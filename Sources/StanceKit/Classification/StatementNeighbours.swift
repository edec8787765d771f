/// Statements, such as those that a model was trained on, among which the ones most like a text are
/// found: labelled like these.
public struct StatementNeighbours: Sendable {
  /// One statement like a text.
  public struct Neighbour: Hashable, Sendable {
    /// The number of the statement.
    public let index: Int
    /// The cosine of the angle between the two rows of features, in 0...1: 1 where they point the same
    /// way.
    public let similarity: Double
    /// Whether the texts are nearly the same, as ``NearDuplicates`` means it.
    public let isNearCopy: Bool
  }

  public let statements: [Statement]
  public let layout: StatementLayout
  private let features: SparseMatrix
  /// One for each row.
  private let lengths: [Double]

  /// - Complexity: linear in the texts; finding the nearest to a text is linear in `features`.
  public init(
    _ statements: [Statement], layout: StatementLayout, model: Model,
    parallelism: Parallelism = .allCores
  ) {
    self.statements = statements
    self.layout = layout
    let columns = FeatureColumns(model.extractor.recipe, layout: layout)
    features = model.extractor.features(
      of: statements.map(\.text), columns: columns.columns(of: statements))
    let (values, features) = (features.values, features)
    lengths = statements.indices.map { row in
      features.nonZeros(ofRow: row).reduce(0) { $0 + values[$1] * values[$1] }.squareRoot()
    }
  }

  /// The statements nearest to a row of the model's features, nearest first; of equally near ones that
  /// which comes first. None without anything in common.
  ///
  /// - Parameters:
  ///   - count: how many at most.
  ///   - isLeftOut: whether a statement is passed over.
  func nearest(
    to row: FeatureRow, count: Int, leavingOut isLeftOut: (Statement) -> Bool
  ) -> [(index: Int, similarity: Double)] {
    let length = row.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard count > 0, length > 0 else { return [] }
    var weights = [Double](repeating: 0, count: features.columns)
    for (column, value) in zip(row.columns, row.values) { weights[Int(column)] = value }
    var nearest: [(index: Int, similarity: Double)] = []
    let (columns, values) = (features.columnIndices, features.values)
    for index in statements.indices where lengths[index] > 0 {
      var product = 0.0
      for entry in features.nonZeros(ofRow: index) {
        product += values[entry] * weights[Int(columns[entry])]
      }
      let similarity = min(1, product / (length * lengths[index]))
      guard similarity > 0, nearest.count < count || similarity > nearest[count - 1].similarity,
        !isLeftOut(statements[index])
      else { continue }
      let place = nearest.firstIndex { $0.similarity < similarity } ?? nearest.count
      nearest.insert((index, similarity), at: place)
      if nearest.count > count { nearest.removeLast() }
    }
    return nearest
  }
}
