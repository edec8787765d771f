/// What stands in a document-term matrix before each row is scaled.
public enum TermWeighting: Hashable, Sendable {
  /// 1 where the term occurs.
  case binary
  /// How often the term occurs (tf).
  case count
  /// tf · idfᵖ with idf = ln((1 + n) / (1 + df)) + 1 (Manning, Raghavan & Schütze 2008, sections
  /// 6.2.1 and 6.4.1; scikit-learn's smoothing). A power p above 1 makes rare terms count for more
  /// than frequent ones; it lies in 0...8.
  case tfIDF(frequency: TermFrequency, idfPower: Double)

  /// tf · idf, with 1 + ln(tf) in the place of tf when sublinear.
  public static func tfIDF(sublinear: Bool) -> TermWeighting {
    .tfIDF(frequency: sublinear ? .sublinear : .count, idfPower: 1)
  }

  static let idfPowers = 0.0...8.0
}

/// How often a term occurs in a text, as a number.
public enum TermFrequency: String, Hashable, Codable, Sendable, CaseIterable {
  /// 1, however often the term occurs.
  case binary
  /// tf.
  case count
  /// 1 + ln(tf).
  case sublinear
}

extension TermWeighting {
  /// `binary tf·idf^1.5`, or nothing for what stands there when nobody asked for anything else.
  var summary: String? {
    switch self {
    case .binary: "binary"
    case .count: "counts"
    case .tfIDF(.sublinear, idfPower: 1): nil
    case .tfIDF(let frequency, let power):
      "\(frequency.rawValue) tf·idf" + (power == 1 ? "" : "^\(shortest(power))")
    }
  }
}

/// A number without a needless `.0`.
func shortest(_ number: Double) -> String {
  let text = "\(number)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

extension TermWeighting: Codable {
  private enum CodingKeys: String, CodingKey { case binary, count, tfIDF }
  private enum TFIDFKeys: String, CodingKey { case frequency, idfPower, sublinear }
  private enum NoKeys: CodingKey {}

  /// `{"binary":{}}`, `{"count":{}}`, `{"tfIDF":{"frequency":"sublinear","idfPower":1}}`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .binary: _ = container.nestedContainer(keyedBy: NoKeys.self, forKey: .binary)
    case .count: _ = container.nestedContainer(keyedBy: NoKeys.self, forKey: .count)
    case .tfIDF(let frequency, let power):
      var values = container.nestedContainer(keyedBy: TFIDFKeys.self, forKey: .tfIDF)
      try values.encode(frequency, forKey: .frequency)
      try values.encode(power, forKey: .idfPower)
    }
  }

  /// Also reads `{"tfIDF":{"sublinear":true}}`, which models of format version 1 have.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if container.contains(.binary) {
      self = .binary
    } else if container.contains(.count) {
      self = .count
    } else {
      let values = try container.nestedContainer(keyedBy: TFIDFKeys.self, forKey: .tfIDF)
      if let sublinear = try values.decodeIfPresent(Bool.self, forKey: .sublinear) {
        self = .tfIDF(sublinear: sublinear)
      } else {
        self = .tfIDF(
          frequency: try values.decode(TermFrequency.self, forKey: .frequency),
          idfPower: try values.decode(Double.self, forKey: .idfPower))
      }
    }
  }
}
