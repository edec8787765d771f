/// The questions asked of every statement and the labels that answer them.
///
/// The order of tasks and labels is the order everywhere: in models, tables and results.
public struct Codebook: Hashable, Sendable {
  /// One question asked of a statement.
  public struct Task: Hashable, Sendable, Codable {
    /// How many labels a statement has.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      /// Any number of labels, or none.
      case multiLabel = "multi-label"

      /// Exactly one label.
      case singleLabel = "single-label"

      /// The fewest labels that make a question.
      public var minimumLabelCount: Int { self == .multiLabel ? 1 : 2 }
    }

    /// The name, also of the task's column in data and results.
    public let name: String

    /// How many labels a statement has.
    public let kind: Kind

    /// The possible answers.
    public let labels: [Label]

    /// Creates a task; the codebook that gets it checks it.
    public init(name: String, kind: Kind, labels: [Label]) {
      self.name = name
      self.kind = kind
      self.labels = labels
    }

    /// The index of a label, compared by its name.
    public func index(ofLabel name: String) -> Int? {
      labels.firstIndex { $0.name == name }
    }
  }

  /// One answer of a task.
  public struct Label: Hashable, Sendable, Codable {
    /// The name, as it stands in data and results.
    public let name: String

    /// What the label means, for the coders.
    public let definition: String?

    /// Words that are typical of it.
    public let keywords: [String]

    /// Its colour in reports: `#` and six hexadecimal digits.
    public let color: String?

    /// Creates a label; the codebook that gets it checks it.
    public init(
      name: String, definition: String? = nil, keywords: [String] = [], color: String? = nil
    ) {
      self.name = name
      self.definition = definition
      self.keywords = keywords
      self.color = color
    }
  }

  /// A title for people.
  public let name: String?

  /// The version as it is written, `2` or `2024-05`.
  public let version: String?

  /// The tasks, at least one.
  public let tasks: [Task]

  /// Creates a codebook.
  ///
  /// - Throws: all that is wrong with its tasks and labels: none, too few, repeated, badly named.
  public init(
    name: String? = nil, version: String? = nil, tasks: [Task]
  ) throws(DataErrors) {
    self.name = name
    self.version = version
    self.tasks = tasks
    let errors = DataErrors(problems().map { DataError($0.code, at: nil, $0.message) })
    guard errors.isEmpty else { throw errors }
  }

  /// The task of a name.
  public func task(named name: String) -> Task? { tasks.first { $0.name == name } }
}

extension Codebook: Codable {
  private enum CodingKeys: String, CodingKey { case name, version, tasks }

  /// Decodes and checks a codebook.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      name: container.decodeIfPresent(String.self, forKey: .name),
      version: container.decodeIfPresent(String.self, forKey: .version),
      tasks: container.decode([Task].self, forKey: .tasks))
  }
}
