extension StatementExport {
  /// The project's own JSONL. Labels of multi-label tasks are arrays; what nobody has labelled has no
  /// field.
  public func jsonl() -> [UInt8] {
    var bytes: [UInt8] = []
    for statement in statements {
      var record = head(statement)
      for task in tasks {
        guard let labels = labels(task, statement) else { continue }
        record.set(
          task.name, task.isMultiLabel ? .array(labels.map(JSONValue.string)) : .string(labels[0]))
      }
      append(record + rest(statement), to: &bytes)
    }
    return bytes
  }

  /// doccano's JSONL for text classification: other columns become the example's metadata. An example
  /// without `label` is not labelled.
  public func doccano() throws(DataErrors) -> [UInt8] {
    let task = try onlyTask("doccano")
    try checkNames(
      ["label", "labels", "meta", "entities", "relations", "annotations"], "doccano")
    var bytes: [UInt8] = []
    for statement in statements {
      var record = head(statement)
      if let task, let labels = labels(task, statement) {
        record.set("label", .array(labels.map(JSONValue.string)))
      }
      append(record + rest(statement), to: &bytes)
    }
    return bytes
  }

  /// Label Studio's JSON: an array of tasks, with all columns in `data` and one annotation where
  /// something is labelled. Tasks that are not labelled although others are stand in `data.unlabelled`.
  public func labelStudio() throws(DataErrors) -> [UInt8] {
    try checkNames(Set([LabelStudioRecords.unlabelledField]), "Label Studio")
    var bytes = Array("[".utf8)
    for (index, statement) in statements.enumerated() {
      var data = head(statement) + rest(statement)
      let answers = tasks.map { (task: $0, labels: labels($0, statement)) }
      let unlabelled = answers.filter { $0.labels == nil }.map { JSONValue.string($0.task.name) }
      let isLabelled = unlabelled.count < answers.count
      if isLabelled, !unlabelled.isEmpty {
        data.set(LabelStudioRecords.unlabelledField, .array(unlabelled))
      }
      var record: [JSONValue.Member] = []
      record.set("data", .object(data))
      if isLabelled {
        let results = answers.compactMap { answer -> JSONValue? in
          guard let labels = answer.labels, !labels.isEmpty else { return nil }
          return .object([
            .init(name: "from_name", value: .string(answer.task.name)),
            .init(name: "to_name", value: .string("text")),
            .init(name: "type", value: .string("choices")),
            .init(
              name: "value",
              value: .object([
                .init(name: "choices", value: .array(labels.map(JSONValue.string)))
              ])),
          ])
        }
        record.set(
          "annotations", .array([.object([.init(name: "result", value: .array(results))])]))
      }
      bytes.append(contentsOf: (index > 0 ? ",\n" : "\n").utf8)
      JSONValue.object(record).append(to: &bytes)
    }
    return bytes + Array("\n]\n".utf8)
  }

  /// Prodigy's JSONL for its choice interface: options, accepted ones, and all columns in `meta` but those
  /// that are Prodigy's own (`answer`, `options`, `config`, and names that begin with `_`).
  public func prodigy() throws(DataErrors) -> [UInt8] {
    let task = try onlyTask("Prodigy")
    try checkNames(["label", "accept", "meta", "text"], "Prodigy")
    var bytes: [UInt8] = []
    for statement in statements {
      let members = head(statement).filter { $0.name != "text" } + rest(statement)
      var record = [JSONValue.Member(name: "text", value: .string(statement.text))]
      let own = members.filter { Self.isProdigyName($0.name) }
      if let task {
        if !own.contains(where: { $0.name == "options" }) {
          record.set("options", .array(task.labels.map(Self.option)))
        }
        if !own.contains(where: { $0.name == "config" }) {
          let style = task.isMultiLabel ? "multiple" : "single"
          record.set("config", .object([.init(name: "choice_style", value: .string(style))]))
        }
        if let labels = labels(task, statement) {
          guard !own.contains(where: { $0.name == "answer" }) else {
            throw DataErrors([
              DataError(
                .unwritable, at: statement.location,
                "found labels and an answer such as ignore; expected one of both: empty the column answer"
              )
            ])
          }
          record.set("accept", .array(labels.map(JSONValue.string)))
          record.set("answer", .string("accept"))
        }
      }
      let meta = members.filter { !Self.isProdigyName($0.name) }
      append(
        record + own + (meta.isEmpty ? [] : [.init(name: "meta", value: .object(meta))]), to: &bytes
      )
    }
    return bytes
  }

  private static func isProdigyName(_ name: String) -> Bool {
    name.hasPrefix("_") || ["answer", "options", "config"].contains(name)
  }

  private static func option(_ label: String) -> JSONValue {
    .object([.init(name: "id", value: .string(label)), .init(name: "text", value: .string(label))])
  }

  /// The id, where the file has some, and the text.
  private func head(_ statement: Statement) -> [JSONValue.Member] {
    (layout.has(.id) ? [.init(name: "id", value: .string(statement.id))] : [])
      + [.init(name: "text", value: .string(statement.text))]
  }

  private func rest(_ statement: Statement) -> [JSONValue.Member] {
    members(statement).filter { $0.name != "id" }
  }

  private func append(_ record: [JSONValue.Member], to bytes: inout [UInt8]) {
    JSONValue.object(record).append(to: &bytes)
    bytes.append(0x0a)
  }
}
