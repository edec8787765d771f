import Yams

/// Turns YAML nodes into a codebook and notes every error with its line.
struct CodebookReader {
  let file: String
  private(set) var errors: [DataError] = []
  private var taskLines: [Int] = []
  private var labelLines: [[Int]] = []
  private var misread = Set<Int>()

  init(file: String) {
    self.file = file
  }

  mutating func read(_ root: Node) -> Codebook {
    let fields = mapping(
      root, "the codebook", allowed: ["name", "version", "tasks"], required: ["tasks"])
    var tasks: [Codebook.Task] = []
    if let node = fields["tasks"] {
      for (key, value) in pairs(node, "tasks") {
        if let task = task(key, value) { tasks.append(task) }
      }
    }
    return Codebook(
      unchecked: tasks, name: fields["name"].flatMap { string($0, "name") },
      version: fields["version"].flatMap { string($0, "version") })
  }

  /// Adds what the codebook itself found wrong, at the line of the task or label.
  mutating func report(_ problem: Codebook.Problem) {
    // A missing or malformed list of tasks was already reported as such.
    guard let task = problem.task else {
      if errors.isEmpty { add(problem.code, 1, problem.message) }
      return
    }
    // A task that could not be read may have too few labels only for that reason.
    if problem.code == .tooFewLabels, misread.contains(task) { return }
    add(
      problem.code, problem.label.map { labelLines[task][$0] } ?? taskLines[task], problem.message)
  }

  private mutating func task(_ key: Node, _ value: Node) -> Codebook.Task? {
    guard let name = string(key, "a task's name") else { return nil }
    let place = "task \(Wording.quoted(name))"
    let errorsBefore = errors.count
    let fields = mapping(
      value, place, allowed: ["kind", "labels"], required: ["kind", "labels"])
    let kind = fields["kind"].flatMap { self.kind($0, place) }
    var labels: [Codebook.Label] = []
    var lines: [Int] = []
    if let node = fields["labels"] {
      for (key, value) in pairs(node, "the labels of \(place)") {
        guard let label = label(key, value) else { continue }
        labels.append(label)
        lines.append(line(key))
      }
    }
    taskLines.append(line(key))
    labelLines.append(lines)
    if errors.count > errorsBefore { misread.insert(taskLines.count - 1) }
    return Codebook.Task(name: name, kind: kind ?? .multiLabel, labels: labels)
  }

  private mutating func kind(_ node: Node, _ place: String) -> Codebook.Task.Kind? {
    guard let name = string(node, "kind") else { return nil }
    if let kind = Codebook.Task.Kind(rawValue: name) { return kind }
    let kinds = Codebook.Task.Kind.allCases.map(\.rawValue)
    add(
      .unknownKind, line(node),
      "\(place) is of kind \(Wording.quoted(name)); expected \(Wording.list(kinds))"
        + (Wording.suggestion(for: name, among: kinds).nonEmpty ?? ": correct it"))
    return nil
  }

  private mutating func label(_ key: Node, _ value: Node) -> Codebook.Label? {
    guard let name = string(key, "a label's name") else { return nil }
    if isNull(value) { return Codebook.Label(name: name) }
    let fields = mapping(
      value, "label \(Wording.quoted(name))", allowed: ["definition", "keywords", "color"],
      required: [])
    return Codebook.Label(
      name: name, definition: fields["definition"].flatMap { string($0, "definition") },
      keywords: fields["keywords"].map { strings($0, "keywords") } ?? [],
      color: fields["color"].flatMap { string($0, "color") })
  }

  /// The values of a mapping with known keys; reports unknown and missing ones.
  private mutating func mapping(
    _ node: Node, _ place: String, allowed: [String], required: [String]
  ) -> [String: Node] {
    guard case .mapping = node else {
      add(
        .wrongType, line(node),
        "\(place) is \(kindName(node)); expected a mapping with \(Wording.list(allowed)): correct it"
      )
      return [:]
    }
    var fields: [String: Node] = [:]
    for (key, value) in pairs(node, place) {
      guard let name = string(key, "a key of \(place)") else { continue }
      if allowed.contains(name) {
        fields[name] = value
      } else {
        add(
          .unknownKey, line(key),
          "\(place) has the unknown key \(Wording.quoted(name)); expected \(Wording.list(allowed))"
            + (Wording.suggestion(for: name, among: allowed).nonEmpty ?? ": remove it"))
      }
    }
    for name in required where fields[name] == nil {
      add(
        .missingKey, line(node),
        "\(place) has no key \(Wording.quoted(name)); expected \(Wording.list(required)): add it")
    }
    return fields
  }

  private mutating func pairs(_ node: Node, _ place: String) -> [(Node, Node)] {
    guard case .mapping(let mapping) = node else {
      add(
        .wrongType, line(node),
        "\(place) is \(kindName(node)); expected a mapping, a name and a colon for each: correct it"
      )
      return []
    }
    return mapping.map { ($0.key, $0.value) }
  }

  private mutating func strings(_ node: Node, _ place: String) -> [String] {
    guard case .sequence(let sequence) = node else {
      add(
        .wrongType, line(node),
        "\(place) is \(kindName(node)); expected a list in []: correct it")
      return []
    }
    return sequence.compactMap { string($0, "an entry of \(place)") }
  }

  private mutating func string(_ node: Node, _ place: String) -> String? {
    if case .scalar(let scalar) = node, !isNull(node) { return scalar.string }
    add(.wrongType, line(node), "\(place) is \(kindName(node)); expected text: correct it")
    return nil
  }

  private mutating func add(_ code: DataError.Code, _ line: Int, _ message: String) {
    errors.append(DataError(code, at: SourceLocation(file: file, line: line), message))
  }

  private func line(_ node: Node) -> Int { node.mark?.line ?? 0 }

  private func isNull(_ node: Node) -> Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  private func kindName(_ node: Node) -> String {
    switch node {
    case .scalar: isNull(node) ? "empty" : "text"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
