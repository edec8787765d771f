import Foundation

/// A folder of a test's own, in which it runs the built tool; removed at the end.
struct Workspace: ~Copyable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "stance-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  func write(_ name: String, _ text: String) throws { try write(name, text.utf8) }

  func read(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  /// The names of all files, in byte order.
  var files: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  /// What a run of the tool left behind.
  struct Run {
    let status: Int32
    let output: [UInt8]
    let errors: String

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [Substring] { text.split(separator: "\n") }

    /// Each line as a JSON object.
    var objects: [[String: Any]] {
      get throws {
        try lines.map {
          try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
        }
      }
    }
  }

  /// Runs the tool in this folder.
  func stance(
    _ arguments: [String], input: some Sequence<UInt8> = [], environment: [String: String] = [:]
  ) throws -> Run {
    try run(try Tool.path(), arguments, input: input, environment: environment)
  }

  func stance(_ arguments: String..., input: String = "") throws -> Run {
    try stance(arguments, input: input.utf8)
  }

  /// Runs a line of bash in this folder; `$STANCE` is the tool.
  func bash(_ line: String) throws -> Run {
    try run(
      "/bin/bash", ["-c", line], input: [UInt8](), environment: ["STANCE": try Tool.path()])
  }

  private func run(
    _ executable: String, _ arguments: [String], input: some Sequence<UInt8>,
    environment: [String: String]
  ) throws -> Run {
    // Files cannot block as pipes can.
    let streams = FileManager.default.temporaryDirectory
      .appending(path: "stance-streams-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: streams) }
    let names = ["in", "out", "err"].map { streams.appending(path: $0) }
    try Data(input).write(to: names[0])
    for name in names[1...] { try Data().write(to: name) }
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = ProcessInfo.processInfo.environment
    for name in ["STANCE_MODEL", "NO_COLOR", "COLUMNS"] { variables[name] = nil }
    process.environment = variables.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: [UInt8](try Data(contentsOf: names[1])),
      errors: String(decoding: try Data(contentsOf: names[2]), as: UTF8.self))
  }
}

/// The tool under test.
enum Tool {
  struct Missing: Error, CustomStringConvertible {
    let path: String
    var description: String {
      "\(path): the tool is not built; run swift build --product stance, or set STANCE_TOOL"
    }
  }

  /// `$STANCE_TOOL`, or the executable beside the tests.
  static func path() throws -> String {
    if let path = ProcessInfo.processInfo.environment["STANCE_TOOL"] { return path }
    let path = Bundle.module.bundleURL.deletingLastPathComponent().appending(path: "stance").path
    guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path) }
    return path
  }

  /// The package that the tests belong to.
  static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let shippedModel = package.appending(path: "Models/syria-stances.safetensors").path
}
