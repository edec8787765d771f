public import LinearAlgebra

/// Turns texts into rows of features under a fitted recipe.
public struct FeatureExtractor: Sendable {
  public let recipe: Recipe
  /// One for each of the recipe's blocks; their columns follow one another.
  public let blocks: [FittedBlock]

  /// - Precondition: `blocks` are the recipe's blocks in its order.
  public init(recipe: Recipe, blocks: [FittedBlock]) {
    precondition(blocks.map(\.block) == recipe.blocks, "one fitted block for each of the recipe's")
    self.recipe = recipe
    self.blocks = blocks
  }

  /// The number of columns.
  public var featureCount: Int { blocks.reduce(0) { $0 + $1.vocabulary.count } }

  /// The term behind a column in 0 ..< `featureCount`.
  public func feature(at column: Int) -> Feature {
    var rest = column
    for block in blocks {
      if rest < block.vocabulary.count {
        return Feature(block: block.block, term: block.vocabulary[rest])
      }
      rest -= block.vocabulary.count
    }
    preconditionFailure("column \(column) of \(featureCount)")
  }

  /// texts × features.
  ///
  /// - Parameter columns: for each of the recipe's columns one value a text; nothing is known of the
  ///   columns that are not given.
  public func features(of texts: [String], columns: [[String?]] = []) -> SparseMatrix {
    var reader = FeatureReader(self)
    var rows = SparseRows()
    for (index, text) in texts.enumerated() {
      let row = reader.row(of: text, columns: columns.map { $0[index] })
      for (column, value) in zip(row.columns, row.values) { rows.append(column, value) }
      rows.endRow()
    }
    return rows.matrix(columns: featureCount)
  }
}

/// One column of the document-term matrix.
public struct Feature: Hashable, Sendable {
  public let block: FeatureBlock
  /// The term in its normalized form; a word n-gram's words are joined by spaces. The name of a list
  /// of keywords, or a column and its value: `speaker=foreign minister`.
  public let term: String

  public init(block: FeatureBlock, term: String) {
    self.block = block
    self.term = term
  }
}

/// One text as the model sees it.
public struct FeatureRow: Hashable, Sendable {
  /// Rising.
  public var columns: [Int32] = []
  /// One for each of `columns`; each block of n-grams has the length that its weight gives it, or 0
  /// where nothing of it is known.
  public var values: [Double] = []
  /// How many n-grams of the text the model knows, repetitions counted.
  public var knownCount = 0
  /// How many n-grams the text has.
  public var totalCount = 0
  /// Whether the text has a known n-gram or a keyword. What columns say is no evidence of what a text
  /// says.
  public var hasEvidence = false

  public init() {}

  /// Makes the row that of an empty text, and keeps its memory.
  mutating func removeAll() {
    columns.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    (knownCount, totalCount, hasEvidence) = (0, 0, false)
  }
}
