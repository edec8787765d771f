extension Parallelism {
  /// The results of `body` for each of `0..<count`, in order, computed on up to `threads` threads.
  ///
  /// - Throws: the error of the lowest index whose call threw, whichever thread failed first.
  public func map<Element: Sendable, Failure: Error>(
    _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Element
  ) throws(Failure) -> [Element] {
    var slots = [Result<Element, Failure>?](repeating: nil, count: count)
    slots.withUnsafeMutableBufferPointer { buffer in
      // Each index is handed out once, so each slot has one writer.
      nonisolated(unsafe) let slots = buffer
      forEach(count) { index in
        do throws(Failure) {
          slots[index] = .success(try body(index))
        } catch {
          slots[index] = .failure(error)
        }
      }
    }
    var results: [Element] = []
    results.reserveCapacity(count)
    for slot in slots {
      if let slot { results.append(try slot.get()) }
    }
    return results
  }

  /// The results of two bodies that may run at the same time.
  ///
  /// - Throws: the first body's error, or else the second's.
  public func both<First: Sendable, Second: Sendable, Failure: Error>(
    _ first: @Sendable () throws(Failure) -> First, _ second: @Sendable () throws(Failure) -> Second
  ) throws(Failure) -> (First, Second) {
    var results: (Result<First, Failure>?, Result<Second, Failure>?) = (nil, nil)
    withUnsafeMutablePointer(to: &results.0) { firstResult in
      withUnsafeMutablePointer(to: &results.1) { secondResult in
        // Each index is handed out once, so each result has one writer.
        nonisolated(unsafe) let (firstResult, secondResult) = (firstResult, secondResult)
        forEach(2) { index in
          if index == 0 {
            firstResult.pointee = Result(catching: first)
          } else {
            secondResult.pointee = Result(catching: second)
          }
        }
      }
    }
    guard let first = try results.0?.get(), let second = try results.1?.get() else {
      preconditionFailure("both bodies have run")
    }
    return (first, second)
  }
}
