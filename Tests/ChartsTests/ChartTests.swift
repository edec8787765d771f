import Testing

import Charts

@Suite("Charts")
struct ChartTests {
  @Test("a heatmap tells each count and its share of the row")
  func heatmap() {
    let markup = Heatmap(
      rows: ["unity", "none"], columns: ["unity", "none"], counts: [[40, 10], [0, 0]],
      description: "confusion"
    ).svg
    for text in [
      ">40</text>", ">80 %</text>", ">10</text>", ">20 %</text>", "unity → none: 10 of 50",
      "none → unity: 0 of 0", "fill-opacity:0.81", "aria-label=\"confusion\"",
    ] {
      #expect(markup.contains(text), "\(text)")
    }
  }

  @Test("names too long for their column stand upright, and are whole on hover")
  func longNames() {
    let name = "a name of more than eighteen characters"
    let markup = Heatmap(
      rows: [name], columns: [name], counts: [[1]], description: ""
    ).svg
    #expect(markup.contains("rotate(-90"))
    #expect(markup.contains("<title>\(name)</title>a name of more th…"))
  }

  @Test(
    "numbers are written at round steps that cover them",
    arguments: [
      ([0, 7], [0, 2, 4, 6, 8]), ([], [0, 1]), ([0], [0, 1]),
      ([2645], [0, 1000, 2000, 3000]), ([-3, 5], [-4, -2, 0, 2, 4, 6]),
      ([0.03], [0, 0.01, 0.02, 0.03]),
    ] as [([Double], [Double])])
  func roundSteps(values: [Double], ticks: [Double]) {
    let axis = Axis.numbers("", covering: values)
    #expect(axis.ticks.count == ticks.count)
    #expect(zip(axis.ticks, ticks).allSatisfy { abs($0 - $1) < 1e-9 }, "\(axis.ticks)")
    #expect(values.allSatisfy { axis.range.contains($0) })
  }

  @Test("shares are written in per cent, numbers with commas")
  func labels() {
    #expect(
      Axis.share("").ticks.map(Axis.share("").label) == ["0 %", "25 %", "50 %", "75 %", "100 %"])
    #expect(
      Axis.shares("", upTo: 0.3).ticks.map(Axis.shares("", upTo: 0.3).label) == [
        "0 %", "10 %", "20 %", "30 %",
      ])
    #expect(Axis.numbers("", covering: [2645]).label(2000) == "2,000")
    #expect(Axis.numbers("", covering: [2645]).label(-1_234_567) == "-1,234,567")
  }

  @Test("what lies beyond an axis stays within the frame")
  func clamping() {
    let axis = Axis.share("")
    #expect([-1, 0, 0.5, 1, 2].map(axis.place) == [0, 0, 0.5, 1, 1])
  }

  @Test("points lie where their values put them")
  func points() {
    let markup = LineChart(
      x: .share("recall"), y: .share("precision"),
      series: [
        .init(name: "unity", points: [.init(x: 0, y: 1), .init(x: 0.5, y: 0.5)], showsPoints: true)
      ], description: ""
    ).svg
    // The frame is 290 by 220 from (50, 10).
    #expect(markup.contains("M50 10L195 120"))
    #expect(markup.contains("cx=\"195\" cy=\"120\""))
    #expect(markup.contains("<title>unity: 50 %, 50 %</title>"))
  }

  @Test("one series has no legend, several name theirs")
  func legend() {
    func chart(_ names: [String]) -> String {
      LineChart(
        x: .share(""), y: .share(""), series: names.map { .init(name: $0, points: []) },
        description: ""
      ).svg
    }
    #expect(!chart(["alone"]).contains("alone"))
    let markup = chart(["first", "second", "third"])
    #expect(["first", "second", "third"].allSatisfy { markup.contains(">\($0)</text>") })
    #expect(markup.contains("var(--series-2)"))
  }

  @Test("an interval is a line from its lower to its upper end")
  func intervals() {
    let markup = IntervalChart(
      axis: .share("share"), rows: [.init(name: "x", estimate: 0.5, interval: 0.25...0.75)],
      description: ""
    ).svg
    // One character makes 7.2 wide room for the name; 190 is the width of the axis.
    #expect(markup.contains("M70.7 19L165.7 19"))
    #expect(markup.contains("<title>x: 50 % [25 %, 75 %]</title>"))
  }
}
