/// Statements and codebooks that tests share.
enum Samples {
  static let codebook = """
    version: 1
    tasks:
      stance:
        kind: multi-label
        labels:
          unity:
          humanitarian:
      tone:
        kind: single-label
        labels:
          negative:
          positive:

    """

  /// Forty statements in two languages; every label has its words.
  static var statements: String {
    var lines = ["id,text,language,stance,tone"]
    let subjects = ["the delegation", "our council", "the committee", "this assembly", "we"]
    let unity = ["one united country", "the unity of all parts"]
    let aid = ["food and medicine", "relief for the displaced"]
    for (index, subject) in subjects.enumerated() {
      for form in 0..<2 {
        lines += [
          "u\(index)\(form),\(subject) welcomes \(unity[form]) with hope,en,unity,positive",
          "h\(index)\(form),\(subject) regrets that \(aid[form]) did not arrive,en,humanitarian,negative",
          "b\(index)\(form),\(subject) welcomes \(unity[1 - form]) and \(aid[form]),en,unity;humanitarian,positive",
          "a\(index)\(form),نأسف لأن \(form == 0 ? "الغذاء" : "الدواء") لم يصل إلى \(index) قرى,ar,humanitarian,negative",
        ]
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Settings that choose nothing, for a model in a moment.
  static let quickTraining = [
    "train", "statements.csv", "--codebook", "codebook.yaml", "--folds", "0", "--recipe", "words",
    "--penalty", "1e-3",
  ]
}

extension Workspace {
  /// Writes the samples and trains `model.safetensors` on them.
  func trainModel(folds: Int = 0) throws {
    try write("statements.csv", Samples.statements)
    try write("codebook.yaml", Samples.codebook)
    let run = try stance(
      Samples.quickTraining
        + ["--folds", "\(folds)", "--output", "model.safetensors", "--quiet"])
    guard run.status == 0 else { throw TrainingFailed(errors: run.errors) }
  }

  struct TrainingFailed: Error { let errors: String }
}
