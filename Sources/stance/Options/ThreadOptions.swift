import ArgumentParser
import StanceKit

/// How many threads work.
struct ThreadOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads; the result is the same for any number.", valueName: "n"))
  var threads: Int?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: found \(threads), expected 1 to 1024")
    }
  }

  var parallelism: Parallelism { threads.map(Parallelism.init(threads:)) ?? .allCores }
}
