import Foundation
import Testing

/// `stance classify` reads the plainest arguments itself and leaves all others to the parser of
/// arguments; nobody may notice.
@Suite("Plain arguments of classify")
struct PlainArgumentTests {
  private static let statement = "We hope for talks."

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.trainModel()
    return workspace
  }

  @Test("mean what the same arguments in other spellings mean")
  func spellings() throws {
    let workspace = try workspace()
    let model = "model.safetensors"
    for texts in [[Self.statement], ["help"], ["classify", "أمل", "a=b"], ["", "x"]] {
      for format in ["table", "jsonl", "csv"] {
        // The end of options is beyond what is read without the parser.
        let parsed = try workspace.stance(
          ["classify", "--format", format, "--model", model, "--"] + texts)
        #expect(parsed.status == 0 && !parsed.output.isEmpty, "\(parsed.errors)")
        for plain in [
          texts + ["--model", model, "--format", format],
          ["--format", format] + texts + ["--model", model],
          ["--model", model, "--format", format] + texts,
          texts.prefix(1) + ["--model", model] + texts.dropFirst() + ["--format", format],
        ] {
          let run = try workspace.stance(["classify"] + plain)
          #expect(run.status == 0 && run.errors.isEmpty, "\(plain): \(run.errors)")
          #expect(run.output == parsed.output, "\(plain)")
        }
      }
    }
  }

  @Test("without a format give a table, as the parser's default does")
  func standardFormat() throws {
    let workspace = try workspace()
    let plain = try workspace.stance("classify", Self.statement, "--model", "model.safetensors")
    let parsed = try workspace.stance("classify", Self.statement, "--model=model.safetensors")
    #expect(plain.status == 0 && plain.output == parsed.output)
  }

  @Test("that are wrong are refused as the parser refuses them")
  func wrong() throws {
    let workspace = try workspace()
    try workspace.write("statements.txt", "hope\n")
    let model = ["--model", "model.safetensors"]
    for (arguments, expected) in [
      (["x", "--model"], "Missing value for '--model <model>'"),
      (["x", "--model", "--format", "csv"], "Missing value for '--model <model>'"),
      (["x", "--format", "xml"] + model, "The value 'xml' is invalid for '--format <format>'"),
      (["x", "--format"] + model, "Missing value for '--format <format>'"),
      (["x", "--modell", "m"], "Unknown option '--modell'"),
      (["statements.txt"] + model, "expected --input statements.txt"),
      (["x", "--input", "statements.txt"] + model, "give either statements or --input"),
      (["x", "--level", "0.9"] + model, "only --intervals has a use for it"),
    ] {
      let run = try workspace.stance(["classify"] + arguments)
      #expect(run.status == 64 && run.output.isEmpty, "\(arguments)")
      #expect(run.errors.contains(expected), "\(arguments): \(run.errors)")
    }
  }

  @Test("with a model that is not there say so as a command does")
  func missingModel() throws {
    let workspace = try Workspace()
    let plain = try workspace.stance("classify", "x", "--model", "none.safetensors")
    let parsed = try workspace.stance("classify", "x", "--model=none.safetensors")
    #expect(plain.status == 2 && plain.output.isEmpty)
    #expect(plain.errors == parsed.errors && plain.errors.contains("no such file"))
  }
}
