import Dispatch
import Synchronization

/// The rest of a large file, cut where records are likely to begin, for several threads.
///
/// Where records begin is only known once all before them have been read: a line feed may stand within
/// quotes. So each part is read as if it began with a record, and taken only if the one before it, which
/// was taken itself, ended between two records. From the first that did not, the file is read in turn.
struct StatementParts: Sendable {
  private let file: FileSource
  private let name: String
  private let parser: any PartParsing
  /// Where the parts start.
  private let starts: [Int]
  /// The line on which the first part starts.
  private let firstLine: Int

  /// A record begins within so many bytes, or there is no cut.
  private static let searched = 1 << 15
  /// A record is unlikely to be shorter.
  private static let recordLength = 64
  /// So few bytes stay in a near cache until they are parsed, and are no mapping of their own, whose
  /// pages would be cleared for every part.
  private static let chunkSize = 1 << 15

  /// Cuts a file from a place where a record begins.
  ///
  /// - Returns: `nil` where the file is too short, or cannot be read.
  fileprivate init?(
    _ file: FileSource, name: String, _ parser: any PartParsing,
    from place: (offset: Int, line: Int)
  ) {
    let length = parser.columns.options.partLength
    var starts = [place.offset]
    var window = [UInt8](repeating: 0, count: Self.searched)
    var target = place.offset + length
    while target + length / 2 < file.length {
      guard let count = try? file.read(into: &window, window.indices, from: target) else {
        return nil
      }
      if let start = parser.likelyStart(in: Array(window[..<count])),
        target + start > starts.last ?? 0
      {
        starts.append(target + start)
      }
      target += length
    }
    guard starts.count > 1 else { return nil }
    (self.file, self.name, self.parser) = (file, name, parser)
    (self.starts, firstLine) = (starts, place.line)
  }

  /// Reads the parts into a collector.
  ///
  /// - Returns: a reader of what is left, where the parts turned out to be none.
  func read(into collector: inout StatementCollector) -> StatementReader? {
    let order = PartOrder(collector, line: firstLine, partCount: starts.count)
    collector = StatementCollector(collector.columns)
    // Nothing waits for a thread that does not come: files are hashed meanwhile.
    for _ in 1..<min(parser.columns.options.threads, starts.count) {
      DispatchQueue.global().async {
        guard order.enter() else { return }
        read(into: order)
        order.leave()
      }
    }
    read(into: order)
    order.close()
    let place: (part: Int, line: Int)
    (collector, place) = order.finish()
    guard place.part < starts.count else { return nil }
    let rest = ByteBuffer(
      FilePart(file, starts[place.part]..<Int.max), name: name, offset: starts[place.part],
      line: place.line)
    return StatementReader(
      rest, parser: place.part == 0 ? parser : parser.ofLaterPart(),
      firstOrdinal: collector.nextOrdinal)
  }

  /// Reads part after part until none is left.
  private func read(into order: PartOrder) {
    while let index = order.nextToRead() {
      order.put(PartReading(reader(index), capacity: capacity(index)), at: index)
    }
  }

  /// Whether nothing is wrong with any part, if each begins with a record: each then also ends with one,
  /// so that all of them do begin with one.
  func areSound() -> Bool {
    let given = Atomic<Int>(0)
    let areSound = Atomic<Bool>(true)
    DispatchQueue.concurrentPerform(
      iterations: min(parser.columns.options.threads, starts.count)
    ) { _ in
      while areSound.load(ordering: .relaxed) {
        let index = given.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < starts.count else { return }
        var reader = reader(index)
        do throws(DataError) {
          while try reader.skip() {}
        } catch { areSound.store(false, ordering: .relaxed) }
      }
    }
    return areSound.load(ordering: .relaxed)
  }

  private func reader(_ index: Int) -> StatementReader {
    // Threads that count references to the same string wait for each other.
    let ownName = String(decoding: Array(name.utf8), as: UTF8.self)
    let buffer = ByteBuffer(
      FilePart(file, starts[index]..<end(index)), name: ownName, chunkSize: Self.chunkSize,
      offset: starts[index])
    return StatementReader(
      buffer, parser: index == 0 ? parser : parser.ofLaterPart(), firstOrdinal: nil)
  }

