import StanceKit

extension AuditReport {
  func suspects(_ found: TaskSuspicions) -> ReportSection {
    var section = ReportSection(title: "Suspected labels of \(oneLine(found.task.name))")
    let labelNoun = found.task.kind == .multiLabel ? "label decisions" : "labels"
    section.lines = [
      "\(grouped(found.suspects.count)) \(labelNoun) in \(counted(found.labelledCount, "labelled statement")) "
        + "that a model which did not see them contradicts, the most suspect first"
    ]
    guard !found.suspects.isEmpty else { return section }
    if limit > 0 {
      let index = audit.data.codebook.tasks.firstIndex { $0.name == found.task.name } ?? 0
      let names =
        ["place", "id", "labelled", "rather", "p as labelled"] + (showsText ? ["text"] : [])
      var table = TextTable(
        header: names, alignments: names.map { $0 == "p as labelled" ? .right : .left })
      for suspect in found.suspects.prefix(limit) {
        table.append(
          [
            wording.place(suspect.row), wording.id(suspect.row),
            wording.labels(suspect.row, task: index), wording.change(suspect.change, found.task),
            threeDigits(suspect.confidence),
          ] + (showsText ? [wording.text(suspect.row)] : []))
      }
      section.table = table
    }
    section.footnotes = more(
      than: min(limit, found.suspects.count), of: found.suspects.count)
    section.advice = [
      "read these again from the top, without looking at the suggestion first, and stop where most turn "
        + "out right. Do not change a label because of the model alone: what it finds hard may be what "
        + "is interesting."
    ]
    return section
  }

  func balance(_ balance: TaskBalance) -> ReportSection {
    var section = ReportSection(title: "Balance of \(oneLine(balance.task.name))")
    let name = { (label: TaskBalance.LabelBalance) in label.label ?? "(none)" }
    var table = TextTable(
      header: ["label", "statements", "share"] + balance.languages.map { "share in \($0)" }
        + ["median words", "of others"])
    for label in balance.labels {
      table.append(
        [name(label), grouped(label.count), twoDigits(label.share)]
          + label.byLanguage.map(twoDigits)
          + [grouped(label.medianWords), grouped(label.medianWordsOfOthers)])
    }
    section.table = table
    if let imbalance = balance.imbalance {
      section.lines = [
        "the most frequent label is given \(oneDigit(imbalance)) times as often as the rarest"
      ]
    }
    func named(_ isMeant: (TaskBalance.LabelBalance) -> Bool) -> String? {
      let names = balance.labels.filter { $0.label != nil && isMeant($0) }.map(name).map(oneLine)
      return names.isEmpty ? nil : names.joined(separator: ", ")
    }
    if let rare = named(\.isRare) {
      section.advice.append(
        "label more statements that carry \(rare): with fewer than \(TaskBalance.LabelBalance.fewest) "
          + "neither training nor a score can be relied on (stance next --by edge:LABEL finds candidates)."
      )
    }
    if let dependent = named(\.dependsOnLanguage) {
      section.advice.append(
        "look at scores by language for \(dependent): one language has it several times as often as "
          + "another, and a model may learn the language instead.")
    }
    if let long = named(\.hasLengthOfItsOwn) {
      section.advice.append(
        "\(long): texts differ in length from the others by half or more. Add long and short ones with "
          + "and without the label, so that length does not stand in for meaning.")
    }
    return section
  }

  func leak(_ leakage: Leakage) -> ReportSection {
    var section = ReportSection(title: "Leakage into the test")
    let byKind = Leakage.Kind.allCases.map { kind in leakage.leaks.count { $0.kind == kind } }
    section.lines = [
      "\(grouped(leakage.trainingCount)) statements of training, \(grouped(leakage.testCount)) of the "
        + "test; of these \(grouped(byKind[0])) have a copy or near-copy in training, "
        + "\(grouped(byKind[1])) others share a group with it"
    ]
    if let reason = leakage.unscoredReason {
      section.lines.append("no scores: \(reason)")
    } else {
      section.lines.append(
        "macro F1 of one model, trained on the training part: on the whole test, on what leaked, and "
          + "on the rest")
      var table = TextTable(
        header: ["task", "whole test (inflated)", "leaked", "clean", "clean statements"])
      for scores in leakage.scores {
        let value = { (scores: TaskScores?) in scores.map { threeDigits($0.common.macroF1) } ?? "–"
        }
        table.append([
          scores.task, value(scores.inflated), value(scores.leaked), value(scores.clean),
          grouped(scores.clean?.statementCount ?? 0),
        ])
      }
      section.table = table
    }
    guard !leakage.leaks.isEmpty else { return section }
    section.footnotes =
      [""]
      + leakage.leaks.prefix(limit).map {
        "\(wording.place($0.row)) \($0.kind == .duplicate ? "is a copy of" : "is of the group of") "
          + wording.place($0.trainingRow)
      } + more(than: min(limit, leakage.leaks.count), of: leakage.leaks.count)
    section.advice = [
      "take these statements out of the test, or out of training, and publish the clean score. Where "
        + "the two differ much, the test measured memory."
    ]
    return section
  }
}
