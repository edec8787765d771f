import Foundation

/// Where a model comes from: what it takes to make it again, and to know what it was made of.
public struct Provenance: Hashable, Codable, Sendable {
  /// The files it was trained on.
  public let inputs: [InputFile]
  public let data: DataSummary
  public let seed: UInt64
  /// The toolkit's version.
  public let version: String
  /// The BLAS that did the vector work.
  public let linearAlgebra: String

  init(inputs: [InputFile], data: DataSummary, seed: UInt64) {
    self.inputs = inputs
    self.data = data
    self.seed = seed
    version = StanceKit.version
    linearAlgebra = LinearAlgebraLibrary.description
  }

  /// Whether all counts are possible, where they come from a file.
  var isPlausible: Bool {
    let counts =
      [data.statementCount] + data.languages.map(\.count)
      + data.tasks.flatMap { [$0.labelledCount, $0.noneCount] + $0.labels.map(\.count) }
    return counts.allSatisfy { (0...Int(UInt32.max)).contains($0) }
  }
}

/// A file that went into a model.
public struct InputFile: Hashable, Codable, Sendable {
  /// Without its folder: a model does not tell where its maker keeps files.
  public let name: String
  /// Of its bytes as they are, in lowercase hexadecimal.
  public let sha256: String
}

/// What a model was trained on, in numbers.
public struct DataSummary: Hashable, Codable, Sendable {
  public let statementCount: Int
  /// Statements of each language, by falling count; empty where no language is given.
  public let languages: [Count]
  /// One for each task.
  public let tasks: [TaskSummary]

  public struct Count: Hashable, Codable, Sendable {
    public let name: String
    public let count: Int
  }

  public struct TaskSummary: Hashable, Codable, Sendable {
    public let task: String
    public let labelledCount: Int
    /// In the codebook's order.
    public let labels: [Count]
    /// Statements that carry none of the labels.
    public let noneCount: Int
  }

  init(_ data: LabelledStatements, _ tasks: [TaskData]) {
    statementCount = data.statements.count
    var byLanguage: [String: Int] = [:]
    // By index: a statement copied out of its array has all its strings counted as shared.
    for row in data.statements.indices {
      if let language = data.statements[row].language { byLanguage[language, default: 0] += 1 }
    }
    languages = byLanguage.map { Count(name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    self.tasks = tasks.map { data in
      var counts = data.task.labels.map { _ in 0 }
      var (labelledCount, noneCount) = (0, 0)
      for case let labels? in data.gold {
        labelledCount += 1
        if labels.isEmpty { noneCount += 1 }
        for label in labels { counts[label] += 1 }
      }
      return TaskSummary(
        task: data.task.name, labelledCount: labelledCount,
        labels: zip(data.task.labels, counts).map { Count(name: $0.name, count: $1) },
        noneCount: noneCount)
    }
  }
}
