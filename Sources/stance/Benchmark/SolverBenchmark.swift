import StanceKit

/// The solver alone, on one label against all others, in liblinear's terms.
struct SolverBenchmark {
  let threads: Int
  let measurement: Measurement
  /// ½ ‖w‖² + C Σ ln(1 + exp(−y (wᵀx + b))), the intercept b free.
  let objective: Double
  let cost: Double
  let passes: Int

  init(_ material: StageBenchmark.Material, repeats: Int, _ parallelism: Parallelism) throws {
    let rows = material.features.rows
    let targets = LabelIndicators(
      labels: 1, positive: material.classes.map { $0 == 0 },
      rowWeights: Array(repeating: 1, count: rows))
    // C = 1 is λ = 1/n. Nearer to the minimum than training goes, as far as liblinear does by default: to
    // the same objective, times can be compared.
    let configuration = LogisticConfiguration(
      l2Penalty: 1 / Double(rows), tolerance: 2e-3)
    let (fit, measurement) = try Measurement.repeating(repeats) {
      try MultiLabelLogisticRegression(configuration).fit(
        material.features, targets: targets, parallelism: parallelism)
    }
    threads = parallelism.threads
    self.measurement = measurement
    cost = 1
    objective = fit.report.objectiveValues[0] * Double(rows)
    passes = fit.report.passes
  }

  /// Writes the features as LIBSVM reads them: `+1 1:0.25 7:0.5`, the first class against the others.
  static func write(_ material: StageBenchmark.Material, to path: String) throws {
    let matrix = material.features
    let (columns, values) = (matrix.columnIndices, matrix.values)
    try AtomicFile.write(path) { output in
      var bytes: [UInt8] = []
      for row in 0..<matrix.rows {
        bytes.append(contentsOf: (material.classes[row] == 0 ? "+1" : "-1").utf8)
        for entry in matrix.nonZeros(ofRow: row) {
          bytes.append(contentsOf: " \(columns[entry] + 1):".utf8)
          bytes.append(contentsOf: values[entry].description.utf8)
        }
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count > 1 << 20 {
          try output.write(bytes)
          bytes.removeAll(keepingCapacity: true)
        }
      }
      try output.write(bytes)
    }
  }
}
