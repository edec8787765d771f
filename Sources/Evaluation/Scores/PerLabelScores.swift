/// What the scores of single-label and multi-label tasks share: a binary confusion for each label,
/// and its averages.
///
/// **Macro** averages are plain means over the labels with support; a label that no gold answer
/// carries says nothing about how well it is recognized, and is left out of them (its wrong
/// predictions still cost the micro averages, and the labels they were given instead of).
/// **Micro** averages are the scores of all labels' counts pooled. Row weights play no part.
public protocol PerLabelScores: Hashable, Sendable {
  /// The names of the labels.
  var labels: [String] { get }
  /// One confusion for each label, in the order of `labels`.
  var perLabel: [BinaryConfusion] { get }
}

extension PerLabelScores {
  /// The counts of all labels, added up.
  public var pooled: BinaryConfusion { perLabel.reduce(BinaryConfusion(), +) }

  /// The mean precision of the labels with support; 0 when there is none.
  public var macroPrecision: Double { macroAverage { $0.precision } }
  /// The mean recall of the labels with support; 0 when there is none.
  public var macroRecall: Double { macroAverage { $0.recall } }
  /// The mean of the labels' F1 (not the F1 of mean precision and recall); 0 without support.
  public var macroF1: Double { macroAverage { $0.f1 } }

  /// Σ TP / Σ (TP + FP) over all labels.
  public var microPrecision: Double { pooled.precision }
  /// Σ TP / Σ (TP + FN) over all labels.
  public var microRecall: Double { pooled.recall }
  /// 2 Σ TP / Σ (2 TP + FP + FN) over all labels.
  public var microF1: Double { pooled.f1 }

  private func macroAverage(_ score: (BinaryConfusion) -> Double) -> Double {
    var (sum, count) = (0.0, 0)
    for confusion in perLabel where confusion.support > 0 {
      sum += score(confusion)
      count += 1
    }
    return count == 0 ? 0 : sum / Double(count)
  }
}
