/// Prodigy's JSONL: `accept` lists the ids of the chosen `options`, or each record asks for one `label`
/// and is answered by `accept` or `reject`. Fields of `meta` are read as fields beside it.
enum ProdigyRecords {
  static func bridged(_ records: [BridgeRecord], file: String) -> BridgedRecords {
    var bridged = BridgedRecords(file: file)
    var binary: [BridgeRecord] = []
    for record in records {
      guard let members = record.value.members else {
        bridged.fail(.malformedJSON, record.line, "found no object; expected one for each text")
        continue
      }
      if let spans = record.value["spans"]?.elements, !spans.isEmpty {
        bridged.fail(
          .wrongType, record.line,
          "found spans, as in tasks of entities; expected text classification, with \"accept\" or \"label\""
        )
        continue
      }
      let answer = record.value["answer"]?.string
      if record.value["accept"] == nil, record.value["label"]?.string != nil,
        answer == "accept" || answer == "reject"
      {
        binary.append(record)
        continue
      }
      var labels = JSONValue.null
      if answer == "accept" || answer == nil, let accepted = record.value["accept"] {
        guard let strings = accepted.strings else {
          bridged.fail(
            .wrongType, record.line,
            "found something other than strings in \"accept\"; expected the ids of options")
          continue
        }
        labels = BridgedRecords.field(strings)
      }
      bridged.records.append((record.line, fields(members, labels, keepsAnswer: labels == .null)))
    }
    merge(binary, into: &bridged)
    leaveOutPlainSettings(&bridged)
    bridged.records.sort { $0.line < $1.line }
    return bridged
  }

  /// Options that say no more than the labels, and the style of choosing, are what a codebook says: they
  /// are made anew when Prodigy's format is written.
  private static func leaveOutPlainSettings(_ bridged: inout BridgedRecords) {
    var leftOut: [String] = []
    for index in bridged.records.indices {
      bridged.records[index].fields.removeAll { field in
        let isPlain =
          switch field.name {
          case "options":
            field.value.elements?.allSatisfy {
              $0.members?.count == 2 && $0["id"] != nil && $0["id"] == $0["text"]
            } ?? false
          case "config": field.value.members?.map(\.name) == ["choice_style"]
          default: false
          }
        if isPlain, !leftOut.contains(field.name) { leftOut.append(field.name) }
        return isPlain
      }
    }
    if !leftOut.isEmpty {
      bridged.notes.append(
        DataNote(
          .leftOutFields,
          "left out \(Wording.list(found: leftOut)): which labels there are is for a codebook to say"
        ))
    }
  }

  /// - Parameter keepsAnswer: whether the answer says more than the labels: `ignore`, `reject`.
  private static func fields(
    _ members: [JSONValue.Member], _ labels: JSONValue, keepsAnswer: Bool
  ) -> [JSONValue.Member] {
    var fields: [JSONValue.Member] = []
    for member in members {
      switch member.name {
      case "accept", "label": continue
      case "answer":
        if keepsAnswer, member.value != .string("accept") { fields.append(member) }
      case "meta":
        if let meta = member.value.members { fields += meta } else { fields.append(member) }
      default: fields.append(member)
      }
    }
    fields.set(BridgedRecords.labelField, labels)
    return fields
  }

  /// Puts the answers for one text together. They say all only where every text was asked for every
  /// label, or every text once and accepted.
  private static func merge(_ records: [BridgeRecord], into bridged: inout BridgedRecords) {
    var order: [String] = []
    var answers: [String: [BridgeRecord]] = [:]
    var labels: [String] = []
    for record in records {
      let text = record.value["text"]?.string ?? ""
      if answers[text] == nil { order.append(text) }
      answers[text, default: []].append(record)
      if let label = record.value["label"]?.string, !labels.contains(label) { labels.append(label) }
    }
    let asksOnce = order.allSatisfy {
      answers[$0]?.count == 1 && answers[$0]?[0].value["answer"] == .string("accept")
    }
    var leftOut: [String] = []
    for text in order {
      guard let asked = answers[text], let first = asked.first else { continue }
      let known = Set(asked.compactMap { $0.value["label"]?.string })
      guard known.count == asked.count, asksOnce || known.count == labels.count else {
        bridged.fail(
          .severalLabels, first.line,
          known.count < asked.count
            ? "found a text that was asked twice for one label; expected once: keep one of the answers"
            : "found a text that was asked for \(known.count) of \(labels.count) labels; expected all, as "
              + "nothing is known of the others: ask for them, or choose among options")
        continue
      }
      let accepted = asked.filter { $0.value["answer"] == .string("accept") }
      let chosen = labels.filter { label in
        accepted.contains { $0.value["label"] == .string(label) }
      }
      // What differs between the answers belongs to them and not to the text.
      let common = (first.value.members ?? []).filter { member in
        ["label", "answer"].contains(member.name)
          || asked.allSatisfy { $0.value[member.name] == member.value }
      }
      for member in first.value.members ?? []
      where !common.contains(member) && !leftOut.contains(member.name) {
        leftOut.append(member.name)
      }
      bridged.records.append(
        (first.line, fields(common, BridgedRecords.field(chosen), keepsAnswer: false)))
    }
    if !leftOut.isEmpty {
      bridged.notes.append(
        DataNote(
          .leftOutFields,
          "left out what differs between the answers for one text: \(Wording.list(found: leftOut))")
      )
    }
  }
}
