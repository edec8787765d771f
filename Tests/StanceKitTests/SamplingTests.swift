import StanceKit
import Testing

extension PoolSampler {
  fileprivate func choose(
    _ count: Int, from texts: [String], labelled: [String] = []
  ) -> [Query] {
    let pool = texts.enumerated().map {
      Statement(
        id: String($0.offset), text: $0.element,
        location: SourceLocation(file: "pool.txt", line: $0.offset + 1))
    }
    return choose(
      count, from: pool, layout: StatementLayout(presentColumns: [.text]), labelled: labelled)
  }
}

@Suite("Choosing what to label next")
struct SamplingTests {
  private static let multi = DecisionRule.thresholds([
    .init(calibration: nil, threshold: 0.5), .init(calibration: nil, threshold: 0.2),
  ])

  @Test("uncertainty of one label: entropy over ln k, margin of the two best")
  func singleLabel() {
    let even = Uncertainty(
      [0.25, 0.25, 0.25, 0.25], .mostProbable(temperature: .init(1), labels: nil))
    #expect(abs(even.entropy - 1) < 1e-12 && even.margin == 0 && even.labels == [0, 1])
    let sure = Uncertainty([0, 1, 0], .mostProbable(temperature: .init(1), labels: nil))
    #expect(sure.entropy == 0 && sure.margin == 1)
    let some = Uncertainty([0.2, 0.5, 0.3], .mostProbable(temperature: .init(1), labels: nil))
    // −(0.2 ln 0.2 + 0.5 ln 0.5 + 0.3 ln 0.3) / ln 3
    #expect(abs(some.entropy - 0.937230) < 1e-6)
    #expect(abs(some.margin - 0.2) < 1e-12 && some.labels == [1, 2])
  }

  @Test("labels with weights are as near as their products")
  func weightedLabels() {
    let rule = DecisionRule.mostProbable(
      temperature: .init(1), labels: [.init(weight: 4), .init(), .init()])
    let some = Uncertainty([0.1, 0.5, 0.4], rule)
    // Products 0.4, 0.5 and 0.4 of 1.3.
    #expect(abs(some.margin - 0.1 / 1.3) < 1e-12 && some.labels == [0, 1])
    #expect(abs(Uncertainty.distance(toEdgeOf: 0, [0.1, 0.5, 0.4], rule) - 0.1 / 1.3) < 1e-12)
    let plain = Uncertainty([0.1, 0.5, 0.4], .mostProbable(temperature: .init(1), labels: nil))
    #expect(some.entropy == plain.entropy && plain.labels == [1, 2])
  }

  @Test("uncertainty of many labels: mean binary entropy, distance to the nearest threshold")
  func multiLabel() {
    let some = Uncertainty([0.5, 0.25], Self.multi)
    // (1 + 0.811278) / 2 bits
    #expect(abs(some.entropy - 0.905639) < 1e-6)
    #expect(some.margin == 0 && some.labels == [0])
    #expect(abs(Uncertainty.distance(toEdgeOf: 1, [0.5, 0.25], Self.multi) - 0.05) < 1e-12)
  }

  private static let training: [TrainingRow] = {
    var source = WordSource(seed: 21)
    return source.rows(200, reliability: 90)
  }()

  private func model() throws -> Model {
    try Trainer(
      TrainingConfiguration(
        recipes: [.words], l2Penalties: [1e-3], classWeightings: [.uniform], folds: 0)
    ).train(on: TrainingRow.labelled(Self.training)).model
  }

  /// Unlike anything in training, but for cues that agree or contradict each other.
  private func pool(_ count: Int = 60) -> [String] {
    var source = WordSource(seed: 77)
    let cues = ["together", "apart", "gladly", "angrily", "flour"]
    return (0..<count).map { _ in
      let drawn = (0..<5).map { _ in cues[source.draw(cues.count)] }
      return (drawn + source.words(8)).joined(separator: " ")
    }
  }

  private static let strategies: [QueryStrategy] = [
    .entropy, .margin, .edge(task: 0, label: 0), .diverse, .random,
  ]

