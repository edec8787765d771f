import Foundation
import Testing

@Suite("Files that are read are not replaced")
struct KeptInputTests {
  private static let training = [
    "statements.csv", "--codebook", "codebook.yaml", "--folds", "2", "--recipe", "words",
  ]

  @Test(
    "an output that is an input, by any path or link, is refused before any work",
    arguments: [
      (["train"] + training + ["--output", "link.csv"], "statements.csv"),
      (["train"] + training + ["--output", "./codebook.yaml"], "codebook.yaml"),
      (["cross-validate"] + training + ["--predictions", "statements.csv"], "statements.csv"),
      (
        ["agree", "statements.csv", "other.csv", "--merged", "other.csv"], "other.csv"
      ),
      (
        ["agree", "statements.csv", "other.csv", "--disagreements", "link.csv"], "statements.csv"
      ),
      (
        [
          "agree", "statements.csv", "other.csv", "--merged", "o.csv", "--disagreements", "./o.csv",
        ],
        "o.csv"
      ),
      (
        ["compare", "statements.csv", "other.csv", "--differences", "other.csv"], "other.csv"
      ),
      (
        [
          "compare", "other.csv", "other.csv", "--gold", "statements.csv", "--differences",
          "link.csv",
        ], "statements.csv"
      ),
      (["convert", "statements.csv", "--to", "jsonl", "--output", "link.csv"], "statements.csv"),
      (
        ["convert", "o.columns.csv", "--task", "tone", "--to", "fasttext", "--output", "o"],
        "o.columns.csv"
      ),
      (
        ["convert", "o.labels.csv", "--task", "tone", "--to", "libsvm", "--output", "o"],
        "o.labels.csv"
      ),
      (
        ["convert", "o.vocabulary.csv", "--task", "tone", "--to", "libsvm", "--output", "o"],
        "o.vocabulary.csv"
      ),
      (
        ["benchmark", "statements.csv", "--task", "tone", "--write-matrix", "link.csv"],
        "statements.csv"
      ),
      (["report", "statements.csv", "--output", "link.csv"], "statements.csv"),
      (
        ["report", "statements.csv", "--shares-of", "other.csv", "--output", "other.csv"],
        "other.csv"
      ),
    ] as [([String], String)])
  func replaced(command: [String], file: String) throws {
    let workspace = try Workspace()
    let names = [
      "statements.csv", "other.csv", "o.columns.csv", "o.labels.csv", "o.vocabulary.csv",
    ]
    for name in names { try workspace.write(name, Samples.statements) }
    try workspace.write("codebook.yaml", Samples.codebook)
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path("link.csv"), withDestinationPath: workspace.path("statements.csv"))
    let before = try workspace.files
    let run = try workspace.stance(command)
    #expect(run.status == 64 && run.output.isEmpty, "\(run.errors)")
    #expect(run.errors.contains("which would replace"), "\(run.errors)")
    #expect(run.errors.contains(file), "\(run.errors)")
    #expect(try workspace.files == before)
    for name in names {
      #expect(try workspace.read(name) == Array(Samples.statements.utf8), "\(name)")
    }
  }

  @Test("a device can be written to several times")
  func devices() throws {
    let workspace = try Workspace()
    for name in ["a.csv", "b.csv"] { try workspace.write(name, Samples.statements) }
    let run = try workspace.stance(
      "agree", "a.csv", "b.csv", "--merged", "/dev/null", "--disagreements", "/dev/null",
      "--resamples", "100", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
  }
}
