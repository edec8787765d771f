extension TaskClassifier {
  /// The scores x · w + intercept of a statement, one for each label.
  ///
  /// - Parameter row: columns of the model's extractor.
  func scores(_ row: FeatureRow) -> [Double] {
    let labels = intercepts.count
    precondition(
      row.columns.count == row.values.count
        && (row.columns.last.map { (Int($0) + 1) * labels <= coefficients.count } ?? true)
        && (row.columns.first ?? 0) >= 0,
      "a row of the model's own features, columns rising")
    var scores = intercepts
    scores.withUnsafeMutableBufferPointer { scores in
      coefficients.withUnsafeBufferPointer { coefficients in
        row.columns.withUnsafeBufferPointer { columns in
          row.values.withUnsafeBufferPointer { values in
            for index in 0..<columns.count {
              let first = Int(columns[index]) &* labels
              let value = values[index]
              for label in 0..<labels {
                scores[label] += value * Double(coefficients[first &+ label])
              }
            }
          }
        }
      }
    }
    return scores
  }
}
