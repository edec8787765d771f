import Foundation
import StanceKit

/// Shares of labels in every format.
struct ShareReport {
  let all: GroupShares
  /// In the order in which they are shown; empty where the statements are not divided.
  let groups: [GroupShares]
  /// How many there are, shown or not.
  let groupCount: Int
  /// The column that divides them.
  let by: String?
  let level: Double
  /// Where the errors come from, as the end of a sentence.
  let errors: String

  private static let unknown = "–"

  // MARK: Tables

  /// One for each task.
  func sections() -> [ReportSection] {
    let percent = "\(shortest(level * 100)) %"
    let shown = [all] + groups
    return all.tasks.indices.map { index in
      var section = ReportSection(title: "Shares of \(oneLine(all.tasks[index].task))")
      section.lines = [
        "\(counted(all.statementCount, "statement")); corrected for the errors \(errors)"
      ]
      let names = [
        by.map(oneLine) ?? "of", "statements", "label", "raw", percent, "corrected", percent,
      ]
      var table = TextTable(
        header: names, alignments: [.left, .right, .left, .right, .left, .right, .left])
      for (place, group) in shown.enumerated() {
        for (number, label) in group.tasks[index].labels.enumerated() {
          let estimate = label.estimate
          table.append([
            number == 0 ? (place == 0 ? "(all)" : shortened(group.group ?? "(none)", to: 30)) : "",
            number == 0 ? grouped(group.statementCount) : "", label.label,
            twoDigits(estimate.raw.share), interval(estimate.raw),
            estimate.corrected.map { twoDigits($0.share) } ?? Self.unknown,
            estimate.corrected.map(interval) ?? Self.unknown,
          ])
        }
      }
      section.table = table
      if groupCount > groups.count {
        section.footnotes.append(
          "… and \(grouped(groupCount - groups.count)) more (--top shows more, --format csv all)")
      }
      if shown.contains(where: { $0.tasks[index].labels.contains { $0.estimate.corrected == nil } })
      {
        section.footnotes.append(
          "\(Self.unknown) the model tells the label from the others too badly to correct for it, or its errors "
            + "could hardly have led to this raw share, so that it errs otherwise here, or there is no statement"
        )
      }
      section.advice = [
        "publish the corrected share with its interval, and say that it supposes that the model errs on "
          + "these statements as on those it was measured on. A labelled random sample of yours, given "
          + "with --measured-on, removes that supposition."
      ]
      return section
    }
  }

  private func interval(_ estimate: PrevalenceCorrection.Estimate) -> String {
    "\(twoDigits(estimate.interval.lowerBound))–\(twoDigits(estimate.interval.upperBound))"
  }

  // MARK: CSV

  func csv() -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ fields: [String]) {
      DelimitedText.appendRecord(fields, delimiter: UInt8(ascii: ","), to: &bytes)
    }
    append(
      ["task"] + (by.map { [$0] } ?? []) + [
        "label", "statements", "raw", "raw.low", "raw.high", "corrected", "corrected.low",
        "corrected.high",
      ])
    for index in all.tasks.indices {
      for group in by == nil ? [all] : groups {
        for label in group.tasks[index].labels {
          append(
            [group.tasks[index].task] + (by == nil ? [] : [group.group ?? ""]) + [
              label.label, String(group.statementCount),
            ] + numbers(label.estimate.raw) + numbers(label.estimate.corrected))
        }
      }
    }
    return bytes
  }

  private func numbers(_ estimate: PrevalenceCorrection.Estimate?) -> [String] {
    guard let estimate else { return ["", "", ""] }
    return [estimate.share, estimate.interval.lowerBound, estimate.interval.upperBound]
      .map(sixDigits)
  }

  // MARK: JSON

  func object() -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("level", level)
    object.set("all", self.object(all))
    if let by {
      object.set("by", by)
      object.set(
        "groups",
        groups.map { group in
          var entry = JSONObjectWriter()
          entry.set("group", group.group.map(FieldValue.text) ?? .missing)
          entry.set("shares", self.object(group))
          return entry
        })
    }
    return object
  }

  private func object(_ group: GroupShares) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("statements", group.statementCount)
    for task in group.tasks {
      object.setObject(task.task) { labels in
        for label in task.labels {
          var entry = JSONObjectWriter()
          entry.set("raw", self.object(label.estimate.raw))
          if let corrected = label.estimate.corrected {
            entry.set("corrected", self.object(corrected))
          } else {
            entry.set("corrected", FieldValue.missing)
          }
          labels.set(label.label, entry)
        }
      }
    }
    return object
  }

  private func object(_ estimate: PrevalenceCorrection.Estimate) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("share", probability: estimate.share)
    object.set("low", probability: estimate.interval.lowerBound)
    object.set("high", probability: estimate.interval.upperBound)
    return object
  }
}
