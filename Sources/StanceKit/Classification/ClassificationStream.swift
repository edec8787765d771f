import Dispatch
import Synchronization

extension Model {
  /// Judges statements as they are read, on all threads and in bounded memory, and hands on what is
  /// made of them in the order of the input.
  ///
  /// - Parameters:
  ///   - reader: read to its end.
  ///   - render: makes the output of some neighbouring statements; the layout is that of the input
  ///     as far as it has been read.
  ///   - write: called with the outputs and their layouts one after another, never by two threads
  ///     at once.
  ///   - level: how probably intervals hold, as for `Classifier`; `nil` for no intervals.
  /// - Returns: how many statements were judged, and how many malformed records left out.
  /// - Throws: what the reader throws, after everything before it has been written; or what `write`
  ///   throws, which ends the work.
  public func classify(
    _ reader: consuming StatementReader, intervals level: Double? = nil,
    parallelism: Parallelism = .allCores,
    rendering render: @Sendable ([Statement], [Judgement], StatementLayout) -> [UInt8],
    to write: @escaping @Sendable ([UInt8], StatementLayout) throws -> Void
  ) throws -> (judgedCount: Int, skippedCount: Int) {
    let blocks = StatementBlocks(reader, window: 4 * parallelism.threads)
    let outputs = OrderedOutputs(write)
    parallelism.forEach(parallelism.threads) { _ in
      var classifier = Classifier(self, intervals: level)
      while let block = blocks.next() {
        let columns = FeatureColumns(extractor.recipe, layout: block.layout)
        let judgements = block.statements.map {
          classifier.classify($0.text, columns: columns.values(of: $0))
        }
        let output = render(block.statements, judgements, block.layout)
        let written = outputs.put((output, block.layout), at: block.number)
        blocks.release(written)
        if outputs.hasFailed { blocks.stop() }
      }
    }
    try outputs.check()
    return try blocks.finish()
  }
}

/// Cuts what a reader reads into numbered blocks, handed to whichever thread asks.
private final class StatementBlocks: @unchecked Sendable {
  struct Block {
    let number: Int
    let statements: [Statement]
    let layout: StatementLayout
  }

  /// About 100 kB of sentences: worth a thread's attention, and little to hold.
  private static let blockSize = 512

  /// Guards everything below.
  private let turn = Mutex(())
  private var reader: StatementReader
  private var count = 0
  private var statementCount = 0
  private var isAtEnd = false
  private var error: DataError?
  /// How many more blocks may be read before one of the earlier has to be written.
  private let window: DispatchSemaphore

  init(_ reader: consuming StatementReader, window: Int) {
    self.reader = reader
    self.window = DispatchSemaphore(value: window)
  }

  /// The next block; `nil` at the end or after an error.
  func next() -> Block? {
    window.wait()
    let block = turn.withLock { _ in read() }
    if block == nil { window.signal() }
    return block
  }

  /// Makes room for as many blocks as were written.
  func release(_ written: Int) {
    for _ in 0..<written { window.signal() }
  }

  func stop() {
    turn.withLock { _ in isAtEnd = true }
  }

  /// How many statements were read and malformed records left out; throws what stopped the reading.
  func finish() throws(DataError) -> (Int, Int) {
    if let error { throw error }
    return (statementCount, reader.skippedCount)
  }

  private func read() -> Block? {
    var statements: [Statement] = []
    statements.reserveCapacity(isAtEnd ? 0 : Self.blockSize)
    while !isAtEnd, statements.count < Self.blockSize {
      do throws(DataError) {
        if let statement = try reader.next() {
          statements.append(statement)
        } else {
          isAtEnd = true
        }
      } catch {
        self.error = error
        isAtEnd = true
      }
    }
    guard !statements.isEmpty else { return nil }
    count += 1
    statementCount += statements.count
    return Block(number: count - 1, statements: statements, layout: reader.layout)
  }
}

/// Writes outputs that are finished in any order in the order of their numbers.
private final class OrderedOutputs: Sendable {
  typealias Output = (bytes: [UInt8], layout: StatementLayout)

  private struct State {
    var waiting: [Int: Output] = [:]
    var next = 0
    var error: (any Error)?
  }

  private let state = Mutex(State())
  private let write: @Sendable ([UInt8], StatementLayout) throws -> Void

  init(_ write: @escaping @Sendable ([UInt8], StatementLayout) throws -> Void) {
    self.write = write
  }

  var hasFailed: Bool { state.withLock { $0.error != nil } }

  /// Takes an output and writes all whose turn it is; returns how many that were.
  func put(_ output: Output, at number: Int) -> Int {
    state.withLock { state in
      state.waiting[number] = output
      let first = state.next
      while let output = state.waiting.removeValue(forKey: state.next) {
        state.next += 1
        guard state.error == nil else { continue }
        do { try write(output.bytes, output.layout) } catch { state.error = error }
      }
      return state.next - first
    }
  }

  func check() throws {
    if let error = state.withLock({ $0.error }) { throw error }
  }
}
