import Charts
import StanceKit

/// The pictures of a report.
enum ReportPictures {
  static func heatmap(_ matrix: MatrixTable, _ name: String) -> Document.Picture {
    Document.Picture(
      caption: oneLine(name),
      svg: Heatmap(
        rows: matrix.rowTitles.map(oneLine), columns: matrix.columnTitles.map(oneLine),
        counts: matrix.counts, description: "Confusion matrix of \(oneLine(name))"
      ).svg)
  }

  /// What each threshold of each label trades.
  static func precisionRecall(
    _ material: ReportMaterial, _ evaluation: TaskEvaluation
  ) -> Document.Picture? {
    guard
      let index = material.model.classifiers.firstIndex(where: {
        $0.task.name == evaluation.task
      }),
      let judgements = material.judged.judgements[index],
      let task = material.data.codebook.tasks.firstIndex(where: { $0.name == evaluation.task })
    else { return nil }
    let annotations = material.data.annotations[task]
    let rows = annotations.indices.filter { annotations[$0] != .unlabelled }
    let series = material.model.classifiers[index].task.labels.enumerated().map { label, named in
      let positives = rows.map { annotations[$0].labels?.contains(label) ?? false }
      return LineChart.Series(
        name: oneLine(named.name),
        points: curve(rows.map { judgements[$0].probabilities[label] }, positives))
    }
    guard series.contains(where: { !$0.points.isEmpty }) else { return nil }
    return Document.Picture(
      caption: "Precision over recall of every threshold",
      svg: LineChart(
        x: .share("recall"), y: .share("precision"), series: series,
        description: "Precision over recall of each label of \(oneLine(evaluation.task))"
      ).svg)
  }

  /// Precision at each hundredth of recall that a threshold reaches, from the highest threshold.
  private static func curve(
    _ probabilities: [Double], _ positives: [Bool]
  ) -> [LineChart.Series.Point] {
    let support = positives.count { $0 }
    guard support > 0 else { return [] }
    let order = probabilities.indices.sorted {
      (-probabilities[$0], $0) < (-probabilities[$1], $1)
    }
    var points: [LineChart.Series.Point] = []
    var (given, right, lastShown) = (0, 0, -1)
    for (place, row) in order.enumerated() {
      given += 1
      if positives[row] { right += 1 }
      // Statements of equal probability are given the label together.
      let isLast = place + 1 == order.count
      if !isLast, probabilities[order[place + 1]] == probabilities[row] { continue }
      let hundredth = right * 100 / support
      guard hundredth > lastShown, right > 0 else { continue }
      lastShown = hundredth
      points.append(
        .init(x: Double(right) / Double(support), y: Double(right) / Double(given)))
    }
    return points
  }

  static func reliability(_ evaluation: TaskEvaluation) -> Document.Picture? {
    var series = evaluation.calibration.compactMap { label in
      label.reliability.map { self.series(oneLine(label.label), $0) }
    }
    if let bins = evaluation.answerCalibration?.reliability {
      series = [self.series("the answer", bins)]
    }
    guard !series.isEmpty else { return nil }
    return Document.Picture(
      caption: "How often what is said with a probability is so",
      svg: LineChart(
        x: .share("probability"), y: .share("so"), series: series, showsDiagonal: true,
        description: "Reliability of the probabilities of \(oneLine(evaluation.task))"
      ).svg)
  }

  private static func series(_ name: String, _ bins: [ReliabilityBin]) -> LineChart.Series {
    LineChart.Series(
      name: name,
      points: bins.filter { $0.count > 0 }.map { bin in
        let right = Int((bin.observedFrequency * Double(bin.count)).rounded())
        return .init(
          x: bin.meanProbability, y: bin.observedFrequency,
          interval: BinomialProportion.interval(
            successes: right, trials: bin.count,
            standardDeviations: BinomialProportion.standardDeviationsOf95Percent))
      }, showsPoints: true)
  }

  static func learningCurve(_ curve: LearningCurve) -> Document.Picture {
    var series = [
      LineChart.Series(
        name: "measured",
        points: curve.points.map {
          .init(x: $0.trainingCount, y: $0.macroF1, interval: $0.interval)
        },
        showsPoints: true)
    ]
    var furthest = curve.points.map(\.trainingCount).max() ?? 0
    if case .gain(let gain) = curve.forecast {
      let last = furthest
      furthest += Double(gain.more)
      series.append(
        LineChart.Series(
          name: "forecast",
          points: [last, last + Double(gain.more) / 2, furthest].map {
            .init(x: $0, y: gain.law.score(at: $0))
          }, isDashed: true))
    }
    return Document.Picture(
      caption: oneLine(curve.task),
      svg: LineChart(
        x: .numbers("trained on", covering: [furthest]), y: .share("macro F1"), series: series,
        description: "Macro F1 of \(oneLine(curve.task)) over the number of statements"
      ).svg)
  }

  /// One picture for each label, where there is more than one group.
  static func shares(_ shares: ReportShares) -> [Document.Picture] {
    if shares.by == nil {
      guard let group = shares.groups.first else { return [] }
      let rows = zip(shares.labels, group.shares).compactMap { label, share in
        share.flatMap { row(oneLine(label), $0) }
      }
      return rows.isEmpty ? [] : [picture("all", rows, "Shares of \(oneLine(shares.task))")]
    }
    return shares.labels.enumerated().compactMap { index, label in
      let rows = shares.groups.compactMap { group in
        group.shares[index].flatMap { row(group.name.map(oneLine) ?? "(none)", $0) }
      }
      return rows.isEmpty
        ? nil
        : picture(
          oneLine(label), rows, "Shares of \(oneLine(label)) by \(oneLine(shares.by ?? ""))")
    }
  }

  /// `nil` where there is nothing but the classifier's answers, which are not to be taken for shares.
  private static func row(_ name: String, _ share: ReportShares.Share) -> IntervalChart.Row? {
    share.estimate.map {
      IntervalChart.Row(name: name, estimate: $0.share, interval: $0.interval, other: share.raw)
    }
  }

  private static func picture(
    _ caption: String, _ rows: [IntervalChart.Row], _ description: String
  ) -> Document.Picture {
    let highest = rows.map { max($0.interval.upperBound, $0.other ?? 0) }.max() ?? 1
    return Document.Picture(
      caption: caption,
      svg: IntervalChart(
        axis: .shares("share of the statements", upTo: highest), rows: rows,
        description: description
      ).svg)
  }
}
