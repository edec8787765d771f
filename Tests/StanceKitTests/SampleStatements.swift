import Foundation
import StanceKit

/// Small labelled sets, made from a seed.
enum SampleStatements {
  static let codebook = """
    name: Sample
    version: 1
    tasks:
      stance:
        kind: multi-label
        labels:
          unity: { definition: wants one voice }
          aid: { definition: wants help for people }
      tone:
        kind: single-label
        labels:
          negative: {}
          positive: {}
    """

  /// CSV of `count` statements whose words follow their labels, most of the time.
  static func csv(count: Int = 120, seed: UInt64 = 7) -> String {
    var state = seed
    func draw(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    let unity = ["one voice together", "united ranks", "a single delegation", "صف واحد"]
    let aid = [
      "trucks of flour", "medicine for the wounded", "open the crossing", "مساعدات إنسانية",
    ]
    let good = ["we welcome", "with hope", "thankfully"]
    let bad = ["we condemn", "shamefully", "in anger"]
    let filler = [
      "today", "in the city", "said the council", "once more", "before noon", "after all",
    ]
    var lines = ["id,text,language,stance,tone"]
    for row in 0..<count {
      let labels = (unity: draw(2) == 0, aid: draw(3) == 0, positive: draw(2) == 0)
      var words = [filler[draw(filler.count)], "item \(draw(10_000))"]
      if labels.unity { words.append(unity[draw(unity.count)]) }
      if labels.aid { words.append(aid[draw(aid.count)]) }
      words.append(labels.positive ? good[draw(good.count)] : bad[draw(bad.count)])
      words.append(filler[draw(filler.count)])
      let stance = [labels.unity ? "unity" : nil, labels.aid ? "aid" : nil].compactMap { $0 }
      lines.append(
        "s\(row),\(words.joined(separator: " ")),\(row % 4 == 0 ? "ar" : "en"),"
          + "\(stance.joined(separator: ";")),\(labels.positive ? "positive" : "negative")")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func labelled(count: Int = 120, seed: UInt64 = 7) throws -> LabelledStatements {
    let codebook = try Codebook(yaml: codebook, file: "codebook.yaml")
    var options = ReadingOptions(tasks: codebook.tasks.map(\.name))
    options.format = .csv
    let reader = try StatementReader(
      Array(csv(count: count, seed: seed).utf8), name: "sample.csv", options: options)
    return try LabelledStatements(StatementSet.read(reader), codebook: codebook)
  }

  /// Fast enough for tests, and with something to choose.
  static let configuration = TrainingConfiguration(
    recipes: [.words, .both], l2Penalties: [1e-3, 1e-4], classWeightings: [.uniform, .balanced],
    folds: 4)

  static func inTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "StanceKitTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }
}
