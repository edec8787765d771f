import Corpus
import Testing

/// Files in the form that each tool documents, written by hand.
@Suite("Files of other tools")
struct BridgeTests: BridgeReading {
  // MARK: Reading

  @Test("doccano: labels, metadata, lines or an array, older field names")
  func doccano() throws {
    let lines = """
      {"id":7,"text":"One voice.","speaker":"Ann","page":3,"label":["unity","aid"],"Comments":[]}
      {"id":8,"text":"Nothing.","label":[],"Comments":["hm"]}
      {"id":9,"text":"Not yet."}
      {"id":10,"text":"Old.","labels":["aid"],"meta":{"page":4},"annotation_approver":null}

      """
    let set = try read(lines, .doccano)
    #expect(labels(set) == [["unity", "aid"], [], nil, ["aid"]])
    #expect(set.statements.map(\.id) == ["7", "8", "9", "10"])
    #expect(set.statements[0].speaker == "Ann")
    let page = try #require(set.layout.extraColumns.firstIndex(of: "page"))
    #expect(set.statements.map { $0.extras[page] } == [.json("3"), .missing, .missing, .json("4")])
    let comments = try #require(set.layout.extraColumns.firstIndex(of: "Comments"))
    #expect(set.statements[1].extras[comments] == .json("[\"hm\"]"))
    #expect(set.notes.map(\.code) == [.emptyLabels])
    #expect(set.statements.map(\.location.line) == [1, 2, 3, 4])
    let array = try read(
      "[\n  {\"text\": \"a\", \"label\": [\"x\"]},\n  {\"text\": \"b\", \"label\": [\"y\"]}\n]",
      .doccano)
    #expect(labels(array) == [["x"], ["y"]])
    #expect(array.statements.map(\.location.line) == [2, 3])
  }

  @Test(
    "sequence labelling is told from text classification",
    arguments: [
      ("{\"text\":\"a\",\"label\":[[0,1,\"PER\"]]}", StatementFormat.doccano),
      (
        "{\"text\":\"a\",\"entities\":[{\"id\":1,\"label\":\"PER\",\"start_offset\":0,\"end_offset\":1}]}",
        .doccano
      ),
      (
        "{\"text\":\"a\",\"spans\":[{\"start\":0,\"end\":1,\"label\":\"PER\"}],\"answer\":\"accept\"}",
        .prodigy
      ),
      (
        """
        [{"id":1,"data":{"text":"a"},"annotations":[{"result":[{"from_name":"label","to_name":"text",\
        "type":"labels","value":{"start":0,"end":1,"labels":["PER"]}}]}]}]
        """, .labelStudio
      ),
    ])
  func sequences(text: String, format: StatementFormat) {
    let message = messages { _ = try read(text, format) }
    #expect(message.hasPrefix("file.json:1: found "), "\(message)")
    #expect(message.contains("text classification") || message.contains("whole text"))
    // Nothing is left when it is left out.
    #expect(messages { _ = try read(text, format) { $0.skipsInvalid = true } } == message)
  }

  @Test("labels twice in one example are an error")
  func twice() {
    let message = messages {
      _ = try read("{\"text\":\"a\",\"label\":[\"x\"],\"label\":[\"y\"]}", .doccano)
    }
    #expect(message.hasPrefix("file.json:1: found labels twice"))
  }

  @Test("malformed records can be left out and are counted")
  func skipping() throws {
    let lines = """
      {"text":"a","label":[[0,1,"PER"]]}
      {"text":"b","label":["x"]}

      """
    let set = try read(lines, .doccano) { $0.skipsInvalid = true }
    #expect(set.statements.map(\.text) == ["b"] && set.skipped.count == 1)
    #expect(set.statements[0].location.line == 2)
  }

  private static let labelStudioTasks = """
    [{
      "id": 1, "created_at": "2021-03-09T21:52:49.513742Z", "project": 83,
      "data": {"text": "One voice.", "speaker": "Ann", "page": 3},
      "annotations": [{
        "id": 1001, "was_cancelled": false, "ground_truth": false, "lead_time": 4.2, "completed_by": 10,
        "result": [
          {"id": "a", "from_name": "stance", "to_name": "text", "type": "choices", "origin": "manual",
           "value": {"choices": ["unity", "aid"]}},
          {"id": "b", "from_name": "tone", "to_name": "text", "type": "choices",
           "value": {"choices": ["positive"]}},
          {"id": "c", "from_name": "remark", "to_name": "text", "type": "textarea",
           "value": {"text": ["sure"]}}
        ]}],
      "predictions": []
    }, {
      "id": 2, "data": {"text": "No choice."}, "annotations": [{"id": 2, "result": []}]
    }, {
      "id": 3, "data": {"text": "Skipped."},
      "annotations": [{"id": 3, "was_cancelled": true, "result": []}]
    }, {
      "id": 4, "data": {"text": "Twice.", "id": "own"}, "annotations": [
        {"result": [{"from_name": "tone", "to_name": "text", "type": "choices", "value": {"choices": ["negative"]}}]},
        {"ground_truth": true, "result": [{"from_name": "tone", "to_name": "text", "type": "choices", "value": {"choices": ["positive"]}}]}
      ]
    }]
    """

