extension ScaledMatrix {
  /// Takes a matrix apart.
  ///
  /// - Parameter segments: in how many segments rows of the same shape shall stand together; `nil` to leave
  ///   them where they are.
  init(of documents: SparseMatrix, orderingIn segments: Int?, _ parallelism: Parallelism) {
    precondition(
      documents.nonZeroCount <= Int(UInt32.max), "at most \(UInt32.max) entries can be fitted")
    if case .written(let rows) = documents.entries, Self.areUsable(rows.columnFactors) {
      let scaled = ScaledMatrix(
        documents, EntrySplitter(of: documents, .written(rows), parallelism), segments, parallelism)
      if Self.areUsable(scaled.rowScales) {
        self = scaled
        return
      }
    }
    self.init(
      documents, EntrySplitter(of: documents, .stored, parallelism), segments, parallelism)
  }

  private init(
    _ documents: SparseMatrix, _ splitter: EntrySplitter, _ segments: Int?,
    _ parallelism: Parallelism
  ) {
    let (unitCounts, otherCounts) = splitter.counts()
    let order =
      segments.map {
        RowOrder(unitCounts: unitCounts, otherCounts: otherCounts, segments: $0, parallelism)
      } ?? .documents
    let (unitOffsets, otherOffsets) = parallelism.both {
      Self.offsets(unitCounts, order.rows)
    } _: {
      Self.offsets(otherCounts, order.rows)
    }
    let isNarrow = documents.columns <= Int(UInt16.max) + 1
    let units = ColumnMemory(count: Int(unitOffsets[documents.rows]), isNarrow: isNarrow)
    let others = ColumnMemory(count: Int(otherOffsets[documents.rows]), isNarrow: isNarrow)
    var otherValues: [Float] = []
    var isFinite = true
    rowScales = [Float](unsafeUninitializedCapacity: max(1, documents.rows)) { scales, count in
      count = documents.rows
      scales.initialize(repeating: 1)
      otherValues = [Float](unsafeUninitializedCapacity: max(1, others.count)) { values, count in
        count = others.count
        guard let scales = scales.baseAddress, let values = values.baseAddress else { return }
        isFinite = splitter.split(
          places: order.places,
          SplitTarget(
            units: EntryTarget(columns: units, offsets: unitOffsets),
            others: EntryTarget(columns: others, offsets: otherOffsets), otherValues: values,
            rowScales: scales))
      }
    }
    self.otherValues = otherValues
    self.isFinite = isFinite
    self.units = EntryColumns(offsets: unitOffsets, columns: units)
    self.others = EntryColumns(offsets: otherOffsets, columns: others)
    columnScales =
      (splitter.columnFactors?.map(Float.init) ?? Array(repeating: 1, count: documents.columns))
      + [1]
    squaredColumnScales = columnScales.map { $0 * $0 }
    rowOrder = order.rows
  }

  private static func offsets(_ counts: [Int32], _ order: [Int32]) -> [UInt32] {
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(counts.count + 1)
    var sum: UInt32 = 0
    for place in counts.indices {
      sum += UInt32(counts[order.isEmpty ? place : Int(order[place])])
      offsets.append(sum)
    }
    return offsets
  }
}

/// Tells a matrix's ones from its other entries. It reads the rows in the documents' order, which is how
/// they stand in memory.
private struct EntrySplitter: Sendable {
  enum Source: Sendable {
    case stored
    case written(WrittenRows)
  }

  let columnFactors: [Double]?
  private let documents: SparseMatrix
  private let source: Source
  /// Those of a matrix that is stored.
  private let factors: EntryFactors?
  private let parallelism: Parallelism
  private let ranges: [Range<Int>]

  init(of documents: SparseMatrix, _ source: Source, _ parallelism: Parallelism) {
    switch source {
    case .stored:
      factors = ScaledMatrix.usableFactors(of: documents)
      columnFactors = factors?.columns
      self.documents = documents.stored()
    case .written(let rows):
      factors = nil
      columnFactors = rows.columnFactors
      self.documents = documents
    }
    self.source = source
    self.parallelism = parallelism
    // A thread with fewer rows costs more to wake up than it saves.
    ranges = parallelism.ranges(of: documents.rows, minimumLength: 2000)
  }

