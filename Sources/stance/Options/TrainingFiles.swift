import StanceKit

/// The files that a model was trained on.
enum TrainingFiles {
  /// Says so where a model is to be judged by what it was trained on.
  ///
  /// - Parameter consequence: what follows from it, as the end of a sentence.
  static func note(
    _ files: [String], of model: Model, called name: String = "the model",
    so consequence: String =
      "these scores say nothing about new statements; its out-of-fold scores do: stance inspect"
  ) throws {
    let known = Set(model.provenance.inputs.map(\.sha256))
    for file in files {
      guard let input = try InputFile(ifRegular: file), known.contains(input.sha256) else {
        continue
      }
      StandardError.write(
        "note: \(name) was trained on \(input.name), so \(consequence)\n")
    }
  }
}