  @Test("Label Studio: choices by their names, data, skipped and decided annotations")
  func labelStudio() throws {
    let set = try read(Self.labelStudioTasks, .labelStudio, tasks: ["stance", "tone"])
    #expect(labels(set) == [["unity", "aid"], [], nil, []])
    #expect(labels(set, 1) == [["positive"], [], nil, ["positive"]])
    #expect(set.statements.map(\.id) == ["1", "2", "3", "own"])
    #expect(set.statements[0].speaker == "Ann")
    #expect(set.layout.extraColumns == ["page", "remark"])
    #expect(set.statements[0].extras == [.json("3"), .json("{\"text\":[\"sure\"]}")])
    #expect(set.statements.map(\.location.line) == [1, 15, 17, 20])
    #expect(set.notes.map(\.code) == [.leftOutFields])
    #expect(set.notes[0].message.contains("\"annotations.lead_time\""))
    let short = try read(
      """
      [{"id":1,"text":"a","stance":{"choices":["unity","aid"]},"annotator":1},
       {"id":2,"text":"b","stance":"unity"}]
      """, .labelStudio)
    #expect(labels(short) == [["unity", "aid"], ["unity"]])
  }

  @Test("Label Studio: annotations that differ are for people to decide")
  func differing() {
    let text = """
      [{"data":{"text":"a"},"annotations":[
      {"result":[{"from_name":"tone","to_name":"t","type":"choices","value":{"choices":["x"]}}]},
      {"result":[{"from_name":"tone","to_name":"t","type":"choices","value":{"choices":["y"]}}]}]}]
      """
    let message = messages { _ = try read(text, .labelStudio, tasks: ["tone"]) }
    #expect(message.contains("file.json:1: found 2 annotations that differ"))
  }

  @Test("Prodigy: accepted options, answers that accept nothing, metadata")
  func prodigy() throws {
    let lines = """
      {"text":"One voice.","options":[{"id":"unity","text":"Unity"},{"id":"aid","text":"Aid"}],"accept":["unity","aid"],"answer":"accept","meta":{"id":"s1","speaker":"Ann"},"_input_hash":1,"_task_hash":-2}
      {"text":"Bad.","options":[{"id":"unity","text":"Unity"}],"accept":[],"answer":"reject"}
      {"text":"Hm.","accept":["unity"],"answer":"ignore"}
      {"text":"None.","accept":[],"answer":"accept"}

      """
    let set = try read(lines, .prodigy)
    #expect(labels(set) == [["unity", "aid"], nil, nil, []])
    #expect(set.statements[0].id == "s1" && set.statements[0].speaker == "Ann")
    let answer = try #require(set.layout.extraColumns.firstIndex(of: "answer"))
    #expect(
      set.statements.map { $0.extras[answer] }
        == [.missing, .text("reject"), .text("ignore"), .missing])
  }

  @Test("Prodigy: answers for one label at a time are put together where they say all")
  func binary() throws {
    let asked = """
      {"text":"a","label":"unity","answer":"accept","_task_hash":1,"meta":{"page":1}}
      {"text":"b","label":"unity","answer":"reject","_task_hash":2,"meta":{"page":2}}
      {"text":"a","label":"aid","answer":"accept","_task_hash":3,"meta":{"page":1}}
      {"text":"b","label":"aid","answer":"reject","_task_hash":4,"meta":{"page":2}}

      """
    let set = try read(asked, .prodigy)
    #expect(set.statements.map(\.text) == ["a", "b"])
    #expect(labels(set) == [["unity", "aid"], []])
    #expect(set.layout.extraColumns == ["page"])
    #expect(set.notes[0].message.contains("\"_task_hash\""))
    let once = try read(
      """
      {"text":"a","label":"POSITIVE","answer":"accept"}
      {"text":"b","label":"NEGATIVE","answer":"accept"}

      """, .prodigy)
    #expect(labels(once) == [["POSITIVE"], ["NEGATIVE"]])
    let partial = asked.split(separator: "\n").dropLast().joined(separator: "\n")
    #expect(
      messages { _ = try read(partial, .prodigy) }.contains(
        "file.json:2: found a text that was asked for 1 of 2 labels"))
  }

  @Test("fastText: labels before or behind the text, spaces of the text as they are")
  func fastText() throws {
    let set = try read(
      "__label__unity __label__aid One  voice. \n__label__aid  two\r\nnone\ntext __label__unity\n",
      .fastText)
    #expect(set.statements.map(\.text) == ["One  voice. ", " two", "none", "text"])
    #expect(labels(set) == [["unity", "aid"], ["aid"], [], ["unity"]])
    #expect(
      messages { _ = try read("a __label__x b\n", .fastText) }.contains("in the midst of the text"))
    let several = try read("__label__x a\n", .fastText, tasks: ["stance", "tone"])
    #expect(several.statements[0].extras == [.json("[\"x\"]")])
  }

  @Test(
    "what is no JSON is told with its line",
    arguments: [
      ("{\"text\":\"a\"}\n{\"text\":\n", "file.json:2: "),
      ("[{\"text\":\"a\"}\n,\n{]", "file.json:3: "),
      ("[1]", "file.json:1: found no object"), ("[{\"text\":\"a\"}] x", "file.json:1: "),
    ])
  func malformed(text: String, message: String) {
    for format in [StatementFormat.doccano, .prodigy, .labelStudio] {
      #expect(messages { _ = try read(text, format) }.hasPrefix(message))
    }
  }
}
