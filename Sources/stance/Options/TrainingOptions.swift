import ArgumentParser
import Foundation
import StanceKit

/// What is trained on, and how: shared by `train` and `cross-validate`.
struct TrainingOptions: ParsableArguments {
  enum RecipeName: String, CaseIterable, ExpressibleByArgument {
    case auto, words, characters, both
  }

  enum ScalingName: String, CaseIterable, ExpressibleByArgument {
    case auto, naiveBayes = "naive-bayes", none
  }

  enum ClassWeightName: String, CaseIterable, ExpressibleByArgument {
    case auto, balanced, none
  }

  @Argument(
    help: "Labelled statements: CSV, TSV or JSONL, also .gz. Several files are read as one set.",
    completion: .file())
  var files: [String]

  @OptionGroup var tasks: TaskOptions

  @Option(
    help:
      "auto chooses among words, words and characters, and both and stems by cross-validation.")
  var recipe: RecipeName = .auto

  @Option(
    help: ArgumentHelp("Lengths of the word n-grams, 1 to 16, such as 1-2.", valueName: "lo-hi"))
  var words: LengthRange?

  @Option(
    help: ArgumentHelp(
      "Lengths of the character n-grams, 1 to 16, such as 2-5.", valueName: "lo-hi"))
  var characters: LengthRange?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Leave out terms that fewer statements contain. Default: 1 with --recipe auto, else 2.",
      valueName: "n"))
  var minimumCount: Int?

  @OptionGroup var features: FeatureOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "λ above 0 in mean loss + λ/2 ‖w‖² (as glmnet; scikit-learn's C is 1/(λn)), or auto.",
      valueName: "auto|λ"))
  var penalty: Penalty = .auto

  @Option(help: "Whether rare labels count as much as frequent ones.")
  var classWeight: ClassWeightName = .auto

  @Option(
    help: """
      naive-bayes lets terms count by how much more often they stand with a label than without; auto \
      tries both.
      """)
  var featureScaling: ScalingName = .none

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      How far labels are believed to be wrong where statements carry any number of them, 0 to below \
      0.5. Default: 0.1, and 0 with --folds 0.
      """,
      valueName: "share"))
  var labelSmoothing: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Folds of the cross-validation; 0 trains without.", valueName: "n"))
  var folds = 10

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Divisions into folds to choose on. Default: 3 below 1,000 statements, else 1.",
      valueName: "n"))
  var repeats: Int?

  @Option(parsing: .unconditional, help: "Decides the folds; the same seed gives the same model.")
  var seed: UInt64 = 1

  @OptionGroup var threading: ThreadOptions

  @Flag(
    inversion: .prefixedNo,
    help: """
      Learn intervals for classify --intervals, which takes 45 more fits a task. Default: for up to \
      10,000 statements.
      """)
  var intervals: Bool?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      """
      The statements that the model is for, such as source=interviews: calibration, thresholds and scores \
      are theirs, and all others only teach; may be repeated with other values of the column. A column \
      of languages, speakers, sources, dates or groups is language, speaker, source, date or group here, \
      whatever the file calls it. Default: all.
      """,
      valueName: "column=value"))
  var kind: [String] = []

  @OptionGroup var decisions: DecisionOptions
  @OptionGroup var data: DataOptions

  func validate() throws {
    if let minimumCount, !(1...1_000_000_000).contains(minimumCount) {
      throw ValidationError(
        "--minimum-count: found \(minimumCount), expected 1 to 1,000,000,000")
    }
    if let labelSmoothing, !(0..<0.5).contains(labelSmoothing) {
      throw ValidationError(
        "--label-smoothing: found \(labelSmoothing), expected 0 to below 0.5, such as 0.1")
    }
    if folds < 0 || folds == 1 {
      throw ValidationError("--folds: found \(folds), expected 0 (none) or 2 or more")
    }
    if let repeats, !(1...1000).contains(repeats) {
      throw ValidationError("--repeats: found \(repeats), expected 1 to 1000")
    }
    if folds == 0 && (recipe == .auto && !hasFixedRecipe || penalty == .auto) {
      throw ValidationError(
        "--folds 0: without cross-validation nothing can be chosen; give --recipe and --penalty")
    }
    if folds == 0 && featureScaling == .auto {
      throw ValidationError(
        "--folds 0: without cross-validation nothing can be chosen; give --feature-scaling none or "
          + "naive-bayes")
    }
    if folds == 0 && !(decisions.target.isEmpty && decisions.abstain == nil) {
      throw ValidationError(
        "--folds 0: without cross-validation there are no scores to set --target and --abstain on")
    }
    if folds == 0 && !kind.isEmpty {
      throw ValidationError(
        "--folds 0: without cross-validation nothing is learned of the statements that --for tells")
    }
    _ = try statementKind()
    if intervals == true && folds < 3 {
      throw ValidationError("--intervals: found --folds \(folds), expected at least 3")
    }
    if words != nil && recipe == .characters || characters != nil && recipe == .words {
      let other = words != nil ? "--words" : "--characters"
      throw ValidationError(
        "found \(other) with --recipe \(recipe.rawValue), which has no use for it; leave it out, or "
          + "give --recipe both")
    }
  }

  /// All files that are read.
  var inputs: [String] { files + (tasks.codebook.map { [$0] } ?? []) + features.wordList }

  func configuration(statementCount: Int) throws -> TrainingConfiguration {
    var configuration = TrainingConfiguration(
      recipes: recipes(statementCount: statementCount), l2Penalties: penalty.candidates,
      classWeightings: classWeightings,
      folds: folds, repeats: repeats, seed: seed)
    configuration.featureScalings =
      switch featureScaling {
      case .none: [.none]
      case .naiveBayes: [.logCountRatios]
      case .auto: [.none, .logCountRatios]
      }
    configuration.labelSmoothing = labelSmoothing
    configuration.learnsIntervals = intervals
    configuration.goals = try decisions.goals()
    configuration.statementKind = try statementKind()
    return configuration
  }

  /// The column that tells what the model is for, and what it says there.
  func statementKind() throws -> StatementKind? {
    let parts = try kind.map { argument in
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError(
          "--for: found \"\(argument)\", expected COLUMN=VALUE, such as source=interviews, neither of "
            + "them empty")
      }
      return (column: String(parts[0]), value: String(parts[1]))
    }
    guard let column = parts.first?.column else { return nil }
    if let other = parts.first(where: { $0.column != column }) {
      throw ValidationError(
        "--for: found the columns \"\(column)\" and \"\(other.column)\", expected values of one column"
      )
    }
    var values: [String] = []
    for part in parts where !values.contains(part.value) { values.append(part.value) }
    return StatementKind(column: column, values: values)
  }

  private var hasFixedRecipe: Bool { words != nil || characters != nil }

  private func recipes(statementCount: Int) -> [Recipe] {
    switch recipe {
    case .auto where hasFixedRecipe:
      let both = changed(.both)
      return [
        Recipe(
          words: words == nil ? nil : both.words,
          characters: characters == nil ? nil : both.characters)
      ]
    case .auto:
      return TrainingConfiguration.standardRecipes(statementCount: statementCount).map(changed)
    case .words: return [changed(.words)]
    case .characters: return [changed(.characters)]
    case .both: return [changed(.both)]
    }
  }

  /// The recipe with the lengths, the minimum count and the features that were typed.
  private func changed(_ recipe: Recipe) -> Recipe {
    var recipe = recipe
    if let words { recipe.words?.range = words.range }
    if let characters { recipe.characters?.range = characters.range }
    if let minimumCount {
      for block in FeatureBlock.allCases { recipe[block]?.minimumDocumentFrequency = minimumCount }
    }
    return features.changed(recipe)
  }

  private var classWeightings: [ClassWeighting] {
    switch classWeight {
    case .auto: folds == 0 ? [.uniform] : [.uniform, .balanced]
    case .balanced: [.balanced]
    case .none: [.uniform]
    }
  }
}

/// A range of n-gram lengths as it is typed: `1-2`, or `3`.
struct LengthRange: ExpressibleByArgument, Hashable {
  let range: ClosedRange<Int>

  init(range: ClosedRange<Int>) { self.range = range }

  var defaultValueDescription: String { "\(range.lowerBound)-\(range.upperBound)" }

  init?(argument: String) {
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count <= 2, let low = parts.first ?? nil, let high = parts.last ?? nil,
      low >= 1, low <= high, high <= NGrams.maximumLength
    else { return nil }
    range = low...high
  }
}

/// `auto`, or a positive number.
enum Penalty: ExpressibleByArgument, Hashable {
  case auto
  case fixed(Double)

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
    } else if let value = Double(argument), value > 0, value.isFinite {
      self = .fixed(value)
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { "auto" }

  var candidates: [Double] {
    switch self {
    case .auto: TrainingConfiguration.standardPenalties
    case .fixed(let value): [value]
    }
  }
}
