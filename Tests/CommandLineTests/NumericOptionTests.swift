import Testing

@Suite("Options with a number")
struct NumericOptionTests {
  private static let model = ["--model", Tool.shippedModel, "--quiet"]
  private static let fast = ["--recipe", "words", "--folds", "2", "--quiet"]

  /// What programs and people type when they are wrong about a number.
  private static let values = [
    "0", "-1", "1e-300", "1e-17", "nan", "inf", "-inf", "9223372036854775807",
    "18446744073709551615",
  ]

  /// `N` stands for the number.
  @Test(
    "any number is used or refused, and no command stops in the middle",
    arguments: [
      ["shares", "s.csv", "--level", "N"] + model, ["shares", "s.csv", "--top", "N"] + model,
      ["shares", "s.csv", "--seed", "N"] + model,
      ["classify", "we hope", "--intervals", "--level", "N"] + model,
      ["classify", "we hope", "--threads", "N"] + model,
      ["explain", "we hope", "--terms", "N"] + model,
      ["explain", "we hope", "--training", "s.csv", "--nearest", "N"] + model,
      ["explain", "--global", "--minimum-count", "N"] + model,
      ["evaluate", "s.csv", "--resamples", "N"] + model,
      ["evaluate", "s.csv", "--seed", "N"] + model,
      ["next", "s.csv", "--by", "diverse", "-n", "N"] + model,
      ["next", "s.csv", "--by", "random", "--seed", "N"] + model,
      ["compare", "s.csv", "s.csv", "--gold", "s.csv", "--quiet", "--threshold", "N"],
      ["compare", "s.csv", "s.csv", "--gold", "s.csv", "--quiet", "--top", "N"],
      ["learning-curve", "s.csv", "--task", "tone", "--repeats", "1", "--more", "N"] + fast,
      ["learning-curve", "s.csv", "--task", "tone", "--repeats", "N"] + fast,
      ["audit", "s.csv", "--task", "tone", "--penalty", "N"] + fast,
      ["audit", "s.csv", "--task", "tone", "--quiet", "--recipe", "words", "--folds", "N"],
      [
        "train", "s.csv", "--output", "m", "--task", "tone", "--penalty", "1", "--minimum-count",
        "N",
      ] + fast,
      ["train", "s.csv", "--output", "m", "--task", "tone", "--penalty", "1", "--idf-power", "N"]
        + fast,
      ["train", "s.csv", "--output", "m", "--task", "tone", "--penalty", "N"] + fast,
      ["threshold", Tool.shippedModel, "--abstain", "N"],
    ])
  func anyNumber(command: [String]) throws {
    let workspace = try Workspace()
    try workspace.write("s.csv", Samples.statements)
    for value in Self.values {
      let typed = command.map { $0 == "N" ? value : $0 }
      let run = try workspace.stance(typed)
      #expect([0, 2, 64].contains(run.status), "\(typed): \(run.status) \(run.errors)")
    }
  }

  @Test(
    "levels and forecasts that say nothing are refused",
    arguments: [
      (["shares", "s.csv", "--level", "1e-17"] + model, "expected a share from 0.01 to 0.9999"),
      (["shares", "s.csv", "--level", "1"] + model, "expected a share from 0.01 to 0.9999"),
      (
        ["learning-curve", "s.csv", "--more", "9223372036854775807"],
        "expected 1 to 1,000,000,000"
      ),
    ])
  func refused(command: [String], message: String) throws {
    let workspace = try Workspace()
    try workspace.write("s.csv", Samples.statements)
    let run = try workspace.stance(command)
    #expect(run.status == 64 && run.output.isEmpty && run.errors.contains(message), "\(run.errors)")
  }
}
