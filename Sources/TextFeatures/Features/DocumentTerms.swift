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
    let texts = Texts(count: texts.count) { texts[$0] }
    self.init(texts, columns: columns, recipe: recipe, parallelism: parallelism)
  }

  /// The same of texts that stand in something larger.
  public init(
    _ texts: Texts, columns: [[String?]] = [], recipe: Recipe, parallelism: Parallelism
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
      let frequencies = terms.documentFrequencies.map { UInt32($0) }
      return FittedBlock(
        unchecked: block, recipe, terms.vocabulary, frequencies, documentCount: documentCount)
    }
    return FeatureExtractor(recipe: recipe, blocks: fitted)
  }

  /// The features of all texts, under the weights that all of them teach.
  ///
  /// They are weighed whenever a fit reads them; the matrix's arrays are made when they are asked for.
  public func features(parallelism: Parallelism = .serial) -> SparseMatrix {
    let folds = foldBlocks { block, terms, firstColumn in
      FoldBlock(
        terms.matrix, recipe.values(of: block), terms.documentFrequencies,
        trainingCount: documentCount, firstColumn: firstColumn)
    }
    return Self.matrix(0..<documentCount, folds, parallelism)
  }

  /// One block after another, each behind the columns of those before it.
  private func foldBlocks(
    _ make: (FeatureBlock, TermCounts, _ firstColumn: Int32) -> FoldBlock
  ) -> [FoldBlock] {
    var first: Int32 = 0
    return zip(recipe.blocks, blocks).map { block, terms in
      let fold = make(block, terms, first)
      first += Int32(fold.columnCount)
      return fold
    }
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
    let folds = foldBlocks { block, terms, firstColumn in
      FoldBlock(
        terms.matrix, recipe.values(of: block), terms.matrix.documentFrequencies(of: training),
        trainingCount: training.count, firstColumn: firstColumn)
    }
    let last = Array(zip(recipe.blocks, folds)).last { $0.0 != .columns }
    let evidenceColumns = last.map { Int($0.1.firstColumn) + $0.1.columnCount }
    return FoldFeatures(
      // One fold's features serve many fits.
      training: Self.matrix(training, folds, parallelism).stored(),
      heldOut: Self.matrix(heldOut, folds, parallelism).stored(),
      evidenceColumnCount: evidenceColumns ?? 0)
  }

  /// Some texts' features in blocks that stand side by side.
  private static func matrix<Rows: RandomAccessCollection<Int> & Sendable>(
    _ rows: Rows, _ blocks: [FoldBlock], _ parallelism: Parallelism
  ) -> SparseMatrix where Rows.SubSequence: Sendable {
    // A row has one factor: that of its texts' largest block.
    let largest = blocks.indices.max {
      blocks[$0].counts.entryCount < blocks[$1].counts.entryCount
    }
    @Sendable func slice(_ range: Range<Int>) -> Rows.SubSequence {
      let start = rows.index(rows.startIndex, offsetBy: range.lowerBound)
      return rows[start..<rows.index(start, offsetBy: range.count)]
    }
    let runs = parallelism.ranges(of: rows.count, minimumLength: 1000)
    // Block by block: a block copied out of its array for every row has its arrays counted as shared,
    // and threads that count references to the same array wait for each other.
    let counts = parallelism.map(runs.count) { run in
      var counts = [RowCount](repeating: RowCount(), count: runs[run].count)
      for (index, block) in blocks.enumerated() {
        block.count(slice(runs[run]), into: &counts, givesFactors: index == largest)
      }
      return counts
    }
    var (rowOffsets, markedCounts): ([Int], [Int32]) = ([0], [])
    rowOffsets.reserveCapacity(rows.count + 1)
    markedCounts.reserveCapacity(rows.count)
    for run in counts {
      for count in run {
        rowOffsets.append(rowOffsets[rowOffsets.count - 1] + Int(count.entries))
        markedCounts.append(count.marked)
      }
    }
    let offsets = rowOffsets
    return SparseMatrix(
      columnFactors: blocks.flatMap(\.columnFactors), rowOffsets: rowOffsets,
      markedCounts: markedCounts, parallelism
    ) { run, target in
      var positions = run.map { offsets[$0] - offsets[run.lowerBound] }
      for row in run.indices { target.rowFactors[row - run.lowerBound] = 1 }
      for (index, block) in blocks.enumerated() {
        block.write(slice(run), to: target, at: &positions, givesFactors: index == largest)
      }
    }
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
