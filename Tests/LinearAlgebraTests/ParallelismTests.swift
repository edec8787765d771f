import Foundation
import Synchronization
import Testing

@testable import LinearAlgebra

@Suite("Parallelism")
struct ParallelismTests {
  struct Failure: Error, Equatable {
    let index: Int
  }

  @Test("calls the body once for each index", arguments: [1, 2, 7], [0, 1, 5, 1000])
  func onceEach(threads: Int, count: Int) {
    let calls = Mutex([Int](repeating: 0, count: count))
    Parallelism(threads: threads).forEach(count) { index in calls.withLock { $0[index] += 1 } }
    #expect(calls.withLock { $0 } == Array(repeating: 1, count: count))
  }

  @Test("is over when the slowest thread is", arguments: [2, 7])
  func waitsForAll(threads: Int) {
    for milliseconds in [0, 1, 5] {
      let finished = Atomic<Int>(0)
      Parallelism(threads: threads).forEach(threads) { index in
        // Longer than a thread waits without sleeping.
        Thread.sleep(forTimeInterval: Double(milliseconds * index) / 1000)
        finished.wrappingAdd(1, ordering: .relaxed)
      }
      #expect(finished.load(ordering: .relaxed) == threads)
    }
  }

  @Test("shares work from within shared work")
  func nested() {
    let sum = Atomic<Int>(0)
    let parallelism = Parallelism(threads: 3)
    parallelism.forEach(30) { outer in
      parallelism.forEach(20) { inner in
        sum.wrappingAdd(outer * 20 + inner, ordering: .relaxed)
      }
    }
    #expect(sum.load(ordering: .relaxed) == 600 * 599 / 2)
  }

  @Test("shares the work of several threads at once, in quick succession and after a rest")
  func severalOwners() {
    let sums = (0..<6).map { _ in Counter() }
    DispatchQueue.concurrentPerform(iterations: sums.count) { owner in
      for round in 0..<300 {
        Parallelism(threads: 4).forEach(5) { sums[owner].value.wrappingAdd($0, ordering: .relaxed) }
        // Helpers have gone by then.
        if round % 100 == 99 { Thread.sleep(forTimeInterval: 0.005) }
      }
    }
    #expect(sums.map { $0.value.load(ordering: .relaxed) } == Array(repeating: 3000, count: 6))
  }

  @Test("several helpers leave one work")
  func severalHelpers() {
    // Whatever the processors; so many may not come, and some come late.
    for round in 0..<200 {
      let sum = Atomic<Int>(0)
      HelperThreads.shared.share(40, helpers: 6) { index in
        if round % 50 == 0 { Thread.sleep(forTimeInterval: 0.002) }
        sum.wrappingAdd(index, ordering: .relaxed)
      }
      #expect(sum.load(ordering: .relaxed) == 40 * 39 / 2)
    }
  }

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }

  @Test("maps in order", arguments: [1, 2, 7])
  func mapsInOrder(threads: Int) {
    let squares = Parallelism(threads: threads).map(100) { "\($0 * $0)" }
    #expect(squares == (0..<100).map { "\($0 * $0)" })
  }

  @Test("throws the error of the lowest index", arguments: [1, 2, 7])
  func lowestError(threads: Int) {
    #expect(throws: Failure(index: 13)) {
      try Parallelism(threads: threads).map(50) { index throws(Failure) in
        if index >= 13 { throw Failure(index: index) }
        return index
      }
    }
  }

  @Test("ranges cover everything once and are even", arguments: [1, 2, 3, 8], [0, 1, 7, 100])
  func ranges(threads: Int, count: Int) {
    let ranges = Parallelism(threads: threads).ranges(of: count)
    #expect(ranges.flatMap(Array.init) == Array(0..<count))
    #expect(ranges.count <= threads)
    let lengths = ranges.map(\.count)
    #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 1)
    #expect(Parallelism(threads: 8).ranges(of: 100, minimumLength: 40).count == 2)
  }

  @Test("all cores are at least one")
  func allCores() { #expect(Parallelism.allCores.threads >= 1) }
}
