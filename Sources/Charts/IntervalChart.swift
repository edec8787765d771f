/// Estimates with their intervals, one below the other: the shares of a label among speakers, sources or
/// months.
public struct IntervalChart {
  public struct Row {
    public let name: String
    public let estimate: Double
    public let interval: ClosedRange<Double>
    /// What is marked beside the estimate without an interval, such as the share before correction.
    public let other: Double?

    public init(name: String, estimate: Double, interval: ClosedRange<Double>, other: Double? = nil)
    {
      (self.name, self.estimate, self.interval, self.other) = (name, estimate, interval, other)
    }
  }

  public let axis: Axis
  public let rows: [Row]
  public let description: String

  public init(axis: Axis, rows: [Row], description: String) {
    (self.axis, self.rows, self.description) = (axis, rows, description)
  }

  private static let rowHeight = 22.0
  private static let nameCharacters = 24
  private static let width = 190.0
  /// Of the size that names have, at most.
  private static let characterWidth = 7.2

  public var svg: String {
    let longest = rows.map(\.name.count).max() ?? 0
    let left = 16 + Double(min(longest, Self.nameCharacters)) * Self.characterWidth
    let bottom = 8 + Double(rows.count) * Self.rowHeight
    var svg = SVG(width: left + Self.width + 24, height: bottom + 38, description: description)
    func place(_ value: Double) -> Double { left + axis.place(value) * Self.width }
    for tick in axis.ticks {
      svg.line(place(tick), 4, place(tick), bottom, class: "grid")
      svg.text(axis.label(tick), place(tick), bottom + 15, anchor: .middle, class: "small")
    }
    svg.text(axis.title, left + Self.width / 2, bottom + 32, anchor: .middle, class: "muted")
    for (index, row) in rows.enumerated() {
      let middle = 8 + (Double(index) + 0.5) * Self.rowHeight
      svg.text(row.name, left - 8, middle + 4, anchor: .end, limit: Self.nameCharacters)
      svg.path(
        [(place(row.interval.lowerBound), middle), (place(row.interval.upperBound), middle)],
        style: "fill:none;stroke:var(--accent);stroke-width:2")
      if let other = row.other {
        svg.dot(
          place(other), middle, radius: 3.5, style: "fill:none;stroke:var(--ink)",
          title: "\(row.name): \(axis.label((other * 1000).rounded() / 1000))")
      }
      let shown = [row.estimate, row.interval.lowerBound, row.interval.upperBound].map {
        axis.label(($0 * 1000).rounded() / 1000)
      }
      svg.dot(
        place(row.estimate), middle, radius: 4, style: "fill:var(--accent)",
        title: "\(row.name): \(shown[0]) [\(shown[1]), \(shown[2])]")
    }
    return svg.markup
  }
}
