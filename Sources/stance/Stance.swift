import ArgumentParser
import Foundation
import StanceKit

/// `stance`: arguments in, tables and JSON out.
struct Stance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stance",
    abstract: "Trains, checks and applies classifiers of stance and sentiment.",
    discussion: """
      A first session:
        stance train statements.csv --codebook codebook.yaml --output model.safetensors
        stance classify "We call for the full implementation of resolution 2254." --model model.safetensors
        stance explain "We call for the full implementation of resolution 2254." --model model.safetensors

      Results go to standard output, everything else to standard error. Exit status: 0 done, 1 the \
      asked-for score was missed, 2 an error, 64 wrong usage.
      """,
    version: StanceKit.version,
    subcommands: [
      TrainCommand.self, CrossValidateCommand.self, EvaluateCommand.self, ClassifyCommand.self,
      ExplainCommand.self, InspectCommand.self, BenchmarkCommand.self,
    ])
}

@main
enum Main {
  /// The status for everything that went wrong after the arguments were understood.
  private static let failure: Int32 = 2

  static func main() {
    // A reader that goes away shows as a failed write, which ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try Stance.parseAsRoot()
      do {
        try command.run()
        try StandardOutput.shared.flush()
      } catch let error as OutputError where error.code == .closedPipe {
        exit(0)
      } catch let error where isUsage(error) {
        try? StandardOutput.shared.flush()
        Stance.exit(withError: error)
      } catch {
        StandardError.write("error: \(error)\n")
        exit(failure)
      }
    } catch {
      Stance.exit(withError: error)
    }
  }

  /// Whether the argument parser knows the error: help, wrong usage, a status that was asked for.
  private static func isUsage(_ error: any Error) -> Bool {
    error is ExitCode || Stance.exitCode(for: error) != .failure
  }
}
