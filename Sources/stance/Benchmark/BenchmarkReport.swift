import Foundation
import StanceKit

/// What the benchmarks found, as tables or JSON.
struct BenchmarkReport {
  let stages: StageBenchmark
  let kernels: KernelBenchmark?
  let solver: SolverBenchmark?
  let threads: Int
  let repeats: Int

  func lines() -> [String] {
    let material = stages.material
    var lines = [
      "\(grouped(material.texts.count)) statements, \(megabytes(material.byteCount)) MB of text, "
        + "\(material.recipe.summary): \(grouped(material.features.columns)) features, "
        + "\(grouped(material.features.nonZeroCount)) non-zeros",
      "\(threads) \(threads == 1 ? "thread" : "threads"), median of \(repeats), "
        + LinearAlgebraLibrary.description, "",
    ]
    var table = TextTable(
      header: ["stage", "seconds", "MB/s", "statements/s", "peak memory, MB"])
    for stage in stages.stages {
      let seconds = stage.measurement.median
      table.append([
        stage.name, threeDigits(seconds), rate(Double(stage.bytes) / 1e6 / seconds),
        grouped(Int(Double(stage.statements) / seconds)), megabytes(stage.measurement.peakMemory),
      ])
    }
    lines += table.lines(indent: "  ")
    if let kernels { lines += [""] + kernelLines(kernels) }
    if let solver {
      lines += [
        "",
        "solver alone, first label against the others, \(solver.threads) "
          + "\(solver.threads == 1 ? "thread" : "threads"): "
          + "\(threeDigits(solver.measurement.median)) s, \(solver.passes) passes, liblinear's "
          + "objective at C = 1: \(String(format: "%.3f", solver.objective))",
      ]
    }
    return lines
  }

  private func kernelLines(_ kernels: KernelBenchmark) -> [String] {
    var table = TextTable(
      header: ["kernel, one thread", "ms", "throughput", "", "GB/s", "of memory bandwidth"],
      alignments: [.left, .right, .right, .left, .right, .right])
    for kernel in kernels.kernels {
      let bandwidth = kernel.traffic / kernel.seconds
      table.append([
        kernel.name, String(format: "%.1f", kernel.seconds * 1000),
        rate(kernel.amount / 1e6 / kernel.seconds),
        kernel.unit == "byte" ? "MB/s" : "million \(kernel.unit)s/s",
        String(format: "%.1f", bandwidth / 1e9),
        "\(Int((100 * bandwidth / kernels.memoryBandwidth).rounded())) %",
      ])
    }
    return table.lines(indent: "  ")
      + [
        "  copying memory on one thread: "
          + String(format: "%.1f", kernels.memoryBandwidth / 1e9) + " GB/s"
      ]
  }

  func object() -> JSONObjectWriter {
    let material = stages.material
    var object = JSONObjectWriter()
    object.set("statements", material.texts.count)
    object.set("bytes", material.byteCount)
    object.set("recipe", material.recipe.summary)
    object.set("features", material.features.columns)
    object.set("nonZeros", material.features.nonZeroCount)
    object.set("threads", threads)
    object.set("linearAlgebra", LinearAlgebraLibrary.description)
    object.set(
      "stages",
      stages.stages.map { stage in
        var entry = JSONObjectWriter()
        entry.set("stage", stage.name)
        entry.set("seconds", stage.measurement.median)
        entry.set("bytesPerSecond", Double(stage.bytes) / stage.measurement.median)
        entry.set("peakMemory", stage.measurement.peakMemory)
        return entry
      })
    if let kernels {
      object.set("memoryBandwidth", kernels.memoryBandwidth)
      object.set(
        "kernels",
        kernels.kernels.map { kernel in
          var entry = JSONObjectWriter()
          entry.set("kernel", kernel.name)
          entry.set("seconds", kernel.seconds)
          entry.set("\(kernel.unit)sPerSecond", kernel.amount / kernel.seconds)
          entry.set("trafficPerSecond", kernel.traffic / kernel.seconds)
          return entry
        })
    }
    if let solver {
      object.setObject("solver") { entry in
        entry.set("threads", solver.threads)
        entry.set("seconds", solver.measurement.median)
        entry.set("objective", solver.objective)
        entry.set("cost", solver.cost)
        entry.set("passes", solver.passes)
      }
    }
    return object
  }

  private func megabytes(_ bytes: Int) -> String { String(format: "%.1f", Double(bytes) / 1e6) }

  private func rate(_ value: Double) -> String {
    value >= 100 ? grouped(Int(value.rounded())) : String(format: "%.1f", value)
  }
}
