public import LinearAlgebra

/// The term counts of a set of texts under a recipe: made once, weighted anew for every fold.
///
/// What a fold sees is exactly what it would see had its texts been read alone: terms that too few
/// of its training texts contain disappear, and document frequencies come from training texts only.
public struct DocumentTerms: Sendable {
  public let recipe: Recipe
  /// One for each of the recipe's blocks.
  public let blocks: [TermCounts]
  public let documentCount: Int

  public init(_ texts: [String], recipe: Recipe, parallelism: Parallelism) {
    self.recipe = recipe
    documentCount = texts.count
    blocks = recipe.blocks.compactMap { block in
      recipe[block].map {
        TermCounts(texts, block: block, nGrams: $0, recipe: recipe, parallelism: parallelism)
      }
    }
  }

  private init(recipe: Recipe, blocks: [TermCounts], documentCount: Int) {
    self.recipe = recipe
    self.blocks = blocks
    self.documentCount = documentCount
  }

  /// The same texts under a recipe that uses only some of the blocks; `nil` when `simpler` differs
  /// in anything else.
  public func restricted(to simpler: Recipe) -> DocumentTerms? {
    var widened = simpler
    if widened.words == nil { widened.words = recipe.words }
    if widened.characters == nil { widened.characters = recipe.characters }
    guard widened == recipe else { return nil }
    let kept = zip(recipe.blocks, blocks).filter { simpler[$0.0] != nil }.map(\.1)
    return DocumentTerms(recipe: simpler, blocks: kept, documentCount: documentCount)
  }

  /// The extractor that all texts together teach.
  public func extractor() -> FeatureExtractor {
    let fitted = zip(recipe.blocks, blocks).compactMap { block, terms -> FittedBlock? in
      guard let nGrams = recipe[block] else { return nil }
      let frequencies = documentFrequencies(of: terms.counts, rows: 0..<documentCount)
      return FittedBlock(
        unchecked: block, nGrams, terms.vocabulary, frequencies, documentCount: documentCount)
    }
    return FeatureExtractor(recipe: recipe, blocks: fitted)
  }

  /// The features of all texts, under the weights that all of them teach.
  public func features() -> SparseMatrix {
    let all = Array(0..<documentCount)
    return features(training: all, heldOut: []).training
  }

  /// The features of training and held-out texts, under what the training texts alone teach.
  ///
  /// - Parameters:
  ///   - training: rows to learn vocabulary and weights from.
  ///   - heldOut: rows to express in them.
  /// - Returns: two matrices with the same columns, rows in the order asked for.
  public func features(
    training: [Int], heldOut: [Int]
  ) -> (training: SparseMatrix, heldOut: SparseMatrix) {
    var first: Int32 = 0
    var weighted: [FoldBlock] = []
    for (block, terms) in zip(recipe.blocks, blocks) {
      guard let nGrams = recipe[block] else { continue }
      let fold = FoldBlock(terms.counts, nGrams, training: training, firstColumn: first)
      first += Int32(fold.columnCount)
      weighted.append(fold)
    }
    func matrix(_ rows: [Int]) -> SparseMatrix {
      var builder = SparseRows(capacity: weighted.reduce(0) { $0 + $1.entryCount(rows) })
      for row in rows {
        for block in weighted { block.append(row, to: &builder) }
        builder.endRow()
      }
      return builder.matrix(columns: Int(first))
    }
    return (matrix(training), matrix(heldOut))
  }
}

/// In how many of `rows` each column occurs.
func documentFrequencies(of counts: SparseMatrix, rows: some Sequence<Int>) -> [Int] {
  var frequencies = [Int](repeating: 0, count: counts.columns)
  for row in rows {
    for entry in counts.rowOffsets[row]..<counts.rowOffsets[row + 1] {
      frequencies[Int(counts.columnIndices[entry])] += 1
    }
  }
  return frequencies
}

/// One block of features as one fold's training texts see it.
private struct FoldBlock {
  let counts: SparseMatrix
  let weights: TermWeights
  /// The fold's column of each term, -1 where too few training texts contain it.
  let columns: [Int32]
  let columnCount: Int

  init(_ counts: SparseMatrix, _ nGrams: NGrams, training: [Int], firstColumn: Int32) {
    let frequencies = documentFrequencies(of: counts, rows: training)
    var next = firstColumn
    self.counts = counts
    columns = frequencies.map { frequency in
      guard frequency >= nGrams.minimumDocumentFrequency else { return -1 }
      next += 1
      return next - 1
    }
    columnCount = Int(next - firstColumn)
    weights = TermWeights(nGrams.weighting, frequencies, documentCount: training.count)
  }

  func entryCount(_ rows: [Int]) -> Int {
    rows.reduce(0) { $0 + counts.rowOffsets[$1 + 1] - counts.rowOffsets[$1] }
  }

  func append(_ row: Int, to builder: inout SparseRows) {
    let entries = counts.rowOffsets[row]..<counts.rowOffsets[row + 1]
    var squares = 0.0
    func weight(_ entry: Int) -> Double {
      weights.weight(of: Int(counts.columnIndices[entry]), count: Int(counts.values[entry]))
    }
    for entry in entries where columns[Int(counts.columnIndices[entry])] >= 0 {
      let value = weight(entry)
      squares += value * value
    }
    guard squares > 0 else { return }
    let length = squares.squareRoot()
    for entry in entries {
      let column = columns[Int(counts.columnIndices[entry])]
      if column >= 0 { builder.append(column, weight(entry) / length) }
    }
  }
}
