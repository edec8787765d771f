/// Curves over one axis: precision over recall, how often probabilities come true, scores over numbers
/// of labels.
public struct LineChart {
  public struct Series {
    public struct Point {
      public let x: Double
      public let y: Double
      /// The interval of y, where there is one.
      public let interval: ClosedRange<Double>?

      public init(x: Double, y: Double, interval: ClosedRange<Double>? = nil) {
        (self.x, self.y, self.interval) = (x, y, interval)
      }
    }

    public let name: String
    public let points: [Point]
    /// Whether each point is marked, as where there are few.
    public let showsPoints: Bool
    /// Whether the line is dashed, as where it foretells.
    public let isDashed: Bool

    public init(
      name: String, points: [Point], showsPoints: Bool = false, isDashed: Bool = false
    ) {
      (self.name, self.points) = (name, points)
      (self.showsPoints, self.isDashed) = (showsPoints, isDashed)
    }
  }

  public let x: Axis
  public let y: Axis
  public let series: [Series]
  /// Whether to draw where y equals x.
  public let showsDiagonal: Bool
  public let description: String

  public init(
    x: Axis, y: Axis, series: [Series], showsDiagonal: Bool = false, description: String
  ) {
    (self.x, self.y, self.series) = (x, y, series)
    (self.showsDiagonal, self.description) = (showsDiagonal, description)
  }

  private static let frame = (left: 50.0, top: 10.0, width: 290.0, height: 220.0)
  private static let legendColumns = 2
  private static let legendLine = 17.0
  private static let legendCharacters = 22

  public var svg: String {
    let frame = Self.frame
    let legendRows = series.count > 1 ? (series.count + 1) / Self.legendColumns : 0
    let bottom = frame.top + frame.height
    var svg = SVG(
      width: frame.left + frame.width + 20,
      height: bottom + 42 + Double(legendRows) * Self.legendLine, description: description)
    drawAxes(&svg)
    if showsDiagonal {
      svg.line(frame.left, bottom, frame.left + frame.width, frame.top, class: "reference")
    }
    for (index, series) in series.enumerated() { draw(series, index, &svg) }
    for index in 0..<(legendRows > 0 ? series.count : 0) {
      let left =
        frame.left + Double(index % Self.legendColumns) * frame.width / Double(Self.legendColumns)
      let line = bottom + 54 + Double(index / Self.legendColumns) * Self.legendLine
      svg.rectangle(
        x: left, y: line - 9, width: 10, height: 10, style: "fill:\(color(index))")
      svg.text(series[index].name, left + 15, line, limit: Self.legendCharacters)
    }
    return svg.markup
  }

  private func drawAxes(_ svg: inout SVG) {
    let frame = Self.frame
    let bottom = frame.top + frame.height
    for tick in y.ticks {
      let place = bottom - y.place(tick) * frame.height
      svg.line(frame.left, place, frame.left + frame.width, place, class: "grid")
      svg.text(y.label(tick), frame.left - 6, place + 4, anchor: .end, class: "small")
    }
    for tick in x.ticks {
      let place = frame.left + x.place(tick) * frame.width
      svg.line(place, frame.top, place, bottom, class: "grid")
      svg.text(x.label(tick), place, bottom + 15, anchor: .middle, class: "small")
    }
    svg.text(x.title, frame.left + frame.width / 2, bottom + 33, anchor: .middle, class: "muted")
    svg.text(
      y.title, 10, frame.top + frame.height / 2, anchor: .middle, class: "muted", turned: true)
  }

  private func draw(_ series: Series, _ index: Int, _ svg: inout SVG) {
    let frame = Self.frame
    func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
      (
        frame.left + self.x.place(x) * frame.width,
        frame.top + frame.height - self.y.place(y) * frame.height
      )
    }
    let dashes = series.isDashed ? ";stroke-dasharray:5 4" : ""
    svg.path(
      series.points.map { place($0.x, $0.y) },
      style: "fill:none;stroke:\(color(index));stroke-width:2\(dashes)")
    guard series.showsPoints else { return }
    for point in series.points {
      let (x, y) = place(point.x, point.y)
      if let interval = point.interval {
        let ends = (
          place(point.x, interval.lowerBound).y, place(point.x, interval.upperBound).y
        )
        svg.path(
          [(x, ends.0), (x, ends.1)], style: "fill:none;stroke:\(color(index));stroke-width:1.5")
      }
      var title = "\(series.name): \(self.x.label(point.x)), \(self.y.label(point.y))"
      if let interval = point.interval {
        title += " [\(self.y.label(interval.lowerBound)), \(self.y.label(interval.upperBound))]"
      }
      svg.dot(x, y, radius: 3, style: "fill:\(color(index))", title: title)
    }
  }

  private func color(_ index: Int) -> String { seriesColor(series.count == 1 ? nil : index) }
}

/// The colour of one of several, or of the only one.
func seriesColor(_ index: Int?) -> String {
  index.map { "var(--series-\($0 % seriesColorCount))" } ?? "var(--accent)"
}

/// How many colours a page gives.
public let seriesColorCount = 8
