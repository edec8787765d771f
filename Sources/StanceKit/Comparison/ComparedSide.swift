/// One side of a comparison: a model that answers now, or answers in a file.
struct ComparedSide {
  let path: String
  let model: Model?
  let predictions: PredictionFile?
  private let configuration: PairedAnswers.Configuration

  /// Opens a model (`.safetensors`) or a file of predictions.
  init(_ path: String, _ configuration: PairedAnswers.Configuration) throws {
    (self.path, self.configuration) = (path, configuration)
    if path.hasSuffix(".safetensors") {
      model = try Model(contentsOf: path)
      predictions = nil
    } else {
      model = nil
      predictions = try PredictionFile(
        path, threshold: configuration.threshold, columns: configuration.predictionColumns,
        options: configuration.reading)
      try predictions?.checkColumns()
    }
  }

  /// For each task and statement the numbers of its labels: `nil` where a task is not answered, or a
  /// statement is not.
  struct Answers {
    var byTask: [[[Int]?]?]
    var notes: [DataNote] = []
    /// Indices of the statements that are near copies of what the model was trained on; `nil` where that is
    /// not known.
    var copies: Set<Int>?
  }

  func answers(_ labelled: LabelledStatements, isOnlyTask: Bool) throws -> Answers {
    if let model { return answers(of: model, labelled) }
    guard let predictions else { return Answers(byTask: labelled.codebook.tasks.map { _ in nil }) }
    let (rows, notes) = try rows(predictions, labelled)
    let copies = predictions.set.nearCopies.map { records in
      let records = Set(records)
      return Set(rows.indices.filter { row in rows[row].map(records.contains) ?? false })
    }
    return Answers(
      byTask: try labelled.codebook.tasks.map { task in
        try predictions.answers(to: task, isOnlyTask: isOnlyTask).map { answers in
          rows.map { $0.map { answers[$0] } }
        }
      }, notes: readingNotes(predictions.set) + notes, copies: copies)
  }

  private func answers(of model: Model, _ labelled: LabelledStatements) -> Answers {
    let judgements = model.classify(
      labelled.statements, layout: labelled.layout, parallelism: configuration.parallelism)
    return Answers(
      byTask: labelled.codebook.tasks.map { task in
        model.classifiers.firstIndex { $0.task.isSameQuestion(as: task) }.map { index in
          judgements.map { $0.tasks[index].bestGuess }
        }
      },
      copies: model.knownStatements.map { _ in
        Set(judgements.indices.filter { !judgements[$0].copies.isEmpty })
      })
  }

  /// What is to be known of how the file was read; the gold labels may have a note like it.
  private func readingNotes(_ set: StatementSet) -> [DataNote] {
    set.notes.map { note in
      note.code == .leftOut ? DataNote(.leftOut, "\(path): \(note.message)") : note
    }
  }

  /// The record of each statement.
  private func rows(
    _ predictions: PredictionFile, _ labelled: LabelledStatements
  ) throws -> ([Int?], [DataNote]) {
    let layout = predictions.set.layout
    let count = predictions.set.statements.count
    guard layout.has(.id) == labelled.layout.has(.id) else {
      throw DataError(
        .missingColumn, at: SourceLocation(file: path, line: 0),
        "found ids in \(layout.has(.id) ? "the predictions" : "the labelled statements") only; expected "
          + "them in both, or in neither and the same order: add a column id, or name it with "
          + "--id-column")
    }
    if !layout.has(.id), count != labelled.statements.count + labelled.skippedCount {
      throw DataError(
        .missingColumn, at: SourceLocation(file: path, line: 0),
        "found \(count) predictions for \(labelled.statements.count) labelled statements, and no ids; "
          + "expected as many in the same order, or ids in both")
    }
    let rows = labelled.statements.map { predictions.row(ofID: $0.id) }
    let missing = labelled.statements.indices.filter { rows[$0] == nil }
    guard let first = missing.first else { return (rows, []) }
    let found =
      "no prediction for \(missing.count) of \(rows.count) labelled statements, such as the one at "
      + "\(labelled.statements[first].location)"
    guard configuration.reading.skipsInvalid else {
      throw DataError(
        .missingColumn, at: SourceLocation(file: path, line: 0),
        "found \(found); expected one for each id: add them, or leave these statements out with "
          + "--skip-invalid")
    }
    return (rows, [DataNote(.leftOut, "\(path) has \(found)")])
  }
}