  /// How many ones and other entries each row has.
  func counts() -> (units: [Int32], others: [Int32]) {
    if case .written(let rows) = source {
      let others = rows.markedCounts.indices.map { row in
        Int32(documents.nonZeros(ofRow: row).count) - rows.markedCounts[row]
      }
      return (rows.markedCounts, others)
    }
    var others: [Int32] = []
    let units = [Int32](unsafeUninitializedCapacity: max(1, documents.rows)) { units, count in
      count = documents.rows
      others = [Int32](unsafeUninitializedCapacity: max(1, documents.rows)) { others, count in
        count = documents.rows
        nonisolated(unsafe) let (units, others) = (units, others)
        parallelism.forEach(ranges.count) { index in
          withStoredEntries { reader in
            for row in ranges[index] {
              units[row] = reader.unitCount(row)
              others[row] = Int32(reader.entries(row).count) - units[row]
            }
          }
        }
      }
    }
    return (units, others)
  }

  /// Writes all entries to their places.
  ///
  /// - Returns: whether all that are no known products are finite.
  func split(places: [Int32], _ target: SplitTarget) -> Bool {
    switch source {
    case .stored:
      return parallelism.map(ranges.count) { index in
        withStoredEntries { split(ranges[index], $0, places, target) } ?? true
      }.allSatisfy(\.self)
    case .written(let rows):
      rows.forEachRun(parallelism) { run, entries in
        documents.rowOffsets.withUnsafeBufferPointer { offsets in
          rows.columnFactors.withUnsafeBufferPointer { factors in
            guard let offsets = offsets.baseAddress, let factors = factors.baseAddress else {
              return
            }
            let reader = EntryReader(
              firstRow: run.lowerBound, offsets: offsets, columns: entries.columns,
              values: entries.values,
              factors: (
                UnsafePointer(entries.rowFactors), factors, UnsafePointer(entries.marks)
              ))
            _ = split(run, reader, places, target)
          }
        }
      }
      // Whoever writes rows makes sure of it.
      return true
    }
  }

  private func split(
    _ rows: Range<Int>, _ reader: EntryReader, _ places: [Int32], _ target: SplitTarget
  ) -> Bool {
    // Becomes NaN by any number that is not finite.
    var zero = 0.0
    for row in rows {
      let place = places.isEmpty ? row : Int(places[row])
      if target.units.columns.isNarrow {
        zero += reader.split(UInt16.self, row, place: place, target)
      } else {
        zero += reader.split(UInt32.self, row, place: place, target)
      }
    }
    return zero == 0
  }

  private func withStoredEntries<Result>(_ body: (EntryReader) -> Result) -> Result? {
    documents.rowOffsets.withUnsafeBufferPointer { offsets in
      documents.columnIndices.withUnsafeBufferPointer { columns in
        documents.values.withUnsafeBufferPointer { values in
          guard let offsets = offsets.baseAddress, let columns = columns.baseAddress,
            let values = values.baseAddress
          else { return nil }
          guard let factors else {
            return body(
              EntryReader(
                firstRow: 0, offsets: offsets, columns: columns, values: values, factors: nil))
          }
          return factors.rows.withUnsafeBufferPointer { rows in
            factors.columns.withUnsafeBufferPointer { scales in
              factors.areProducts.withUnsafeBufferPointer { marks in
                guard let rows = rows.baseAddress, let scales = scales.baseAddress,
                  let marks = marks.baseAddress
                else { return nil }
                return body(
                  EntryReader(
                    firstRow: 0, offsets: offsets, columns: columns, values: values,
                    factors: (rows, scales, marks)))
              }
            }
          }
        }
      }
    }
  }
}

