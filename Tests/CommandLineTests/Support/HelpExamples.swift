/// The examples that a command's help shows, as a shell runs them.
enum HelpExamples {
  /// What goes before an example that needs what comes with the tool.
  static let prepared =
    "ln -sfn '\(Tool.package.path)/seeds' seeds; export STANCE_MODEL='\(Tool.shippedModel)'; "

  /// - Returns: one line for each example, with `$STANCE` for the tool.
  static func lines(of command: String, in workspace: borrowing Workspace) throws -> [String] {
    let help = try workspace.stance([command, "--help"], environment: ["COLUMNS": "80"]).text
    var examples: [String] = []
    var goesOn = false
    for line in help.split(separator: "\n") {
      guard goesOn || line.hasPrefix("  stance ") else { continue }
      let text = line.drop { $0 == " " }
      let part = text.hasSuffix("\\") ? String(text.dropLast()) : String(text)
      if goesOn { examples[examples.count - 1] += part } else { examples.append(part) }
      goesOn = text.hasSuffix("\\")
    }
    return examples.map { $0.replacing("stance ", with: "$STANCE ", maxReplacements: 1) }
  }
}
