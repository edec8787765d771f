import ArgumentParser
import StanceKit

/// Whether `--level` is one that intervals can have: beyond, they are a point or everything.
func checkLevel(_ level: Double) throws {
  guard (0.01...0.9999).contains(level) else {
    throw ValidationError(
      "--level: found \(level), expected a share from 0.01 to 0.9999, such as 0.95")
  }
}

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
