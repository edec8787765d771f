import StanceKit

/// What a label's terms are shown as.
enum TermKind: String, CaseIterable {
  /// Words as they stand in the text, one figure each.
  case words
  /// What the model counts: n-grams, stems, keywords.
  case features
}

/// One term of a statement and what it adds to a label's score.
struct ShownTerm {
  /// What the term is: `word`, or the block of the feature.
  let kind: String
  let text: String
  fileprivate(set) var adds: Double
  /// Where it stands in the text, in bytes.
  fileprivate(set) var places: [Range<Int>]
}

/// The terms of one statement, made ready to be shown.
struct ShownTerms {
  let explanation: Explanation
  let kind: TermKind
  /// How many terms of a label are shown by themselves.
  let count: Int

  /// The terms of a label, by falling size of what they add.
  func terms(_ sum: Explanation.LabelSum) -> [ShownTerm] {
    switch kind {
    case .features: sum.terms.map(shown)
    case .words:
      (zip(explanation.words, sum.words).compactMap { word, adds in
        adds == 0
          ? nil : ShownTerm(kind: "word", text: word.text, adds: adds, places: [word.bytes])
      } + sum.columns.map(shown)).sorted { abs($0.adds) > abs($1.adds) }
    }
  }

  /// The same with the words that are spelt alike taken together.
  func gathered(_ sum: Explanation.LabelSum) -> [ShownTerm] {
    guard kind == .words else { return terms(sum) }
    var gathered: [ShownTerm] = []
    var numbers: [[String]: Int] = [:]
    for term in terms(sum) {
      if let number = numbers[[term.kind, term.text]] {
        // In place: a long text says some words a hundred thousand times.
        gathered[number].adds += term.adds
        gathered[number].places += term.places
      } else {
        numbers[[term.kind, term.text]] = gathered.count
        gathered.append(term)
      }
    }
    return gathered.sorted { abs($0.adds) > abs($1.adds) }
  }

  private func shown(_ contribution: Explanation.Contribution) -> ShownTerm {
    ShownTerm(
      kind: contribution.feature.block.rawValue, text: contribution.feature.term,
      adds: contribution.value, places: contribution.places)
  }

  // MARK: Answers

  /// `yes`, `no`, or a question for a person.
  func answer(_ classifier: TaskClassifier, _ label: Int) -> String {
    guard let judged = judgement(classifier) else { return "no" }
    if judged.unsure.contains(label) { return "?" }
    return judged.labels.contains(label) ? "yes" : "no"
  }

  func judgement(_ classifier: TaskClassifier) -> TaskJudgement? {
    explanation.judgement.tasks.first { $0.task == classifier.task.name }
  }
}

extension ShownTerm {
  /// The term for people: `the ×2`, `‹ing␣›`, `stem talk`.
  var label: String {
    switch kind {
    case "word": places.count > 1 ? "\(text) ×\(places.count)" : text
    default: FeatureBlock(rawValue: kind).map { shown(Feature(block: $0, term: text)) } ?? text
    }
  }
}

/// A feature for people.
func shown(_ feature: Feature) -> String {
  switch feature.block {
  case .words, .columns: feature.term
  case .characters: "‹\(feature.term.replacing(" ", with: "␣"))›"
  case .stems: "stem \(feature.term)"
  case .keywords: "keywords of \(feature.term)"
  }
}

/// When a label is given, for people.
func shownRule(
  _ classifier: TaskClassifier, _ label: Int, hasCopies: Bool
) -> String {
  switch classifier.rule {
  case .thresholds(let rules):
    rules[label].threshold.map { "on from \(twoDigits($0))" } ?? "never on"
  case .mostProbable(_, let rules):
    (classifier.rule.weighsLabels
      ? "weight \(factorDigits(rules?[label].weight ?? 1)), the highest product is on"
        + (hasCopies ? ", with codings of near copies as they are" : "")
      : "the most probable is on")
      + (rules?[label].answersFrom.map { $0 > 0 ? " from \(twoDigits($0))" : "" } ?? "")
  }
}
