import ArgumentParser

/// How much of long lists is shown.
struct ListOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The longest list that tables and pages show; JSON, and files of lists, have all.",
      valueName: "n"))
  var top = 20

  func validate() throws {
    if top < 0 { throw ValidationError("--top: found \(top), expected 0 or more") }
  }
}
