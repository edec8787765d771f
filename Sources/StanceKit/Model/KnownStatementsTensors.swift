/// What a model knows of its training statements as tensors of a model file.
enum KnownStatementsTensors {
  /// What the description says of them.
  struct Description: Codable {
    /// One for each classifier.
    let modelWeights: [Double]
  }

  private static let sketches = "known.sketches"
  private static let ids = "known.ids"
  private static let idOffsets = "known.id-offsets"
  private static func codings(_ task: Codebook.Task) -> String { "\(task.name).known-codings" }

  static func describe(_ known: KnownStatements) -> Description {
    Description(modelWeights: known.modelWeights)
  }

  static func tensors(_ known: KnownStatements, _ tasks: [Codebook.Task]) -> [Safetensors.Tensor] {
    [
      .init(sketches, bytes: known.sketches.bytes), .init(ids, bytes: known.idBytes),
      .init(idOffsets, known.idOffsets),
    ]
      + zip(tasks, known.codings).map { task, coded in
        .init(codings(task), coded.weights, columns: coded.labelCount + 1)
      }
  }

  /// Puts them together from a file's parts, trusting none of them.
  static func known(
    _ description: Description, _ tasks: [Codebook.Task],
    tensor: (String, Safetensors.ElementType) throws -> Safetensors.Tensor
  ) throws -> KnownStatements {
    let bytes = Array(try tensor(sketches, .uint8).bytes)
    let idBytes = Array(try tensor(ids, .uint8).bytes)
    let offsets = try tensor(idOffsets, .uint32).uint32s
    let count = bytes.count / TextSketch.count
    guard bytes.count == count * TextSketch.count, count <= KnownStatements.maximumCount,
      offsets.count == count + 1, offsets.first == 0, offsets.last.map(Int.init) == idBytes.count,
      zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
      description.modelWeights.count == tasks.count
    else { throw misfit("do not have the shape of its sketches and ids") }
    guard description.modelWeights.allSatisfy({ $0 > 0 && $0 <= largestWeight }) else {
      throw misfit("count for more or less than anything can")
    }
    return KnownStatements(
      sketches: SketchIndex(bytes), idBytes: idBytes, idOffsets: offsets,
      codings: try zip(tasks, description.modelWeights).map { task, weight in
        let coded = try tensor(codings(task), .float32)
        guard coded.shape == [count, task.labels.count + 1] else {
          throw misfit("do not have the shape of the labels of task \"\(task.name)\"")
        }
        let known = KnownStatements.Codings(
          labelCount: task.labels.count, weights: coded.float32s, modelWeight: weight)
        guard (0..<count).allSatisfy({ fits(known.row($0), task) }) else {
          throw misfit("have labels of task \"\(task.name)\" that statements cannot carry")
        }
        return known
      })
  }

  /// Whether no label is given more often than there are codings, and one for each where one has to be.
  private static func fits(
    _ row: (carried: ArraySlice<Float>, total: Float), _ task: Codebook.Task
  ) -> Bool {
    let most = row.total * (1 + tolerance)
    guard row.total >= 0, row.total.isFinite, row.carried.allSatisfy({ $0 >= 0 && $0 <= most })
    else { return false }
    return task.kind == .multiLabel
      || abs(row.carried.reduce(0, +) - row.total) <= row.total * tolerance
  }

  /// Sums of weights in single precision, of which there may be many.
  private static let tolerance: Float = 1e-3
  /// Far beyond what fitting yields.
  private static let largestWeight = 1e6

  private static func misfit(_ what: String) -> ModelAssembly.Misfit {
    ModelAssembly.Misfit(description: "its known statements \(what)")
  }
}
