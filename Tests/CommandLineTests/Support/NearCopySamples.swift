import Testing

/// Models of statements, and a test with near copies of some of them.
enum NearCopySamples {
  /// c1 is a near copy of the statement that models have beside the samples, c2 of one of the samples.
  static let test =
    """
    id,text,stance,tone
    c1,"Nothing was said about it, today",,negative
    c2,The delegation welcomes the unity of all its parts with hope!,unity,positive
    t1,Send medicine to the villages in the north,humanitarian,negative
    t2,With hope one council speaks for the country,unity,positive

    """
    + (3...10).map { "t\($0),Our \($0) towns wait for food \(words[$0 - 3]),,negative\n" }.joined()

  static let words = [
    "since the winter", "and nobody comes", "under the bridge", "once more", "behind closed gates",
    "from the coast", "without a doctor", "at the river",
  ]

  /// Writes NAME.safetensors, a model of the samples and one statement more.
  static func train(
    _ name: String, in workspace: borrowing Workspace,
    beside statement: String = "nothing was said about it today,en,,negative",
    _ options: [String] = []
  ) throws {
    try workspace.write("statements.csv", Samples.statements + "n00,\(statement)\n")
    try workspace.write("codebook.yaml", Samples.codebook)
    let run = try workspace.stance(
      [
        "train", "statements.csv", "--codebook", "codebook.yaml", "--folds", "6", "--recipe",
        "words", "--penalty", "1e-2", "--quiet", "--output", "\(name).safetensors",
      ] + options)
    #expect(run.status == 0, "\(run.errors)")
  }
}
