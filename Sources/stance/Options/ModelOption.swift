import ArgumentParser
import Foundation
import StanceKit

/// Which model to use.
struct ModelOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The model. Default: the file that $STANCE_MODEL names, else the model shipped with the tool.",
      valueName: "model"))
  var model: String?

  /// Reads the model with what judging needs, and some parts beside.
  func load(_ parts: Model.Parts = []) throws -> Model {
    try Model(contentsOf: path(), parts: parts)
  }

  func path() throws -> String { try Self.path(model) }

  /// - Parameter model: the path that is given, if one is.
  static func path(_ model: String?) throws -> String {
    if let model { return model }
    if let named = ProcessInfo.processInfo.environment["STANCE_MODEL"], !named.isEmpty {
      return named
    }
    return try ShippedModel.path()
  }
}

/// The model that comes with the tool.
enum ShippedModel {
  private static let name = "syria-stances.safetensors"

  /// Beside an installed binary (`bin/stance`, `share/stancekit/…`), else in the `Models` folder of
  /// the checkout that the binary was built in.
  static func path() throws -> String {
    var folder = URL(filePath: executable).resolvingSymlinksInPath().deletingLastPathComponent()
    var candidates = [folder.appending(path: "../share/stancekit/\(name)").standardizedFileURL]
    // .build/TRIPLE/release/stance
    for _ in 0..<4 {
      folder.deleteLastPathComponent()
      candidates.append(folder.appending(path: "Models/\(name)"))
    }
    for candidate in candidates where FileManager.default.fileExists(atPath: candidate.path) {
      return candidate.path
    }
    throw MissingModel(name: name)
  }

  private static var executable: String {
    #if os(Linux)
      // The bundle takes milliseconds to find out the same.
      let link = "/proc/self/exe"
      return FileManager.default.fileExists(atPath: link) ? link : CommandLine.arguments[0]
    #else
      return Bundle.main.executablePath ?? CommandLine.arguments[0]
    #endif
  }
}

/// There is no model to use; not a mistake in the arguments.
private struct MissingModel: Error, CustomStringConvertible {
  let name: String

  var description: String {
    "found no model: neither --model nor $STANCE_MODEL is given, and \(name) is not installed with "
      + "the tool; train one with `stance train FILE --output MODEL`"
  }
}
