import LinearAlgebra

/// The terms of several runs of texts under numbers that hold for all: the first run's own, then
/// those of the terms that each further run adds, as they appear in it.
///
/// No term is put into another run's table: the run that met a term first has its bytes. So a term
/// takes up to as many lookups as there are runs before its own, which all threads share.
struct MergedTerms {
  /// In how many texts of all runs each term occurs.
  let frequencies: [Int32]
  private let runs: [CountedTexts]
  /// The first number of the terms that each run adds.
  private let firstNumbers: [Int]
  /// What all runs but the first add, one after the other, by their own numbers.
  private let added: [Int32]
  /// For each run but the first the number of each of its terms, -1 for one that is left out.
  private let numbers: [[Int32]]

  /// Joins runs that are not renumbered yet.
  ///
  /// - Parameter minimum: in how many texts a term has to occur. Those that occur in fewer may be left
  ///   out here.
  init(_ runs: [CountedTexts], minimum: Int32, _ parallelism: Parallelism) {
    // Room for all that may be added: what is not used is never touched.
    let allTerms = runs.reduce(0) { $0 + $1.termCount }
    var ownFrequencies = parallelism.map(runs.count) { run in
      runs[run].documentFrequencies(capacity: run == 0 ? allTerms : 0)
    }
    var frequencies: [Int32] = []
    swap(&frequencies, &ownFrequencies[0])
    var firstNumbers = [0]
    var (added, numbers): ([Int32], [[Int32]]) = ([], [[]])
    for (index, run) in runs.enumerated().dropFirst() {
      var runNumbers = Self.numbers(ofTermsOf: run, in: runs[..<index], numbers, parallelism)
      // A term that nobody has met before, and too few of the last texts have, is left out anyway.
      let least = index == runs.count - 1 ? minimum : 0
      firstNumbers.append(frequencies.count)
      for (term, frequency) in ownFrequencies[index].enumerated() {
        let number = Int(runNumbers[term])
        if number >= 0 {
          frequencies[number] += frequency
        } else if frequency >= least {
          runNumbers[term] = Int32(frequencies.count)
          added.append(Int32(term))
          frequencies.append(frequency)
        }
      }
      numbers.append(runNumbers)
    }
    self.runs = runs
    self.frequencies = frequencies
    self.firstNumbers = firstNumbers
    self.added = added
    self.numbers = numbers
  }

  /// The numbers of a run's terms that runs before it have, -1 for the others.
  private static func numbers(
    ofTermsOf run: CountedTexts, in earlier: ArraySlice<CountedTexts>, _ known: [[Int32]],
    _ parallelism: Parallelism
  ) -> [Int32] {
    var numbers = [Int32](repeating: -1, count: run.termCount)
    let ranges = parallelism.ranges(of: run.slotCount, minimumLength: minimumLength)
    numbers.withUnsafeMutableBufferPointer { numbers in
      guard let base = numbers.baseAddress else { return }
      nonisolated(unsafe) let target = base
      // Each term stands in one slot, so each number has one thread that writes it.
      parallelism.forEach(ranges.count) { range in
        for (index, other) in earlier.enumerated() {
          other.number(
            termsOf: run, in: ranges[range], target, by: index == 0 ? nil : known[index])
        }
      }
    }
    return numbers
  }

  /// A thread with fewer terms costs more to wake up than it saves.
  private static let minimumLength = 1 << 14

  /// The vocabulary of some of the terms, given by their numbers, before the runs are renumbered.
  func vocabulary(of terms: [Int32], _ parallelism: Parallelism) -> Vocabulary {
    let ranges = parallelism.ranges(of: terms.count, minimumLength: Self.minimumLength)
    let lengths = parallelism.map(ranges.count) { index in
      withSources { sources in terms[ranges[index]].map { sources[$0].count } }
    }
    var offsets = [0]
    offsets.reserveCapacity(terms.count + 1)
    for length in lengths.joined() { offsets.append(offsets[offsets.count - 1] + length) }
    let (starts, total) = (offsets, offsets[terms.count])
    let bytes = [UInt8](unsafeUninitializedCapacity: max(1, total)) { bytes, count in
      count = total
      guard let base = bytes.baseAddress else { return }
      nonisolated(unsafe) let target = base
      parallelism.forEach(ranges.count) { index in
        withSources { sources in
          for place in ranges[index] {
            let term = sources[terms[place]]
            guard let first = term.baseAddress else { continue }
            (target + starts[place]).update(from: first, count: term.count)
          }
        }
      }
    }
    return Vocabulary(unchecked: bytes, offsets: offsets)
  }

  /// Calls `body` with the terms' bytes by number, from the runs that met them first.
  private func withSources<Result>(_ body: (TermSources) -> Result) -> Result {
    added.withUnsafeBufferPointer { added in
      runs.map(\.terms).withUnsafeBufferPointer { terms in
        firstNumbers.withUnsafeBufferPointer { firstNumbers in
          body(TermSources(terms: terms, firstNumbers: firstNumbers, added: added))
        }
      }
    }
  }

  /// Gives the terms of all runs their columns, which ends what their numbers are good for: see
  /// `CountedTexts.renumber`.
  ///
  /// - Parameter columns: the column of the term with each number, -1 for terms to leave out.
  consuming func renumberRuns(
    _ columns: [Int32], columnCount: Int, _ parallelism: Parallelism
  ) {
    let (runs, numbers) = (runs, numbers)
    parallelism.forEach(runs.count) { run in
      // The first run's numbers are the terms' own.
      let own = run == 0 ? columns : numbers[run].map { $0 < 0 ? -1 : columns[Int($0)] }
      runs[run].renumber(own, columnCount)
    }
  }
}

/// Where the bytes of merged terms stand.
private struct TermSources {
  /// Those of each run's own terms.
  let terms: UnsafeBufferPointer<TermPointers>
  /// The first number of the terms that each run adds.
  let firstNumbers: UnsafeBufferPointer<Int>
  /// What all runs but the first add, by their own numbers.
  let added: UnsafeBufferPointer<Int32>

  @inline(__always)
  subscript(number: Int32) -> UnsafeBufferPointer<UInt8> {
    let number = Int(number)
    var run = terms.count - 1
    while firstNumbers[run] > number { run -= 1 }
    return terms[run][run == 0 ? number : Int(added[number - firstNumbers[1]])]
  }
}
