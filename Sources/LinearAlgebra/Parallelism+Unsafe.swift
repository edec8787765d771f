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
}
