import Foundation
import StanceKit

/// A learning curve in numbers and in words.
struct LearningCurveReport {
  private let curve: LearningCurve

  init(_ curve: LearningCurve) { self.curve = curve }

  var section: ReportSection {
    var section = ReportSection(title: "Learning curve of \(oneLine(curve.task))")
    var table = TextTable(
      header: ["share", "trained on", "macro F1", "95 %"],
      alignments: [.right, .right, .right, .left])
    for point in curve.points {
      table.append([
        twoDigits(point.share), grouped(Int(point.trainingCount.rounded())),
        threeDigits(point.macroF1),
        "\(threeDigits(point.interval.lowerBound))–\(threeDigits(point.interval.upperBound))",
      ])
    }
    section.table = table
    switch curve.forecast {
    case .tooFewPoints(let reason):
      section.footnotes = ["", "too few points to tell what more labels would bring: \(reason)"]
    case .gain(let gain):
      let law = gain.law
      section.footnotes = [
        "",
        "\(counted(gain.more, "more label")) beyond the \(grouped(curve.labelledCount)) "
          + "\(gain.more == 1 ? "is" : "are") likely to bring \(signed(gain.gain)) macro F1 "
          + "(95 %: \(signed(gain.interval.lowerBound)) to \(signed(gain.interval.upperBound)))",
        law.gap > 0
          ? "fitted: F(n) = \(threeDigits(law.limit)) − \(shortest(law.gap)) · n^−\(twoDigits(law.rate))"
          : "fitted: \(threeDigits(law.limit)) at any number, as the score does not grow",
      ]
      section.advice = [advice(gain) + " " + need(gain)]
    }
    return section
  }

  /// What a reader of a report would call a difference.
  private static let noticeable = 0.01
  /// No curve tells of more labels than so many times those that there are.
  private static let farthest = 10.0

  /// How many labels would make a difference.
  private func need(_ gain: LearningCurve.Gain) -> String {
    let now = Double(curve.labelledCount)
    let goal = gain.law.score(at: now) + Self.noticeable
    guard let count = gain.law.count(reaching: goal), count - now <= Self.farthest * now else {
      return
        "A gain of 0.01 would take more than \(grouped(Int(Self.farthest))) times the labels there are."
    }
    // Two digits are more than the curve knows.
    let more = max(1, count - now)
    let unit = pow(10, max(0, floor(log10(more)) - 1))
    return "A gain of 0.01 would take about \(grouped(Int((more / unit).rounded() * unit))) more."
  }

  private func advice(_ gain: LearningCurve.Gain) -> String {
    let noticeable = Self.noticeable
    if gain.interval.lowerBound >= noticeable {
      return
        "label more: the score still grows. stance next chooses statements that teach more than a "
        + "random draw."
    }
    if gain.interval.upperBound < noticeable {
      return
        "so few labels of the same kind will hardly be seen in the score. Look at wrong labels (stance "
        + "audit), at the codebook, or at statements of other sources."
    }
    return "the gain may or may not be noticeable: label some, and measure again."
  }

  static func object(_ curves: [LearningCurve]) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    for curve in curves {
      object.setObject(curve.task) { entry in
        entry.set("labelled", curve.labelledCount)
        entry.set("points", curve.points.map(Self.object))
        switch curve.forecast {
        case .tooFewPoints(let reason): entry.set("too-few-points", reason)
        case .gain(let gain):
          entry.set("more", gain.more)
          entry.set("gain", gain.gain)
          entry.set("gain-low", gain.interval.lowerBound)
          entry.set("gain-high", gain.interval.upperBound)
          var law = JSONObjectWriter()
          law.set("limit", gain.law.limit)
          law.set("gap", gain.law.gap)
          law.set("rate", gain.law.rate)
          entry.set("law", law)
        }
      }
    }
    return object
  }

  private static func object(_ point: LearningCurve.Point) -> JSONObjectWriter {
    var entry = JSONObjectWriter()
    entry.set("share", point.share)
    entry.set("trained-on", point.trainingCount)
    entry.set("macro-f1", point.macroF1)
    entry.set("low", point.interval.lowerBound)
    entry.set("high", point.interval.upperBound)
    return entry
  }
}
