import StanceKit

/// An audit as JSON, with everything that was found.
struct AuditDocument {
  private let audit: Audit
  private let showsText: Bool
  private let wording: AuditWording

  init(_ audit: Audit, showsText: Bool) {
    (self.audit, self.showsText) = (audit, showsText)
    wording = AuditWording(data: audit.data)
  }

  func object() -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("statements", audit.data.statements.count)
    fillTexts(&object)
    object.setObject("duplicates", fillDuplicates)
    var suspects = JSONObjectWriter()
    for found in audit.suspicions {
      suspects.set(found.task.name, found.suspects.map { suspect($0, found.task) })
    }
    object.set("suspected-labels", suspects)
    if !audit.unchecked.isEmpty {
      object.setObject("labels-not-checked") { tasks in
        for task in audit.unchecked { tasks.set(task.task, task.reason) }
      }
    }
    var balance = JSONObjectWriter()
    for task in audit.balance { balance.set(task.task.name, labels(task)) }
    object.set("balance", balance)
    if let leakage = audit.leakage { object.set("leakage", self.leakage(leakage)) }
    return object
  }

  private func place(_ statement: Statement) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("id", statement.id)
    object.set("file", statement.location.file)
    object.set("line", statement.location.line)
    if showsText { object.set("text", statement.text) }
    return object
  }

  private func place(_ row: Int) -> JSONObjectWriter { place(audit.data.statements[row]) }

  private func fillTexts(_ object: inout JSONObjectWriter) {
    let texts = audit.texts
    object.set("without-text", texts.blank.map { place($0) })
    object.set("without-word", texts.wordless.map { place($0) })
    object.set("one-word", texts.oneWord.map { place($0) })
    object.set("in-letters-of-another-language", texts.misplaced.map { place($0) })
    object.set(
      "languages",
      texts.languages.map { language in
        var entry = JSONObjectWriter()
        entry.set("language", language.language.map(FieldValue.text) ?? .missing)
        entry.set("statements", language.count)
        return entry
      })
    object.set(
      "letters",
      texts.scripts.map { script in
        var entry = JSONObjectWriter()
        entry.set("script", script.script.rawValue)
        entry.set("statements", script.count)
        return entry
      })
  }

  private func fillDuplicates(_ object: inout JSONObjectWriter) {
    object.set("exact-copies", audit.duplicates.exactCopyCount)
    object.set("near-copies", audit.duplicates.nearCopyCount)
    object.set(
      "clusters",
      audit.duplicates.clusters.map { cluster in
        var entry = JSONObjectWriter()
        entry.set("exact", cluster.isExact)
        entry.set(
          "conflicting-tasks", cluster.conflictingTasks.map { audit.data.codebook.tasks[$0].name })
        entry.set(
          "statements",
          cluster.rows.map { row in
            var member = place(row)
            for task in cluster.conflictingTasks {
              member.set(audit.data.codebook.tasks[task].name, wording.labels(row, task: task))
            }
            return member
          })
        return entry
      })
  }

  private func suspect(
    _ suspect: TaskSuspicions.Suspect, _ task: Codebook.Task
  ) -> JSONObjectWriter {
    var object = place(suspect.row)
    switch suspect.change {
    case .replace(let given, let other):
      object.set("labelled", task.labels[given].name)
      object.set("rather", task.labels[other].name)
    case .remove(let label): object.set("remove", task.labels[label].name)
    case .add(let label): object.set("add", task.labels[label].name)
    }
    object.set("probability-as-labelled", probability: suspect.confidence)
    return object
  }

  private func labels(_ balance: TaskBalance) -> [JSONObjectWriter] {
    balance.labels.map { label in
      var entry = JSONObjectWriter()
      entry.set("label", label.label.map(FieldValue.text) ?? .missing)
      entry.set("statements", label.count)
      entry.set("share", label.share)
      entry.setObject("share-by-language") { shares in
        for (language, share) in zip(balance.languages, label.byLanguage) {
          shares.set(language, share)
        }
      }
      entry.set("median-words", label.medianWords)
      entry.set("median-words-of-others", label.medianWordsOfOthers)
      entry.set("rare", label.isRare)
      entry.set("depends-on-language", label.dependsOnLanguage)
      entry.set("length-of-its-own", label.hasLengthOfItsOwn)
      return entry
    }
  }

  private func leakage(_ leakage: Leakage) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("training-statements", leakage.trainingCount)
    object.set("test-statements", leakage.testCount)
    object.set(
      "leaks",
      leakage.leaks.map { leak in
        var entry = JSONObjectWriter()
        entry.set("kind", leak.kind.rawValue)
        entry.set("test", place(leak.row))
        entry.set("training", place(leak.trainingRow))
        return entry
      })
    if let reason = leakage.unscoredReason { object.set("not-scored", reason) }
    var tasks = JSONObjectWriter()
    for scores in leakage.scores {
      var entry = JSONObjectWriter()
      for (name, part) in [
        ("inflated", scores.inflated), ("leaked", scores.leaked), ("clean", scores.clean),
      ] {
        guard let part else { continue }
        entry.setObject(name) { object in
          object.set("statements", part.statementCount)
          object.set("macro-f1", part.common.macroF1)
        }
      }
      tasks.set(scores.task, entry)
    }
    object.set("scores", tasks)
    return object
  }
}
