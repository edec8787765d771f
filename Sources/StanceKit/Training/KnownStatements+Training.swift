extension KnownStatements {
  /// The statements that count for any task, with what cross-validation says of near copies among them.
  ///
  /// - Parameters:
  ///   - tasks: those that are trained.
  ///   - validated: judgements of each task and statement by models that saw no copy of it.
  /// - Returns: `nil` for more than `maximumCount` texts.
  init?(_ statements: [Statement], _ tasks: [TaskData], _ validated: CrossValidation) {
    var sketcher = TextSketcher()
    var texts: [(sketch: TextSketch, rows: [Int])] = []
    var numbers: [TextSketch: Int] = [:]
    for row in statements.indices where tasks.contains(where: { $0.counts(row) }) {
      guard let sketch = sketcher.sketch(statements[row].text) else { continue }
      if let number = numbers[sketch] {
        texts[number].rows.append(row)
      } else {
        numbers[sketch] = texts.count
        texts.append((sketch, [row]))
      }
    }
    guard texts.count <= Self.maximumCount else { return nil }
    var (ids, offsets) = ([UInt8](), [UInt32(0)])
    for text in texts {
      ids.append(contentsOf: statements[text.rows[0]].id.utf8)
      guard let end = UInt32(exactly: ids.count) else { return nil }
      offsets.append(end)
    }
    self.init(
      sketches: SketchIndex(texts.flatMap(\.sketch.bytes)), idBytes: ids, idOffsets: offsets,
      codings: tasks.map { task in Codings(task, texts.map(\.rows)) })
    learnModelWeights(texts, tasks, validated)
  }

  /// Copies count here only where they were in the statement's own fold, so that no model that judged it
  /// had seen them.
  private mutating func learnModelWeights(
    _ texts: [(sketch: TextSketch, rows: [Int])], _ tasks: [TaskData],
    _ validated: CrossValidation
  ) {
    let folds = validated.folds.foldOfRow
    var cases = [[ModelWeightFitting.Case]](repeating: [], count: tasks.count)
    for (number, text) in texts.enumerated() {
      let copies = copies(of: text.sketch).filter {
        folds[texts[$0.number].rows[0]] == folds[text.rows[0]]
      }
      guard text.rows.count > 1 || copies.contains(where: { $0.number != number }) else { continue }
      for (index, task) in tasks.enumerated() {
        guard let all = evidence(of: copies, task: index) else { continue }
        for row in text.rows where task.counts(row) {
          var evidence = all
          let gold = task.gold[row] ?? []
          let weight = task.codingWeight(row)
          // Its own coding tells nothing of it.
          evidence.add(
            task.task.labels.indices.map { gold.contains($0) ? weight : 0 }, of: weight, times: -1)
          guard evidence.total > Self.smallestWeight else { continue }
          cases[index].append(
            .init(
              evidence: evidence,
              probabilities: validated.judgements[index][row].probabilities, gold: gold,
              // A slogan that everybody repeats is one text.
              weight: 1 / Double(text.rows.count)))
        }
      }
    }
    for (index, task) in tasks.enumerated() {
      codings[index].modelWeight = ModelWeightFitting(task.task).weight(cases[index])
    }
  }

  /// What is left of sums of single-precision weights when all of them are taken back.
  private static let smallestWeight = 1e-3
}

extension KnownStatements.Codings {
  /// - Parameter texts: for each text the statements that have it.
  fileprivate init(_ task: TaskData, _ texts: [[Int]]) {
    var weights: [Float] = []
    weights.reserveCapacity(texts.count * (task.labelCount + 1))
    for rows in texts {
      var sums = [Double](repeating: 0, count: task.labelCount + 1)
      for row in rows where task.counts(row) {
        let weight = task.codingWeight(row)
        for label in task.gold[row] ?? [] { sums[label] += weight }
        sums[task.labelCount] += weight
      }
      weights += sums.map(Float.init)
    }
    self.init(labelCount: task.labelCount, weights: weights, modelWeight: 1)
  }
}

extension TaskData {
  /// Whether a statement is labelled and has a weight.
  fileprivate func counts(_ row: Int) -> Bool { gold[row] != nil && rowWeights[row] > 0 }

  /// A statement that counts for more leaves nothing to the model either; sums have to stay finite.
  fileprivate func codingWeight(_ row: Int) -> Double { min(rowWeights[row], 1e6) }
}
