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
      let frequencies = terms.matrix.documentFrequencies(of: 0..<documentCount)
      return FittedBlock(
        unchecked: block, nGrams, terms.vocabulary, frequencies, documentCount: documentCount)
    }
    return FeatureExtractor(recipe: recipe, blocks: fitted)
  }

  /// The features of all texts, under the weights that all of them teach.
  public func features(parallelism: Parallelism = .serial) -> SparseMatrix {
    let all = Array(0..<documentCount)
    return features(training: all, heldOut: [], parallelism: parallelism).training
  }

  /// The features of training and held-out texts, under what the training texts alone teach.
  ///
  /// - Parameters:
  ///   - training: rows to learn vocabulary and weights from.
  ///   - heldOut: rows to express in them.
  ///   - parallelism: the features are the same for any number of threads.
  /// - Returns: two matrices with the same columns, rows in the order asked for.
  public func features(
    training: [Int], heldOut: [Int], parallelism: Parallelism = .serial
  ) -> (training: SparseMatrix, heldOut: SparseMatrix) {
    var first: Int32 = 0
    var weighted: [FoldBlock] = []
    for (block, terms) in zip(recipe.blocks, blocks) {
      guard let nGrams = recipe[block] else { continue }
      let fold = FoldBlock(terms.matrix, nGrams, training: training, firstColumn: first)
      first += Int32(fold.columnCount)
      weighted.append(fold)
    }
    let (columnCount, blocks) = (Int(first), weighted)
    func matrix(_ rows: [Int]) -> SparseMatrix {
      let runs = parallelism.ranges(of: rows.count, minimumLength: 1000)
      var rowOffsets = [0]
      rowOffsets.reserveCapacity(rows.count + 1)
      let counts = parallelism.map(runs.count) { run in
        rows[runs[run]].map { row in blocks.reduce(0) { $0 + $1.entryCount(row) } }
      }
      for run in counts {
        for count in run { rowOffsets.append(rowOffsets[rowOffsets.count - 1] + count) }
      }
      let offsets = rowOffsets
      return SparseMatrix.filled(
        columns: columnCount, rowOffsets: rowOffsets, runs: runs, parallelism
      ) { run, target in
        for index in run {
          var position = offsets[index]
          for block in blocks { block.write(rows[index], to: target, at: &position) }
        }
      }
    }
    return (matrix(training), matrix(heldOut))
  }
}

/// One block of features as one fold's training texts see it.
private struct FoldBlock: Sendable {
  let counts: CountMatrix
  let weights: TermWeights
  /// The fold's column of each term, -1 where too few training texts contain it.
  let columns: [Int32]
  let columnCount: Int

  init(_ counts: CountMatrix, _ nGrams: NGrams, training: [Int], firstColumn: Int32) {
    let frequencies = counts.documentFrequencies(of: training)
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

  /// How many of a text's terms have a column.
  func entryCount(_ row: Int) -> Int {
    counts.withRow(row) { entries in
      columnCount == columns.count
        ? entries.count : entries.count { columns[Int($0.term)] >= 0 }
    }
  }

  /// Writes a text's entries, scaled to length 1.
  func write(_ row: Int, to target: SparseRowTarget, at position: inout Int) {
    let start = position
    var squares = 0.0
    counts.withRow(row) { entries in
      for entry in entries {
        let column = columns[Int(entry.term)]
        guard column >= 0 else { continue }
        let value = weights.weight(of: Int(entry.term), count: Int(entry.count))
        squares += value * value
        target.columns[position] = column
        target.values[position] = value
        position += 1
      }
    }
    // Every weight is above 0, so only a row without entries has no length.
    let length = squares.squareRoot()
    for entry in start..<position { target.values[entry] /= length }
  }
}
