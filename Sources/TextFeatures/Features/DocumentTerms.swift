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

  /// - Parameter columns: for each of the recipe's columns one value a text; `nil` where it is not
  ///   known.
  public init(
    _ texts: [String], columns: [[String?]] = [], recipe: Recipe, parallelism: Parallelism
  ) {
    self.recipe = recipe
    documentCount = texts.count
    blocks = recipe.blocks.compactMap { block in
      switch block {
      case .keywords:
        recipe.keywords.map {
          TermCounts(texts, keywords: $0, recipe: recipe, parallelism: parallelism)
        }
      case .columns:
        recipe.columns.map {
          TermCounts(columns, of: $0, documentCount: texts.count, recipe: recipe)
        }
      default:
        recipe[block].map {
          TermCounts(texts, block: block, nGrams: $0, recipe: recipe, parallelism: parallelism)
        }
      }
    }
  }

  private init(recipe: Recipe, blocks: [TermCounts], documentCount: Int) {
    self.recipe = recipe
    self.blocks = blocks
    self.documentCount = documentCount
  }

  /// The same texts under a recipe that uses only some of the blocks, or weighs them otherwise; `nil`
  /// when `other` counts anything else.
  public func restricted(to other: Recipe) -> DocumentTerms? {
    var widened = other
    for block in FeatureBlock.allCases {
      guard let counted = recipe[block] else { continue }
      widened[block]?.weighting = counted.weighting
      widened[block]?.weight = counted.weight
      if widened[block] == nil { widened[block] = counted }
    }
    widened.keywords?.strength = recipe.keywords?.strength ?? 0
    if widened.keywords == nil { widened.keywords = recipe.keywords }
    if widened.columns == nil { widened.columns = recipe.columns }
    guard widened == recipe else { return nil }
    let used = other.blocks
    let kept = zip(recipe.blocks, blocks).filter { used.contains($0.0) }.map(\.1)
    return DocumentTerms(recipe: other, blocks: kept, documentCount: documentCount)
  }

  /// The extractor that all texts together teach.
  public func extractor() -> FeatureExtractor {
    let fitted = zip(recipe.blocks, blocks).map { block, terms -> FittedBlock in
      if let keywords = recipe.keywords, block == .keywords {
        return FittedBlock(keywords: keywords, recipe: recipe, documentCount: documentCount)
      }
      let frequencies = terms.matrix.documentFrequencies(of: 0..<documentCount)
      return FittedBlock(
        unchecked: block, recipe, terms.vocabulary, frequencies, documentCount: documentCount)
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
  ) -> FoldFeatures {
    var first: Int32 = 0
    var evidenceColumns = 0
    var weighted: [FoldBlock] = []
    for (block, terms) in zip(recipe.blocks, blocks) {
      let fold = FoldBlock(
        terms.matrix, recipe.values(of: block), training: training, firstColumn: first)
      first += Int32(fold.columnCount)
      if block != .columns { evidenceColumns = Int(first) }
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
    return FoldFeatures(
      training: matrix(training), heldOut: matrix(heldOut), evidenceColumnCount: evidenceColumns)
  }
}

/// The features of some texts, and of others under what these teach.
public struct FoldFeatures: Sendable {
  /// training texts × features.
  public let training: SparseMatrix
  /// held-out texts × features.
  public let heldOut: SparseMatrix
  /// The columns below this one come from texts.
  let evidenceColumnCount: Int

  /// As `FeatureRow.hasEvidence` for a row of `heldOut`.
  public func hasEvidence(heldOut row: Int) -> Bool {
    let entries = heldOut.nonZeros(ofRow: row)
    return !entries.isEmpty
      && Int(heldOut.columnIndices[entries.lowerBound]) < evidenceColumnCount
  }
}

/// One block of features as one fold's training texts see it.
private struct FoldBlock: Sendable {
  let counts: CountMatrix
  let weights: TermWeights
  /// The fold's column of each term, -1 where too few training texts contain it.
  let columns: [Int32]
  let columnCount: Int

  init(_ counts: CountMatrix, _ values: BlockValues, training: [Int], firstColumn: Int32) {
    let frequencies = counts.documentFrequencies(of: training)
    var next = firstColumn
    self.counts = counts
    columns = frequencies.map { frequency in
      guard frequency >= values.minimumDocumentFrequency else { return -1 }
      next += 1
      return next - 1
    }
    columnCount = Int(next - firstColumn)
    weights = TermWeights(values, frequencies, documentCount: training.count)
  }

  /// How many of a text's terms have a column.
  func entryCount(_ row: Int) -> Int {
    counts.withRow(row) { entries in
      columnCount == columns.count
        ? entries.count : entries.count { columns[Int($0.term)] >= 0 }
    }
  }

  /// Writes a text's entries, scaled as the block is.
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
    weights.scale(squares) { length in
      for entry in start..<position { target.values[entry] /= length }
    }
  }
}
