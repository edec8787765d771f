import ArgumentParser
import StanceKit

/// How intervals are resampled.
struct ResamplingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How often statements, or whole groups of them, are drawn anew for intervals.", valueName: "n"
    ))
  var resamples = 2000

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Decides the draws.", valueName: "n"))
  var seed: UInt64 = 1

  func validate() throws {
    if !(100...1_000_000).contains(resamples) {
      throw ValidationError("--resamples: found \(resamples), expected 100 to 1,000,000")
    }
  }

  var bootstrap: Bootstrap { Bootstrap(resampleCount: resamples, seed: seed) }
}
