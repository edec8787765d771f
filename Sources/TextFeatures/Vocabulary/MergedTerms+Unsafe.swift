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
  /// What each run but the first adds, by its own numbers.
  private let added: [[Int32]]
  /// For each run but the first the number of each of its terms, -1 for one that is left out.
  private let numbers: [[Int32]]

  /// Joins runs that are not renumbered yet.
  ///
  /// - Parameter minimum: in how many texts a term has to occur. Terms that occur in fewer may be left out
  ///   here.
  init(_ runs: [CountedTexts], minimum: Int32, _ parallelism: Parallelism) {
    let ownFrequencies = parallelism.map(runs.count) { runs[$0].documentFrequencies() }
    var frequencies = ownFrequencies[0]
    var firstNumbers = [0]
    var (added, numbers): ([[Int32]], [[Int32]]) = ([[]], [[]])
    for (index, run) in runs.enumerated().dropFirst() {
      var runNumbers = [Int32](repeating: -1, count: run.termCount)
      for earlier in 0..<index {
        runs[earlier].number(
          termsOf: run, &runNumbers, by: earlier == 0 ? nil : numbers[earlier], parallelism)
      }
      // A term that nobody has met before, and too few of the last texts have, is left out anyway.
      let least = index == runs.count - 1 ? minimum : 0
      firstNumbers.append(frequencies.count)
      var runAdded: [Int32] = []
      for (term, frequency) in ownFrequencies[index].enumerated() {
        let number = Int(runNumbers[term])
        if number >= 0 {
          frequencies[number] += frequency
        } else if frequency >= least {
          runNumbers[term] = Int32(frequencies.count)
          runAdded.append(Int32(term))
          frequencies.append(frequency)
        }
      }
      added.append(runAdded)
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
      terms[ranges[index]].map { term in withTerm(term) { $1 } }
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
        for place in ranges[index] {
          withTerm(terms[place]) { (target + starts[place]).update(from: $0, count: $1) }
        }
      }
    }
    return Vocabulary(unchecked: bytes, offsets: offsets)
  }

  /// Calls `body` with the bytes of the term with a number, from the run that met it first.
  @inline(__always)
  private func withTerm<Result>(
    _ number: Int32, _ body: (UnsafePointer<UInt8>, Int) -> Result
  ) -> Result {
    var run = runs.count - 1
    while firstNumbers[run] > Int(number) { run -= 1 }
    let term = run == 0 ? number : added[run][Int(number) - firstNumbers[run]]
    return runs[run].withTerm(Int(term), body)
  }

  /// Gives the terms of all runs their columns: see `CountedTexts.renumber`.
  ///
  /// - Parameter columns: the column of the term with each number, -1 for terms to leave out.
  func renumberRuns(_ columns: [Int32], columnCount: Int, _ parallelism: Parallelism) {
    parallelism.forEach(runs.count) { run in
      let own =
        run == 0 ? columns : numbers[run].map { $0 < 0 ? -1 : columns[Int($0)] }
      runs[run].renumber(own, columnCount)
    }
  }
}