/// The entries of some rows that follow each other, and which of them are ones.
private struct EntryReader {
  /// The row whose entries stand first.
  let firstRow: Int
  /// Those of all rows.
  let offsets: UnsafePointer<Int>
  let columns: UnsafePointer<Int32>
  let values: UnsafePointer<Double>
  let factors:
    (rows: UnsafePointer<Double>, columns: UnsafePointer<Double>, marks: UnsafePointer<Bool>)?

  @inline(__always)
  func entries(_ row: Int) -> Range<Int> {
    let first = offsets[firstRow]
    return Range(uncheckedBounds: (offsets[row] &- first, offsets[row &+ 1] &- first))
  }

  @inline(__always)
  func unitCount(_ row: Int) -> Int32 {
    guard let factors else { return 0 }
    // Eight marks at a time, each of them a byte that is 0 or 1.
    let bytes = UnsafeRawPointer(factors.marks)
    let entries = entries(row)
    var position = entries.lowerBound
    var count: UInt64 = 0
    while position &+ 8 <= entries.upperBound {
      // The highest byte of the product is the sum of all eight.
      let marks = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      count &+= (marks &* 0x0101_0101_0101_0101) &>> 56
      position &+= 8
    }
    while position < entries.upperBound {
      count &+= UInt64(bytes.load(fromByteOffset: position, as: UInt8.self))
      position &+= 1
    }
    return Int32(truncatingIfNeeded: count)
  }

  /// Writes a row's entries and its scale to those of a place.
  ///
  /// - Returns: the sum of all that are no known products, times zero.
  @inline(__always)
  func split<Index: ColumnIndex>(
    _: Index.Type, _ row: Int, place: Int, _ target: SplitTarget
  ) -> Double {
    let rowScale = factors.map { $0.rows[row &- firstRow] } ?? 1
    target.rowScales[place] = Float(rowScale)
    var unit = target.units.start(Index.self, place)
    var other = target.others.start(Index.self, place)
    var value = target.otherValues + Int(target.others.offsets[place])
    var zero = 0.0
    for position in entries(row) {
      let column = Index(truncatingIfNeeded: columns[position])
      if let factors, factors.marks[position] {
        unit.pointee = column
        unit += 1
      } else {
        other.pointee = column
        other += 1
        let scale = factors.map { rowScale * $0.columns[Int(column)] } ?? 1
        value.pointee = Float(values[position] / scale)
        value += 1
        zero += values[position] * 0
      }
    }
    return zero
  }
}

/// Where a matrix is written that is taken apart.
private struct SplitTarget: @unchecked Sendable {
  let units: EntryTarget
  let others: EntryTarget
  let otherValues: UnsafeMutablePointer<Float>
  let rowScales: UnsafeMutablePointer<Float>
}

/// Where the columns of entries are written.
private struct EntryTarget: @unchecked Sendable {
  let columns: ColumnMemory
  let offsets: [UInt32]

  @inline(__always)
  func start<Index: ColumnIndex>(_: Index.Type, _ place: Int) -> UnsafeMutablePointer<Index> {
    columns.address.assumingMemoryBound(to: Index.self) + Int(offsets[place])
  }
}

/// Column indices in two bytes each, or in four. Written once, by several threads, then only read.
final class ColumnMemory: @unchecked Sendable {
  let address: UnsafeMutableRawPointer
  let count: Int
  let isNarrow: Bool

  init(count: Int, isNarrow: Bool) {
    self.count = count
    self.isNarrow = isNarrow
    address = TableMemory.allocate(byteCount: count * (isNarrow ? 2 : 4))
  }

  var byteCount: Int { count * (isNarrow ? 2 : 4) }

  deinit { address.deallocate() }

  /// The column at a position below `count`.
  func column(_ position: Int) -> Int {
    precondition(position >= 0 && position < count, "no entry \(position) in \(count)")
    return isNarrow
      ? Int(address.assumingMemoryBound(to: UInt16.self)[position])
      : Int(address.assumingMemoryBound(to: UInt32.self)[position])
  }
}
