internal import CMachine
import Dispatch
import Synchronization

/// The threads that help with parallel work, one set for the process.
///
/// Waking a thread that sleeps takes some fifty microseconds, as long as much of the work here. So a
/// helper that has nothing left to do looks out for more before it gives its thread back, and whoever
/// waits for a helper looks out for its end before sleeping.
///
/// Nothing waits for a helper that has not come: what nobody else takes, the owner of the work does.
/// So work may be shared from within shared work.
final class HelperThreads: Sendable {
  static let shared = HelperThreads()

  private struct State {
    /// What is being shared, the newest last.
    var works: [OpenWork] = []
    /// The owners of works that are closed, asleep until the last helper has left.
    var sleepers: [(work: WorkReference, signal: DispatchSemaphore)] = []
    /// How many helpers look out for work or are on their way.
    var free = 0
  }

  /// Work that helpers may begin.
  private struct OpenWork {
    let reference: WorkReference
    /// How many more helpers it could use.
    var wantedHelpers: Int
  }

  private let state = Mutex(State())
  /// How often work has been shared; whoever looks out watches it.
  private let calls = Atomic<Int>(0)

  /// Calls `body` once for each of `0..<count`, from this thread and up to `helpers` more.
  func share(_ count: Int, helpers: Int, _ body: @Sendable (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      let work = WorkReference(SharedWork(count: count, body: body))
      call(helpers, to: work)
      work.pointer.pointee.run()
      finish(work)
      work.deallocate()
    }
  }

  private func call(_ helpers: Int, to work: WorkReference) {
    let missing = state.withLock { state in
      state.works.append(OpenWork(reference: work, wantedHelpers: helpers))
      let wanted = state.works.reduce(0) { $0 + $1.wantedHelpers }
      let missing = min(helpers, max(0, wanted - state.free))
      state.free += missing
      return missing
    }
    calls.wrappingAdd(1, ordering: .releasing)
    for _ in 0..<missing {
      DispatchQueue.global().async { self.help() }
    }
  }

  /// Lets no more helpers begin, and returns when those that did have left.
  private func finish(_ work: WorkReference) {
    state.withLock { $0.works.removeAll { $0.reference == work } }
    _ = Self.lookOut { work.pointer.pointee.activeHelpers.load(ordering: .acquiring) == 0 }
    // Within the lock, as a helper uses the work until it lets go of it.
    let lastHelperLeft: DispatchSemaphore? = state.withLock { state in
      guard work.pointer.pointee.activeHelpers.load(ordering: .acquiring) > 0 else { return nil }
      let signal = DispatchSemaphore(value: 0)
      state.sleepers.append((work, signal))
      return signal
    }
    lastHelperLeft?.wait()
  }

  /// What a helper does: work, as long as there is some.
  private func help() {
    while true {
      let seen = calls.load(ordering: .acquiring)
      if let work = begin() {
        work.pointer.pointee.run()
        leave(work)
      } else if !Self.lookOut({ calls.load(ordering: .relaxed) != seen }) {
        // Whoever shares work from now on calls another.
        let isNeeded = state.withLock { state in
          if state.works.contains(where: { $0.wantedHelpers > 0 }) { return true }
          state.free -= 1
          return false
        }
        if !isNeeded { return }
      }
    }
  }

  /// The newest work that wants a helper.
  private func begin() -> WorkReference? {
    state.withLock { state in
      guard let index = state.works.lastIndex(where: { $0.wantedHelpers > 0 }) else { return nil }
      state.works[index].wantedHelpers -= 1
      state.free -= 1
      let work = state.works[index].reference
      work.pointer.pointee.activeHelpers.wrappingAdd(1, ordering: .relaxed)
      return work
    }
  }

  private func leave(_ work: WorkReference) {
    state.withLock { state in
      state.free += 1
      let left = work.pointer.pointee.activeHelpers.wrappingSubtract(1, ordering: .releasing)
      // From here on the work may be gone, unless its owner still has to take the lock.
      guard left.newValue == 0,
        let index = state.sleepers.firstIndex(where: { $0.work == work })
      else { return }
      state.sleepers.remove(at: index).signal.signal()
    }
  }

  /// Waits without sleeping until `isReached` or a while has gone by; returns whether it is.
  private static func lookOut(_ isReached: () -> Bool) -> Bool {
    let end = ContinuousClock.now + patience
    repeat {
      for _ in 0..<looksPerTurn {
        if isReached() { return true }
        pause_thread()
      }
    } while ContinuousClock.now < end
    return isReached()
  }

  /// How long to look out: longer than what one thread does alone between two steps of a fit.
  private static let patience = Duration.milliseconds(1)
  /// How many looks to take between two at the clock.
  private static let looksPerTurn = 32
}

/// Calls of one body that several threads share.
private struct SharedWork: ~Copyable {
  private let count: Int
  private let body: @Sendable (Int) -> Void
  private let next = Atomic<Int>(0)
  let activeHelpers = Atomic<Int>(0)

  init(count: Int, body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  /// Makes calls that nobody has made until there are none; threads that are free take the next, so that
  /// uneven pieces even out. Not inlined, so that nothing keeps the body longer.
  @inline(never)
  borrowing func run() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { return }
      body(index)
    }
  }
}

/// Where shared work is; there until its owner deallocates it.
private struct WorkReference: Equatable, @unchecked Sendable {
  let pointer: UnsafeMutablePointer<SharedWork>

  init(_ work: consuming SharedWork) {
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: work)
  }

  func deallocate() {
    pointer.deinitialize(count: 1)
    pointer.deallocate()
  }
}
