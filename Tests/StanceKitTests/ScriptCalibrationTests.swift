import Foundation
import StanceKit
import Testing

@Suite("Calibration by script")
struct ScriptCalibrationTests {
  /// Statements in two scripts whose cues are always right; those in Arabic come in so many forms that
  /// half of them are new to a model, and its scores timid.
  private static let rows: [TrainingRow] = {
    var source = WordSource(seed: 51)
    let forms = (0..<160).map { _ in arabic(source.words(1)[0]) }
    return (0..<480).map { index in
      let (unity, positive) = (source.draw(2) == 0, source.draw(2) == 0)
      let isArabic = index % 2 == 0
      let cues =
        isArabic
        ? [
          forms[source.draw(40) + (unity ? 0 : 40)], forms[source.draw(40) + (positive ? 80 : 120)],
        ]
        : [unity ? "together" : "apart", positive ? "gladly" : "angrily"]
      let others = source.words(4).map { isArabic ? arabic($0) : $0 }
      return TrainingRow(
        text: (cues + others).joined(separator: " "), language: "",
        stance: [unity ? "unity" : nil, index % 3 == 0 ? "aid" : nil].compactMap(\.self)
          .joined(separator: ";"), tone: positive ? "positive" : "negative")
    }
  }()

  private static func arabic(_ word: String) -> String {
    let letters = Dictionary(
      uniqueKeysWithValues: zip("bdfgklmnprstvaeiou", "بدفجكلمنزرستثاىيوع"))
    return String(word.map { letters[$0] ?? $0 })
  }

  private static let training = Result {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [0.02], classWeightings: [.uniform], folds: 4)
    configuration.learnsIntervals = true
    return try Trainer(configuration).train(on: TrainingRow.labelled(rows))
  }

  @Test("a script whose scores are timid gets a calibration of its own")
  func ownCalibration() throws {
    let model = try Self.training.get().model
    guard case .thresholds(let rules) = model.classifiers[0].rule,
      case .mostProbable(let temperature, _) = model.classifiers[1].rule
    else {
      Issue.record("a rule does not fit its task")
      return
    }
    let unity = try #require(rules[0].calibrationByScript?[.arabic])
    #expect(unity.slope > 1.2 * (rules[0].calibration?.slope ?? 1))
    #expect(try #require(temperature.byScript?[.arabic]) < temperature.general)
  }

  @Test("the same score is another probability in another script")
  func probabilities() throws {
    let model = try Self.training.get().model
    // The letters behind it are unknown, so that both have the same scores.
    let known = "together gladly"
    let (latin, mixed) = (model.classify(known), model.classify(known + " ءءءءءءءءءءءءءءءءءء"))
    for (latin, mixed) in zip(latin.tasks, mixed.tasks) {
      #expect(zip(latin.scores, mixed.scores).allSatisfy { abs($0 - $1) < 1e-9 })
      #expect(latin.probabilities != mixed.probabilities)
    }
    let intervals = model.classify(known + " ءءءءءءءءءءءءءءءءءء", intervals: 0.95).tasks
    for task in intervals {
      for (interval, probability) in zip(try #require(task.intervals), task.probabilities) {
        #expect(interval.lower <= probability && probability <= interval.upper)
      }
    }
  }

  @Test("a language that is not told is guessed, and scores are told apart by it")
  func guessedLanguages() throws {
    let summary = try #require(try Self.training.get().crossValidation?.summary)
    for evaluation in summary.evaluations {
      #expect(evaluation.byLanguage.map(\.language) == ["arabic", "latin"])
      #expect(evaluation.byLanguage.map(\.scores.statementCount) == [240, 240])
    }
    let arabic = try #require(summary.evaluations[1].byLanguage[0].answerCalibration)
    #expect(
      arabic.calibrated.expectedCalibrationError < arabic.uncalibrated.expectedCalibrationError / 2)
  }

  @Test("a saved model judges as before, and its thresholds can be set anew")
  func savedModel() throws {
    let training = try Self.training.get()
    let folder = FileManager.default.temporaryDirectory.appending(path: "scripts-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "model.safetensors").path
    try training.model.save(to: path)
    let read = try Model(contentsOf: path)
    let texts = Self.rows.map(\.text)
    #expect(read.classify(texts) == training.model.classify(texts))
    #expect(read.classifiers.map(\.rule) == training.model.classifiers.map(\.rule))
    #expect(read.classifiers.map(\.outOfFold) == training.model.classifiers.map(\.outOfFold))
    let goals = DecisionGoals(targets: [.init(goal: .precision(0.9))])
    let changed = try read.settingThresholds(for: goals)
    #expect(
      changed.classify(texts).map { $0.tasks.map(\.probabilities) }
        == read.classify(texts).map { $0.tasks.map(\.probabilities) })
    #expect(
      try training.model.settingThresholds(for: goals).classify(texts) == changed.classify(texts))
  }

  @Test(
    "one script alone, or with too few statements of another, has the general calibration",
    arguments: [0, 99])
  func oneScript(arabicCount: Int) throws {
    let latin = Self.rows.indices.filter { $0 % 2 == 1 || $0 / 2 < arabicCount }.map {
      Self.rows[$0]
    }
    let configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [0.02], classWeightings: [.uniform], folds: 4)
    let model = try Trainer(configuration).train(on: TrainingRow.labelled(latin)).model
    for classifier in model.classifiers {
      switch classifier.rule {
      case .thresholds(let rules): #expect(rules.allSatisfy { $0.calibrationByScript == nil })
      case .mostProbable(let temperature, _): #expect(temperature.byScript == nil)
      }
    }
  }

  @Test("a text without letters has the general calibration")
  func noLetters() throws {
    let model = try Self.training.get().model
    guard case .mostProbable(let temperature, _) = model.classifiers[1].rule else {
      Issue.record("the rule does not fit its task")
      return
    }
    let judged = model.classify("2254 ؟ 🙂").tasks[1]
    let offsets = temperature.offsets ?? judged.scores.map { _ in 0 }
    let scaled = zip(judged.scores, offsets).map { $0 / temperature.general + $1 }
    let expected = LogisticFunctions.softmax(scaled)
    #expect(zip(judged.probabilities, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("a temperature of an older file is read as that of all scripts")
  func olderFile() throws {
    let json = #"{"mostProbable":{"temperature":0.25}}"#
    let rule = try JSONDecoder().decode(DecisionRule.self, from: Data(json.utf8))
    #expect(rule == .mostProbable(temperature: .init(0.25), labels: nil))
    let own = DecisionRule.mostProbable(
      temperature: .init(0.25, byScript: [.arabic: 0.125]), labels: nil)
    #expect(try JSONDecoder().decode(DecisionRule.self, from: JSONEncoder().encode(own)) == own)
    #expect(
      String(decoding: try JSONEncoder().encode(own), as: UTF8.self).contains("\"arabic\":0.125"))
  }
}
