import StanceKit

/// One row of a set that a test makes for itself.
struct TrainingRow {
  var text: String
  var language = "en"
  var group = ""
  var weight = 1.0
  /// Labels of the multi-label task, separated by semicolons.
  var stance = ""
  var tone: String

  /// The labelled statements of these rows, under the codebook of `SampleStatements`.
  static func labelled(_ rows: [TrainingRow]) throws -> LabelledStatements {
    let codebook = try Codebook(yaml: SampleStatements.codebook, file: "codebook.yaml")
    var options = ReadingOptions(tasks: codebook.tasks.map(\.name))
    options.format = .csv
    let lines = rows.enumerated().map { index, row in
      "s\(index),\(row.text),\(row.language),\(row.group),\(row.weight),\(row.stance),\(row.tone)"
    }
    let csv = (["id,text,language,group,weight,stance,tone"] + lines).joined(separator: "\n") + "\n"
    let reader = try StatementReader(Array(csv.utf8), name: "rows.csv", options: options)
    return try LabelledStatements(StatementSet.read(reader), codebook: codebook)
  }
}

/// Random numbers and invented words, the same for a seed everywhere (Knuth's MMIX generator).
struct WordSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number in 0..<`bound`.
  mutating func draw(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  /// `count` words of three syllables each; of 274,625 words two texts hardly share any.
  mutating func words(_ count: Int) -> [String] {
    let (consonants, vowels) = (Array("bdfgklmnprstv"), Array("aeiou"))
    return (0..<count).map { _ in
      var word = ""
      for _ in 0..<3 {
        word.append(consonants[draw(consonants.count)])
        word.append(vowels[draw(vowels.count)])
      }
      return word
    }
  }

  /// Statements of invented words, each with a cue for the labels that it carries. Cues are right
  /// in `reliability` of 100 cases.
  mutating func rows(_ count: Int, reliability: Int = 100) -> [TrainingRow] {
    var rows: [TrainingRow] = []
    for _ in 0..<count {
      let (unity, aid, positive) = (draw(2) == 0, draw(4) == 0, draw(2) == 0)
      let cues = [unity, aid, positive].map { draw(100) < reliability ? $0 : !$0 }
      var text = [cues[0] ? "together" : "apart", cues[2] ? "gladly" : "angrily"]
      if cues[1] { text.append("flour") }
      text += words(8)
      let labels = [unity ? "unity" : nil, aid ? "aid" : nil].compactMap { $0 }
      rows.append(
        TrainingRow(
          text: text.joined(separator: " "), stance: labels.joined(separator: ";"),
          tone: positive ? "positive" : "negative"))
    }
    return rows
  }

  /// Graded rows, or those with cues of a reliability, of which one in eight is positive.
  mutating func unevenRows(_ count: Int, reliability: Int? = nil) -> [TrainingRow] {
    let rows =
      if let reliability { rows(2 * count, reliability: reliability) } else {
        gradedRows(2 * count)
      }
    return rows.enumerated().filter { $0.element.tone == "negative" || $0.offset % 7 == 0 }
      .map(\.element)
  }

  /// Statements whose cues are right in 97 of 100 cases or in 65, which the words tell, so that some
  /// labels are surer than others.
  mutating func gradedRows(_ count: Int) -> [TrainingRow] {
    var rows: [TrainingRow] = []
    for _ in 0..<count {
      let carried = [draw(2) == 0, draw(3) == 0, draw(2) == 0]
      let words = [
        (["together", "apart"], ["near", "far"]), (["flour", "marble"], ["water", "paper"]),
        (["gladly", "angrily"], ["softly", "loudly"]),
      ]
      var text = self.words(6)
      for (isCarried, (clear, vague)) in zip(carried, words) {
        let isClear = draw(2) == 0
        let isRight = draw(100) < (isClear ? 97 : 65)
        text.append((isClear ? clear : vague)[isCarried == isRight ? 0 : 1])
      }
      let labels = [carried[0] ? "unity" : nil, carried[1] ? "aid" : nil].compactMap { $0 }
      rows.append(
        TrainingRow(
          text: text.joined(separator: " "), stance: labels.joined(separator: ";"),
          tone: carried[2] ? "positive" : "negative"))
    }
    return rows
  }
}
