/// The statements that a model was trained on: sketches by which near copies of them are told, their ids
/// and how they were coded, and no text.
///
/// What people said of a statement tells more of its near copies than any words do, and a score on near
/// copies tells nothing of new statements. Statements with one sketch are one text here.
public struct KnownStatements: Sendable {
  /// A text of training that another is nearly the same as.
  public struct Copy: Hashable, Sendable {
    /// The text's number among the known ones.
    public let number: Int
    /// An estimate of the Jaccard similarity of the texts' shingles (``NearDuplicates``), from
    /// ``threshold`` to 1; its standard deviation is at most 0.05 for texts of 100 characters and more.
    public let similarity: Double
  }

  /// How the texts were coded for one task.
  struct Codings: Sendable {
    let labelCount: Int
    /// texts × (labels + 1): the weights of the statements that carry each label, and behind them those of
    /// all that are labelled.
    let weights: [Float]
    /// How many codings the probability of the model itself counts for.
    var modelWeight: Double

    /// The weights of the statements that carry each label, and of all that are labelled.
    func row(_ number: Int) -> (carried: ArraySlice<Float>, total: Float) {
      let first = number * (labelCount + 1)
      return (weights[first..<first + labelCount], weights[first + labelCount])
    }
  }

  /// The similarity from which on texts are near copies: that of ``NearDuplicates``.
  public static let threshold = NearDuplicates().threshold
  /// Of more near copies than this the nearest count.
  static let mostCopies = 16
  /// Of more texts than this none are kept: their sketches would take more than 25 MB, and about three
  /// times as much in memory.
  public static let maximumCount = 200_000

  let sketches: SketchIndex
  /// The UTF-8 of each text's first id, one after another.
  let idBytes: [UInt8]
  /// Where each id starts, and where the last one ends.
  let idOffsets: [UInt32]
  /// One for each of the model's tasks.
  var codings: [Codings]

  /// The number of texts.
  public var count: Int { sketches.count }

  /// For each of the model's tasks how many codings its own probability counts for, above 0.
  public var modelWeights: [Double] { codings.map(\.modelWeight) }

  /// The id of the first statement with a text, as its file had it.
  public func id(_ number: Int) -> String {
    String(
      decoding: idBytes[Int(idOffsets[number])..<Int(idOffsets[number + 1])], as: UTF8.self)
  }

  /// How a text was coded: the weights of the statements that carry each label, and of all that are
  /// labelled; `nil` where none is.
  ///
  /// - Parameter task: its place among the model's tasks.
  public func codings(_ number: Int, task: Int) -> (carried: [Double], total: Double)? {
    let (carried, total) = codings[task].row(number)
    return total > 0 ? (carried.map(Double.init), Double(total)) : nil
  }

  /// The texts that one is nearly the same as, most alike first.
  func copies(of sketch: TextSketch) -> [Copy] {
    sketches.matches(of: sketch, atLeast: Self.threshold, limit: Self.mostCopies)
      .map { Copy(number: $0.index, similarity: $0.similarity) }
  }

  /// What the codings of near copies say of a statement; `nil` where none of them is coded for the task.
  func evidence(of copies: [Copy], task: Int) -> CodingEvidence? {
    let codings = codings[task]
    var evidence = CodingEvidence(
      carried: Array(repeating: 0, count: codings.labelCount), modelWeight: codings.modelWeight)
    for copy in copies {
      let (carried, total) = codings.row(copy.number)
      evidence.add(carried.map(Double.init), of: Double(total), times: copy.similarity)
    }
    return evidence.total > 0 ? evidence : nil
  }
}

/// What people said of the near copies of a statement, each counted by how much it is alike.
struct CodingEvidence {
  /// For each label the sum of the similarities of the codings that gave it, times their weights.
  private(set) var carried: [Double]
  /// The sum for all codings.
  private(set) var total = 0.0
  /// How many codings the model's own probability counts for, above 0.
  var modelWeight: Double

  init(carried: [Double], total: Double = 0, modelWeight: Double) {
    (self.carried, self.total, self.modelWeight) = (carried, total, modelWeight)
  }

  /// Counts codings, or with a negative `similarity` takes them back.
  mutating func add(_ carried: [Double], of total: Double, times similarity: Double) {
    self.total = max(0, self.total + similarity * total)
    // What is taken back may be more than what was counted, in the last digit of single precision.
    for label in self.carried.indices {
      self.carried[label] = min(
        self.total, max(0, self.carried[label] + similarity * carried[label]))
    }
  }

  /// (Σ similarity of the codings that give the label + m · p) / (Σ similarity + m): the posterior mean of
  /// a label's probability, where the model's own p is the mean of a prior that is worth m codings: of a
  /// beta distribution for each label, or of a Dirichlet distribution for the labels of which one is given
  /// (Gelman et al. 2013, sections 2.4 and 3.4).
  ///
  /// - Parameter own: p, in 0...1.
  func probability(_ own: Double, label: Int) -> Double {
    (carried[label] + modelWeight * own) / (total + modelWeight)
  }

  /// One for each label.
  func probabilities(_ own: [Double]) -> [Double] {
    own.indices.map { probability(own[$0], label: $0) }
  }

  /// One for each label: as far as the model's uncertainty goes.
  func intervals(_ own: [ProbabilityInterval]) -> [ProbabilityInterval] {
    own.indices.map { label in own[label].mapped { probability($0, label: label) } }
  }
}
