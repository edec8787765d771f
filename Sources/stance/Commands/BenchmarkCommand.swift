import ArgumentParser
import Foundation
import StanceKit

struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Says how fast this machine reads, trains and judges.",
    discussion: """
      Times each stage on labelled statements of yours, or on generated ones, with fixed settings: \
      nothing is chosen, and no model is kept.

      Examples:
        stance benchmark
        stance benchmark statements.csv --task sentiment:single --words 1-2 --kernels
      """)

  @Argument(
    help: "Labelled statements; without any, some are generated.", completion: .file())
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column of a label, as for `train`; needed where there are several.",
      valueName: "name[:single]"))
  var task: String?

  @Option(help: ArgumentHelp("How many statements to generate.", valueName: "n"))
  var statements = 50_000

  @Option(help: ArgumentHelp("Lengths of the word n-grams.", valueName: "lo-hi"))
  var words = LengthRange(range: 1...2)

  @Option(help: ArgumentHelp("λ; default 1/n, scikit-learn's C = 1.", valueName: "λ"))
  var penalty: Double?

  @Option(help: ArgumentHelp("How often each stage is timed.", valueName: "n"))
  var repeats = 3

  @OptionGroup var threading: ThreadOptions

  @Flag(help: "Time the inner passes as well, on one thread, beside the memory's speed.")
  var kernels = false

  @Flag(help: "Time the solver alone on one label against the others.")
  var solver = false

  @Option(
    help: ArgumentHelp(
      "Write the features and the first label as a LIBSVM file.", valueName: "file"),
    completion: .file())
  var writeMatrix: String?

  @Option(help: "How the result is written.")
  var format: TableFormat = .table

  @OptionGroup var data: DataOptions

  func validate() throws {
    if !(1...1000).contains(repeats) {
      throw ValidationError("--repeats: found \(repeats), expected 1 to 1000")
    }
    if !(100...10_000_000).contains(statements) {
      throw ValidationError("--statements: found \(statements), expected 100 to 10,000,000")
    }
    if let penalty, !(penalty > 0 && penalty.isFinite) {
      throw ValidationError("--penalty: found \(penalty), expected a number above 0, such as 1e-5")
    }
  }

  func run() throws {
    if let writeMatrix { try requireOther(writeMatrix, than: files, option: "--write-matrix") }
    if files.isEmpty {
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "stance-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
      defer { try? FileManager.default.removeItem(at: folder) }
      let path = folder.appending(path: "generated.csv").path
      try GeneratedStatements.write(statements, seed: 1, to: path)
      try run([path], [("label", .singleLabel)])
    } else {
      let tasks = try task.map { [try TaskName($0)] } ?? []
      try run(files, tasks.map { ($0.name, $0.kind) })
    }
  }

  private func run(
    _ paths: [String], _ tasks: [(name: String, kind: Codebook.Task.Kind?)]
  ) throws {
    let parallelism = threading.parallelism
    let options = try data.readingOptions(tasks: [])
    let stages = try StageBenchmark(
      repeats: repeats, recipe: Recipe(words: NGrams(words.range), characters: nil),
      penalty: penalty, parallelism
    ) {
      try LabelledStatements(contentsOf: paths, inferring: tasks, options: options)
    }
    if let writeMatrix { try SolverBenchmark.write(stages.material, to: writeMatrix) }
    let report = BenchmarkReport(
      stages: stages,
      kernels: kernels ? try KernelBenchmark(stages.material, repeats: repeats) : nil,
      solver: solver
        ? try SolverBenchmark(stages.material, repeats: repeats, parallelism) : nil,
      threads: parallelism.threads, repeats: repeats)
    let out = StandardOutput.shared
    switch format {
    case .json: try out.write(line: report.object())
    default: try out.write(lines: report.lines())
    }
  }
}