  @Test(
    "no strategy chooses twice, more than asked for, or what is labelled", arguments: strategies)
  func choice(strategy: QueryStrategy) throws {
    let sampler = PoolSampler(try model(), by: strategy)
    let pool = pool()
    let labelled = pool[0..<5].map { $0 + "!" }
    let queries = sampler.choose(20, from: pool, labelled: labelled)
    #expect(queries.count == 20 && Set(queries.map(\.row)).count == 20)
    #expect(queries.allSatisfy { $0.row >= 5 })
    #expect(sampler.choose(500, from: pool, labelled: labelled).count == 55)
    #expect(sampler.choose(3, from: ["", "  "]).isEmpty)
    #expect(sampler.choose(3, from: []).isEmpty)
  }

  @Test("uncertain statements come first", arguments: [QueryStrategy.entropy, .margin])
  func uncertainFirst(strategy: QueryStrategy) throws {
    let model = try model()
    let pool = pool()
    let queries = PoolSampler(model, by: strategy).choose(pool.count, from: pool)
    let scores = queries.compactMap(\.score)
    #expect(scores == scores.sorted(by: strategy == .entropy ? { $0 > $1 } : { $0 < $1 }))
    #expect(Set(scores).count > 10)
  }

  @Test("edge cases of a label are those nearest to its threshold")
  func edges() throws {
    let model = try model()
    let pool = pool()
    let queries = PoolSampler(model, by: .edge(task: 1, label: 1)).choose(10, from: pool)
    let distances = pool.map { text in
      let probabilities = model.classify(text).tasks[1].probabilities
      return abs(probabilities[1] - probabilities[0])
    }
    #expect(queries.map(\.score) == distances.sorted().prefix(10).map { $0 })
    #expect(queries.allSatisfy { $0.doubts.map(\.task) == [1] && $0.doubts[0].labels == [1] })
  }

  @Test("of near-duplicates one is chosen; a random draw looks like the pool")
  func nearDuplicates() throws {
    let model = try model()
    let one = "we say together that the quick brown fox jumps over the lazy dog every morning"
    let pool = (0..<12).map { one + String(repeating: "!", count: $0) } + pool(5)
    for strategy in Self.strategies {
      let rows = PoolSampler(model, by: strategy).choose(17, from: pool).map(\.row)
      #expect(rows.count { $0 < 12 } == (strategy == .random ? 12 : 1), "\(strategy)")
    }
  }

  @Test("a diverse choice is less alike than the most uncertain statements")
  func diverse() throws {
    let model = try model()
    let pool = pool(90)
    func likeness(_ strategy: QueryStrategy) -> Double {
      let rows = PoolSampler(model, by: strategy).choose(12, from: pool).map(\.row)
      let features = model.extractor.features(of: rows.map { pool[$0] })
      let dense = rows.indices.map { row in
        var values = [Double](repeating: 0, count: features.columns)
        for entry in features.nonZeros(ofRow: row) {
          values[Int(features.columnIndices[entry])] = features.values[entry]
        }
        return values
      }
      let pairs = rows.indices.flatMap { a in
        (0..<a).map { b in zip(dense[a], dense[b]).reduce(0) { $0 + $1.0 * $1.1 } }
      }
      return pairs.reduce(0, +) / Double(pairs.count)
    }
    #expect(likeness(.diverse) < likeness(.entropy) - 0.05)
  }

  @Test("a draw follows its seed, and the choice is the same for any number of threads")
  func reproducible() throws {
    let model = try model()
    let pool = pool(200)
    func rows(_ strategy: QueryStrategy, seed: UInt64 = 1, threads: Int = 1) -> [Int] {
      PoolSampler(model, by: strategy, seed: seed, parallelism: Parallelism(threads: threads))
        .choose(30, from: pool).map(\.row)
    }
    #expect(rows(.random) == rows(.random) && rows(.random) != rows(.random, seed: 2))
    for strategy in Self.strategies {
      #expect(rows(strategy) == rows(strategy, threads: 2))
    }
  }
}
