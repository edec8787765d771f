import Foundation

/// One answer as a file has it.
enum Prediction {
  /// - isArray: whether it says that there may be several.
  case labels([String], isArray: Bool)
  case probabilities([String: Double])
}

extension PredictionFile {
  /// Reads a cell, or a field of JSON.
  static func prediction(
    _ statement: Statement, _ column: Int, _ task: String
  ) throws(DataError) -> Prediction {
    switch statement.extras[column] {
    case .text(let cell): return .labels(AnnotationCell.labels(cell), isArray: cell.contains(";"))
    case .json(let literal):
      if let answer = try? JSONDecoder().decode(JSONPrediction.self, from: Data(literal.utf8)) {
        return answer.prediction
      }
      throw DataError(
        .wrongType, at: statement.location,
        "found no answer in field \"\(task)\"; expected a label, an array of labels, or an object with "
          + "probabilities by label, or with the field labels or probabilities")
    case .missing:
      throw DataError(
        .missingColumn, at: statement.location,
        "found no field \"\(task)\"; expected an answer in every record: add it, or leave the record out"
      )
    }
  }

  /// Reads a probability of each label from a column of its own.
  static func probabilities(
    _ statement: Statement, _ columns: [Int], _ task: Codebook.Task
  ) throws(DataError) -> Prediction {
    var values: [String: Double] = [:]
    for (label, column) in zip(task.labels, columns) {
      // An empty cell is an answer without evidence.
      guard let cell = statement.extras[column].plainText, !cell.isEmpty else { continue }
      guard let value = Double(cell), value.isFinite else {
        throw DataError(
          .wrongType, at: statement.location,
          "found no number in the column of label \"\(label.name)\"; expected a probability such as 0.93"
        )
      }
      values[label.name] = value
    }
    return .probabilities(values)
  }
}

/// An answer in JSON.
private struct JSONPrediction: Decodable {
  let prediction: Prediction

  private enum CodingKeys: CodingKey { case labels, probabilities }

  init(from decoder: any Decoder) throws {
    if let names = try? [String](from: decoder) {
      prediction = .labels(names, isArray: true)
    } else if let values = try? [String: Double](from: decoder) {
      prediction = .probabilities(values)
    } else {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      if let names = try? container.decode([String].self, forKey: .labels) {
        prediction = .labels(names, isArray: false)
      } else if let name = try? container.decode(String.self, forKey: .labels) {
        prediction = .labels(AnnotationCell.labels(name), isArray: false)
      } else {
        // A label without evidence has none.
        let values = try container.decode([String: Double?].self, forKey: .probabilities)
        prediction = .probabilities(values.compactMapValues(\.self))
      }
    }
  }
}
