/// How resampled intervals came about, as reports say it.
public struct Sampling: Hashable, Codable, Sendable {
  /// What is drawn as a whole.
  public enum Unit: String, Hashable, Codable, Sendable {
    /// Statements that belong together, such as those of an article.
    case group
    /// Every statement is on its own.
    case statement
  }

  public let unit: Unit
  /// How many units there are, and are drawn each time.
  public let unitCount: Int
  public let bootstrap: Bootstrap

  init(_ units: ResampledUnits, _ bootstrap: Bootstrap) {
    unit = units.isGrouped ? .group : .statement
    unitCount = units.count
    self.bootstrap = bootstrap
  }
}
