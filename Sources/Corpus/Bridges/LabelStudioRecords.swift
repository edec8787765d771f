/// Label Studio's exports: tasks with `data` and `annotations`, whose results of type `choices` are the
/// labels of the task that `from_name` names; and its short form (JSON_MIN), with the choices beside the
/// data.
struct LabelStudioRecords {
  /// The names of the tasks, in the order in which they come.
  private(set) var tasks: [String] = []
  private var leftOut: [String] = []

  /// Which field of `data` names tasks that nobody has labelled although others are.
  static let unlabelledField = "unlabelled"

  /// Finds the tasks of all records.
  init(_ records: [BridgeRecord]) {
    for record in records {
      for annotation in record.value["annotations"]?.elements ?? [] {
        for result in annotation["result"]?.elements ?? []
        where result["type"] == .string("choices") {
          if let name = result["from_name"]?.string, !tasks.contains(name) { tasks.append(name) }
        }
      }
    }
  }

  mutating func bridged(_ records: [BridgeRecord], file: String) -> BridgedRecords {
    var bridged = BridgedRecords(file: file)
    for record in records {
      do throws(Problem) {
        bridged.records.append((record.line, try fields(record.value)))
      } catch {
        bridged.fail(error.code, record.line, error.message)
      }
    }
    if !leftOut.isEmpty {
      bridged.notes.append(
        DataNote(
          .leftOutFields,
          "left out what Label Studio keeps beside data and choices: \(Wording.list(found: leftOut))"
        ))
    }
    return bridged
  }

  private struct Problem: Error {
    var code = DataError.Code.wrongType
    let message: String
  }

  private mutating func fields(_ record: JSONValue) throws(Problem) -> [JSONValue.Member] {
    guard let members = record.members else {
      throw Problem(code: .malformedJSON, message: "found no object; expected one for each task")
    }
    guard let data = record["data"]?.members else { return short(members) }
    var fields = data.filter { $0.name != Self.unlabelledField }
    let unlabelled = record["data"]?[Self.unlabelledField]?.strings ?? []
    if !fields.contains(where: { $0.name == "id" }), let id = record["id"], id != .null {
      fields.insert(JSONValue.Member(name: "id", value: id), at: 0)
    }
    for member in members where !["id", "data", "annotations"].contains(member.name) {
      let isEmpty = member.value == .null || member.value.elements?.isEmpty ?? false
      if !isEmpty { note(member.name) }
    }
    let answers = try answers(record["annotations"]?.elements ?? [])
    for task in tasks {
      guard let answers, !unlabelled.contains(task) else {
        fields.set(task, .null)
        continue
      }
      fields.set(task, BridgedRecords.field(answers.choices[task] ?? []))
    }
    return fields + (answers?.others ?? [])
  }

  /// What an annotation says: the choices by task, and other results as they are.
  private struct Answers: Hashable {
    var choices: [String: [String]] = [:]
    var others: [JSONValue.Member] = []
  }

  /// What the annotations say; `nil` without any.
  private mutating func answers(_ annotations: [JSONValue]) throws(Problem) -> Answers? {
    let given = annotations.filter { $0["was_cancelled"] != .literal("true") }
    let decided = given.filter { $0["ground_truth"] == .literal("true") }
    var all: [Answers] = []
    for annotation in decided.isEmpty ? given : decided {
      let answers = try read(annotation)
      if !all.contains(answers) { all.append(answers) }
    }
    guard all.count <= 1 else {
      throw Problem(
        code: .severalLabels,
        message:
          "found \(given.count) annotations that differ; expected one, or one that is marked as ground "
          + "truth: decide between them")
    }
    return all.first
  }

  private mutating func read(_ annotation: JSONValue) throws(Problem) -> Answers {
    for member in annotation.members ?? [] where !["id", "result"].contains(member.name) {
      let isUsual =
        ["null", "false", "0"].contains(member.value.text) || member.value == .array([])
      if !isUsual { note("annotations.\(member.name)") }
    }
    var answers = Answers()
    for result in annotation["result"]?.elements ?? [] {
      guard let name = result["from_name"]?.string, let type = result["type"]?.string,
        let value = result["value"]
      else {
        throw Problem(
          message:
            "found a result without from_name, type or value, such as a relation; expected choices")
      }
      guard value["start"] == nil, value["end"] == nil else {
        throw Problem(
          message:
            "found a result of type \"\(type)\" for a part of the text; expected choices for the whole "
            + "text: export a project of text classification")
      }
      if type == "choices" {
        guard let choices = value["choices"]?.strings else {
          throw Problem(message: "found choices that are no list of strings; expected labels")
        }
        answers.choices[name, default: []] += choices
      } else {
        answers.others.set(name, value)
      }
    }
    return answers
  }

  /// The fields of a record in the short form: one choice is a string, several are an object.
  private func short(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
    members.map { member in
      guard let choices = member.value["choices"]?.strings, member.value.members?.count == 1 else {
        return member
      }
      return JSONValue.Member(name: member.name, value: .array(choices.map(JSONValue.string)))
    }
  }

  private mutating func note(_ name: String) {
    if !leftOut.contains(name) { leftOut.append(name) }
  }
}
