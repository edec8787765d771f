public import ArgumentParser
public import StanceKit

/// What becomes of a statement beyond the lengths of its n-grams.
struct FeatureOptions: ParsableArguments {
  enum KeywordsName: String, CaseIterable, ExpressibleByArgument {
    case auto, none
  }

  enum Splitting: String, CaseIterable, ExpressibleByArgument {
    case whole, split
  }

  enum NegationName: String, CaseIterable, ExpressibleByArgument {
    case none, mark
  }

  enum ElongationName: String, CaseIterable, ExpressibleByArgument {
    case keep, fold
  }

  @Option(help: "auto counts the codebook's keywords of each label, where it has some.")
  var keywords: KeywordsName = .auto

  @Option(
    help: ArgumentHelp(
      "Count the words of this list, one word or phrase a line; may be repeated.",
      valueName: "file"), completion: .file())
  var wordList: [String] = []

  @Option(
    help: ArgumentHelp(
      "Make each value of this column a feature, such as speaker; may be repeated.",
      valueName: "column"))
  var featureColumn: [String] = []

  @Flag(help: "Count, beside words, what is left of them without their endings.")
  var stems = false

  @Option(help: "What a term counts for that occurs several times in a statement.")
  var termFrequency: TermFrequency?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How much more rare terms count, 0 to 8: the power of idf. Default: 1.", valueName: "p"))
  var idfPower: Double?

  @Option(help: "split counts #EndOccupation as the words End and Occupation, too.")
  var hashtags: Splitting = .whole

  @Option(help: "split counts Arabic words also without و, ف, ب, ل, ك, س and ال.")
  var clitics: Splitting = .whole

  @Option(help: "mark tells words behind not, never or لا in their clause from others.")
  var negation: NegationName = .none

  @Option(help: "fold makes sooooo and sooo one word.")
  var elongation: ElongationName = .keep

  @Flag(help: "Read every @name as one word, and every link as another.")
  var placeholders = false

  func validate() throws {
    if let idfPower, !(0...8).contains(idfPower) {
      throw ValidationError("--idf-power: found \(idfPower), expected 0 to 8, such as 1.5")
    }
    for path in wordList where path == "-" {
      throw ValidationError("--word-list: found -, expected the path of a file")
    }
  }

  /// The recipe with what was typed.
  func changed(_ recipe: Recipe) -> Recipe {
    var recipe = recipe
    recipe.normalization.rewriting.splitsHashtags = hashtags == .split
    recipe.normalization.rewriting.foldsElongations = elongation == .fold
    recipe.normalization.rewriting.replacesMentionsAndLinks = placeholders
    recipe.tokens.marksNegation = negation == .mark
    recipe.tokens.splitsClitics = clitics == .split
    if stems, let words = recipe.words {
      recipe.stems = NGrams(
        1...1, weighting: words.weighting,
        minimumDocumentFrequency: words.minimumDocumentFrequency)
    }
    for block in FeatureBlock.allCases {
      guard case .tfIDF(let frequency, let power) = recipe[block]?.weighting else { continue }
      recipe[block]?.weighting = .tfIDF(
        frequency: termFrequency ?? frequency, idfPower: idfPower ?? power)
    }
    return recipe
  }

  /// The configuration with the lists that were named.
  func changed(_ configuration: TrainingConfiguration) throws -> TrainingConfiguration {
    var configuration = configuration
    configuration.usesCodebookKeywords = keywords == .auto
    configuration.featureColumns = featureColumn
    configuration.wordLists = try wordList.map { path in try KeywordList(contentsOf: path) }
    return configuration
  }
}

extension TermFrequency: ExpressibleByArgument {}
