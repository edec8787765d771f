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
        stance train statements.csv --codebook codebook.yaml --output m.safetensors
        stance classify "Open the crossing for the trucks." --model m.safetensors
        stance explain "Open the crossing for the trucks." --model m.safetensors

      Results go to standard output, everything else to standard error. Exit status: 0 done, 1 the \
      asked-for score was missed, 2 an error, 64 wrong usage.
      """,
    version: StanceKit.version,
    subcommands: [
      TrainCommand.self, CrossValidateCommand.self, EvaluateCommand.self, ClassifyCommand.self,
      QuotesCommand.self, ExplainCommand.self, ThresholdCommand.self, InspectCommand.self,
      CompareCommand.self, AgreeCommand.self, AuditCommand.self, NextCommand.self,
      LearningCurveCommand.self, SharesCommand.self, ReportCommand.self, ConvertCommand.self,
      BenchmarkCommand.self,
    ])
}

@main
enum Main {
  /// The status for everything that went wrong after the arguments were understood.
  private static let failure: Int32 = 2

  static func main() {
    // A reader that goes away shows as a failed write, which ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
    if let plain = StatementClassification(plain: Array(CommandLine.arguments.dropFirst())) {
      return run(ClassifyCommand.self, plain.run)
    }
    do {
      var command = try Stance.parseAsRoot()
      run(type(of: command)) { try command.run() }
    } catch {
      if isUnexpectedStatement(error) {
        StandardError.write(
          "Error: found arguments that this place has no use for; see the commands and what they take "
            + "with stance --help\n")
        exit(ExitCode.validationFailure.rawValue)
      }
      if isUnquotedDash(error) {
        StandardError.write(
          "Error: found a statement that starts with -, as options do; put -- before the "
            + "statements: stance classify -- STATEMENT\n")
        exit(ExitCode.validationFailure.rawValue)
      }
      Stance.exit(withError: error)
    }
  }

  private static func run(_ command: any ParsableCommand.Type, _ body: () throws -> Void) {
    do {
      try body()
      try StandardOutput.shared.flush()
    } catch let error as OutputError where error.code == .closedPipe {
      exit(0)
    } catch let error as ValidationError {
      reject(error, of: command)
    } catch {
      // Help and exit codes come as errors too.
      if error is ExitCode || Stance.exitCode(for: error) != .failure {
        try? StandardOutput.shared.flush()
        Stance.exit(withError: error)
      }
      StandardError.write("error: \(error)\n")
      exit(failure)
    }
  }

  /// Wrong usage that only the files could show.
  private static func reject(_ error: ValidationError, of command: any ParsableCommand.Type)
    -> Never
  {
    let name = command.configuration.commandName.map { "stance \($0)" } ?? "stance"
    StandardError.write(
      """
      Error: \(error.message)
      Usage: \(Stance.usageString(for: command))
        See '\(name) --help' for more information.

      """)
    exit(ExitCode.validationFailure.rawValue)
  }

  /// Whether an argument stands where none belongs that may be a statement: a mistyped command shows
  /// none.
  private static func isUnexpectedStatement(_ error: any Error) -> Bool {
    let message = Stance.message(for: error)
    return message.contains("unexpected argument") || message.hasPrefix("Unexpected argument")
      ? CommandLine.arguments.dropFirst().contains { $0.contains(where: \.isWhitespace) } : false
  }

  /// Whether an argument was taken for an option that is a statement: options have no spaces, and
  /// errors show no statement.
  private static func isUnquotedDash(_ error: any Error) -> Bool {
    Stance.message(for: error).hasPrefix("Unknown option")
      && CommandLine.arguments.contains { argument in
        argument.hasPrefix("-") && argument.prefix { $0 != "=" }.contains(where: \.isWhitespace)
      }
  }
}
