import Dispatch
import Synchronization

/// Statements of a reader in blocks that several threads work on, with what comes of them written in the
/// order of the input and in bounded memory.
final class StatementStream: Sendable {
  /// Some neighbouring statements.
  struct Block {
    fileprivate let number: Int
    let statements: [Statement]
    /// That of the input as far as it has been read.
    let layout: StatementLayout
  }

  private let blocks: StatementBlocks
  private let outputs: OrderedOutputs

  /// - Parameters:
  ///   - reader: read to its end.
  ///   - blockSize: how many statements a thread gets at a time.
  ///   - threads: how many will call ``forEachBlock(_:)``.
  ///   - write: called with the outputs and their layouts one after another, never by two threads at
  ///     once.
  init(
    _ reader: consuming StatementReader, blockSize: Int, threads: Int,
    _ write: @escaping @Sendable ([UInt8], StatementLayout) throws -> Void
  ) {
    blocks = StatementBlocks(reader, blockSize: blockSize, window: 4 * threads)
    outputs = OrderedOutputs(write)
  }

  /// Takes part in the work until there is none left.
  ///
  /// - Parameter body: makes the output of a block.
  func forEachBlock(_ body: (Block) -> [UInt8]) {
    while let block = blocks.next() {
      let written = outputs.put((body(block), block.layout), at: block.number)
      blocks.release(written)
      if outputs.hasFailed { blocks.stop() }
    }
  }

  /// How many statements were read and malformed records left out, once no thread is at work.
  ///
  /// - Throws: what the reader or `write` threw first.
  func finish() throws -> (Int, Int) {
    try outputs.check()
    return try blocks.finish()
  }
}

/// Cuts what a reader reads into numbered blocks, handed to whichever thread asks.
private final class StatementBlocks: @unchecked Sendable {
  private let blockSize: Int
  /// Guards everything below.
  private let turn = Mutex(())
  private var reader: StatementReader
  private var count = 0
  private var statementCount = 0
  private var isAtEnd = false
  private var error: DataError?
  /// How many more blocks may be read before one of the earlier has to be written.
  private let window: DispatchSemaphore

  init(_ reader: consuming StatementReader, blockSize: Int, window: Int) {
    self.reader = reader
    self.blockSize = blockSize
    self.window = DispatchSemaphore(value: window)
  }

  /// The next block; `nil` at the end or after an error.
  func next() -> StatementStream.Block? {
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

  private func read() -> StatementStream.Block? {
    var statements: [Statement] = []
    statements.reserveCapacity(isAtEnd ? 0 : blockSize)
    while !isAtEnd, statements.count < blockSize {
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
    return StatementStream.Block(number: count - 1, statements: statements, layout: reader.layout)
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
