import StanceKit
import Testing

@Suite("Features of many texts")
struct ParallelFeaturesTests {
  @Test("three threads fill the rows of more than 3,000 texts as one does")
  func threadsFillTheSameRows() {
    var source = WordSource(seed: 31)
    let vocabulary = source.words(300)
    // Rows of different lengths, some of them empty, so that a shift anywhere shows.
    let texts = (0..<3500).map { _ in
      (0..<source.draw(9)).map { _ in vocabulary[source.draw(300)] }.joined(separator: " ")
    }
    let terms = DocumentTerms(texts, recipe: .both, parallelism: .serial)
    let threads = Parallelism(threads: 3)
    #expect(terms.features().rows == texts.count)
    #expect(terms.features(parallelism: threads) == terms.features())
    // The order of the rows is the caller's.
    let all = Array(texts.indices.reversed())
    let (training, held) = (all.filter { $0 % 10 == 0 }, all.filter { $0 % 10 != 0 })
    let serial = terms.features(training: training, heldOut: held)
    let parallel = terms.features(training: training, heldOut: held, parallelism: threads)
    #expect(parallel.training == serial.training)
    #expect(parallel.heldOut == serial.heldOut)
  }
}
