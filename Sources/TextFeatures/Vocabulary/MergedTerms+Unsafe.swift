import LinearAlgebra

/// The terms of several runs of texts under numbers that hold for all: the first run's own, then those of
/// the terms that each further run adds, as they appear in it.
///
/// No term is put into another run's table: where a term is met first, its run has its bytes.
struct MergedTerms {
  /// In how many texts of all runs each term occurs.
  let frequencies: [Int32]
  private let runs: [CountedTexts]
  /// The first number of the terms that each run adds.
  private let firstNumbers: [Int]
  /// What all runs but the first add, one after the other, by their own numbers.
  private let added: [Int32]
  /// For each run but the first the number of each of its terms, -1 for one that is left out.
  private var numbers: [[Int32]]

  /// Joins runs that are not renumbered yet.
  ///
  /// - Parameter minimum: in how many texts a term has to occur. Terms that occur in fewer may be left out
  ///   here.
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
      var runNumbers = [Int32](repeating: -1, count: run.termCount)
      for earlier in 0..<index {
        runs[earlier].number(
          termsOf: run, &runNumbers, by: earlier == 0 ? nil : numbers[earlier], parallelism)
      }
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

  /// The vocabulary of some of the terms, given by their numbers.
  func vocabulary(of terms: [Int32], _ parallelism: Parallelism) -> Vocabulary {
    let ranges = parallelism.ranges(of: terms.count, minimumLength: 1 << 14)
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

  /// Gives the terms of all runs their columns: see `CountedTexts.renumber`.
  ///
  /// - Parameter columns: the column of the term with each number, -1 for terms to leave out.
  mutating func renumberRuns(
    _ columns: [Int32], columnCount: Int, _ parallelism: Parallelism
  ) {
    numbers[0] = columns
    for run in 1..<runs.count { translate(&numbers[run], columns, parallelism) }
    let (runs, numbers) = (runs, numbers)
    parallelism.forEach(runs.count) { runs[$0].renumber(numbers[$0], columnCount) }
  }

  private func translate(
    _ numbers: inout [Int32], _ columns: [Int32], _ parallelism: Parallelism
  ) {
    let ranges = parallelism.ranges(of: numbers.count, minimumLength: 1 << 14)
    numbers.withUnsafeMutableBufferPointer { numbers in
      guard let base = numbers.baseAddress else { return }
      nonisolated(unsafe) let target = base
      parallelism.forEach(ranges.count) { index in
        for term in ranges[index] where target[term] >= 0 {
          target[term] = columns[Int(target[term])]
        }
      }
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
