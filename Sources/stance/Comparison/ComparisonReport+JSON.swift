import StanceKit

extension ComparisonReport {
  /// An object for each task.
  func object() -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("a", names.first)
    object.set("b", names.second)
    for index in paired.tasks.indices {
      object.set(paired.tasks[index].task.name, self.object(index))
    }
    return object
  }

  private func object(_ index: Int) -> JSONObjectWriter {
    let task = paired.tasks[index]
    var object = JSONObjectWriter()
    object.set("kind", task.task.kind.rawValue)
    object.set("statements", task.rows.count)
    if let comparison = comparisons[index] {
      fill(&object, index, comparison)
      object.setObject("labels") { labels in
        for (label, own) in zip(task.task.labels, comparison.labels) {
          var entry = JSONObjectWriter()
          entry.set("support", own.support)
          entry.set("precision", self.object(own.precision))
          entry.set("recall", self.object(own.recall))
          entry.set("f1", self.object(own.f1))
          var test = self.object(own.mcNemar)
          test.set("p-holm", own.adjustedPValue)
          entry.set("mcnemar", test)
          labels.set(label.name, entry)
        }
      }
    }
    if let new = newStatements[index] {
      object.set("near-copies-of-training", new.copyCount)
      object.setObject("near-copies") { sides in
        for (name, count) in new.copyCounts {
          if let count {
            sides.set(name.lowercased(), count)
          } else {
            sides.set(name.lowercased(), .missing)
          }
        }
      }
      if let rest = new.comparison {
        var entry = JSONObjectWriter()
        entry.set("statements", rest.statementCount)
        fill(&entry, index, rest)
        object.set("without-near-copies", entry)
      }
    }
    object.set("differences", task.differences.map { difference(task, $0) })
    return object
  }

  /// The scores of all labels together.
  private func fill(_ object: inout JSONObjectWriter, _ index: Int, _ comparison: ScoreComparison) {
    for (name, score) in scores(index, comparison) {
      // As the metrics of other commands are called.
      object.set(name.lowercased().replacing(" ", with: "-"), self.object(score))
    }
    object.set("mcnemar", self.object(comparison.mcNemar))
    object.set("intervals", IntervalDocument.method(comparison.sampling))
    object.set("swaps", comparison.swapCount)
  }

  private func object(_ score: ScoreComparison.Difference) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("a", score.first)
    object.set("b", score.second)
    object.set("difference", score.difference)
    object.set("interval", interval: score.interval)
    object.set("p", score.pValue)
    return object
  }

  private func object(_ test: McNemarTest) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("a-only", test.firstOnly)
    object.set("b-only", test.secondOnly)
    object.set("p", test.pValue)
    return object
  }

  private func difference(
    _ task: PairedAnswers.TaskAnswers, _ place: Int
  ) -> JSONObjectWriter {
    let row = DifferenceTable.Row(task, place)
    let statement = paired.statements[task.rows[place]]
    var object = JSONObjectWriter()
    object.set("id", statement.id)
    if showsText { object.set("text", statement.text) }
    object.set("gold", row.gold)
    object.set("a", row.first)
    object.set("b", row.second)
    object.set("right", row.right)
    return object
  }
}