  private func end(_ index: Int) -> Int { index + 1 < starts.count ? starts[index + 1] : Int.max }

  /// About how many statements a part has, and rather too many.
  private func capacity(_ index: Int) -> Int {
    max(0, min(end(index), file.length) - starts[index]) / Self.recordLength
  }
}

extension StatementReader {
  /// What follows in parts that several threads can read; `nil` where it has to be read in turn.
  mutating func parts() -> StatementParts? {
    guard columns.options.threads > 1, let file, buffer.isPlain, let parser = parser.parts(&buffer)
    else {
      return nil
    }
    return StatementParts(
      file, name: buffer.name, parser, from: (buffer.offset, buffer.line))
  }
}

/// Takes parts that are finished in any order in the order of the file. While one thread collects what
/// is there, the others read on.
private final class PartOrder: @unchecked Sendable {
  private struct State {
    var waiting: [Int: PartReading] = [:]
    /// The part whose turn it is.
    var next = 0
    var isCollecting = false
    /// How many threads beside the first are at work.
    var helpers = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let stopped = Atomic<Bool>(false)
  private let given = Atomic<Int>(0)
  private let lastHelperLeft = DispatchSemaphore(value: 0)
  private let partCount: Int
  // Only the thread that collects uses what follows.
  private var collector: StatementCollector
  /// The line on which the next part starts.
  private var line: Int
  private var hasReserved = false

  init(_ collector: consuming StatementCollector, line: Int, partCount: Int) {
    self.collector = collector
    self.line = line
    self.partCount = partCount
  }

  /// Whether what is still to be read is not wanted.
  private var isStopped: Bool { stopped.load(ordering: .relaxed) }

  /// Whether a thread that has come to help is still needed.
  func enter() -> Bool {
    state.withLock { state in
      if !state.isClosed { state.helpers += 1 }
      return !state.isClosed
    }
  }

  func leave() {
    let isLast = state.withLock { state in
      state.helpers -= 1
      return state.isClosed && state.helpers == 0
    }
    if isLast { lastHelperLeft.signal() }
  }

  /// Waits for the threads that are at work, and not for those that have not come yet: they may be kept
  /// by what waits for this one.
  func close() {
    let hasHelpers = state.withLock { state in
      state.isClosed = true
      return state.helpers > 0
    }
    if hasHelpers { lastHelperLeft.wait() }
  }

  /// A part that no thread has taken yet.
  func nextToRead() -> Int? {
    guard !isStopped else { return nil }
    let index = given.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < partCount ? index : nil
  }

  /// Takes a part and, unless another thread does, all whose turn it then is.
  func put(_ part: PartReading, at index: Int) {
    let isCollecting = state.withLock { state in
      state.waiting[index] = part
      defer { state.isCollecting = true }
      return state.isCollecting
    }
    if isCollecting { return }
    while let part = nextPart() {
      // Parts are of about the same length; what is not needed of the room is not touched.
      if !hasReserved { collector.reserve(part.hashes.count * partCount * 9 / 8 + 1024) }
      hasReserved = true
      collector.append(part, startingAt: line)
      line += part.endLine - 1
    }
  }

  /// The part whose turn it is; without one, nobody collects any more.
  private func nextPart() -> PartReading? {
    state.withLock { state in
      guard !isStopped, let part = state.waiting.removeValue(forKey: state.next) else {
        state.isCollecting = false
        return nil
      }
      guard part.isWhole else {
        stopped.store(true, ordering: .relaxed)
        state.isCollecting = false
        return nil
      }
      state.next += 1
      return part
    }
  }

  /// What was collected, and the first part that was not, with its line.
  func finish() -> (StatementCollector, (part: Int, line: Int)) {
    var taken = StatementCollector(collector.columns)
    swap(&taken, &collector)
    return (taken, (state.withLock { $0.next }, line))
  }
}
