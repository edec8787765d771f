/// doccano's exports and imports for text classification: `{"id": 1, "text": "…", "label": ["a"]}`, one a
/// line or in an array; fields beside these are the example's metadata.
enum DoccanoRecords {
  static func bridged(_ records: [BridgeRecord], file: String) -> BridgedRecords {
    var bridged = BridgedRecords(file: file)
    var emptyCount = 0
    for record in records {
      guard let members = record.value.members else {
        bridged.fail(.malformedJSON, record.line, "found no object; expected one for each example")
        continue
      }
      var fields: [JSONValue.Member] = []
      var labels = JSONValue.null
      var problem: String?
      for member in members {
        switch member.name {
        case "label", "labels":
          if labels != .null {
            problem = "found labels twice in one example"
          } else if let strings = member.value.strings {
            labels = BridgedRecords.field(strings)
            if strings.isEmpty { emptyCount += 1 }
          } else if member.value.string != nil || member.value == .null {
            labels = member.value
          } else {
            problem = "found something other than labels in field \"\(member.name)\""
          }
        case "entities", "relations", "annotations":
          if member.value.elements?.isEmpty ?? true { continue }
          problem = "found field \"\(member.name)\""
        case "Comments", "comments":
          if member.value != .array([]) { fields.append(member) }
        case "meta":
          // Exports of older versions.
          if let meta = member.value.members { fields += meta } else { fields.append(member) }
        default: fields.append(member)
        }
      }
      if let problem {
        bridged.fail(
          .wrongType, record.line,
          "\(problem); expected text classification, with one list of strings in \"label\": export such a "
            + "project, not one of sequence labelling")
        continue
      }
      fields.set(BridgedRecords.labelField, labels)
      bridged.records.append((record.line, fields))
    }
    if emptyCount > 0 {
      bridged.notes.append(
        DataNote(
          .emptyLabels,
          "\(Wording.count(emptyCount, "example")) with an empty list of labels: doccano writes it also for "
            + "what nobody has labelled; in a multi-label task it is read as none of the labels"))
    }
    return bridged
  }
}
