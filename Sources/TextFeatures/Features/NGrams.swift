/// All n-grams of a range of lengths, and what they count.
public struct NGrams: Hashable, Sendable {
  /// The longest n-gram that can be asked for.
  public static let maximumLength = 16

  /// Lengths in tokens or in Unicode scalars, within 1...16.
  public var range: ClosedRange<Int>
  public var weighting: TermWeighting
  /// A term that fewer training statements contain is left out; at least 1.
  public var minimumDocumentFrequency: Int
  /// How much the block counts beside others: the squared length that each of its rows is scaled to.
  /// Above 0, and 1 by default. With words at 0.5 and characters at 1.5 the similarity of two
  /// statements is half that of their words and one and a half that of their characters.
  public var weight: Double

  public init(
    _ range: ClosedRange<Int>, weighting: TermWeighting = .tfIDF(sublinear: true),
    minimumDocumentFrequency: Int = 2, weight: Double = 1
  ) {
    self.range = range
    self.weighting = weighting
    self.minimumDocumentFrequency = minimumDocumentFrequency
    self.weight = weight
    precondition(
      isValid,
      "n-gram lengths lie in 1...\(Self.maximumLength), document frequencies start at 1, weights are "
        + "above 0, powers of idf lie in \(TermWeighting.idfPowers): not \(self)")
  }

  /// Whether values that were set or read keep what the initializer demands.
  var isValid: Bool {
    if case .tfIDF(_, let power) = weighting, !TermWeighting.idfPowers.contains(power) {
      return false
    }
    return range.lowerBound >= 1 && range.upperBound <= Self.maximumLength
      && minimumDocumentFrequency >= 1 && Recipe.weights.contains(weight)
  }

  /// `1-2`, and in brackets what differs from the usual.
  var summary: String {
    var remarks = [weighting.summary].compactMap(\.self)
    if weight != 1 { remarks.append("weight \(shortest(weight))") }
    let lengths = "\(range.lowerBound)-\(range.upperBound)"
    return remarks.isEmpty ? lengths : "\(lengths) (\(remarks.joined(separator: ", ")))"
  }
}

extension NGrams: Codable {
  private enum CodingKeys: String, CodingKey {
    case range, weighting, minimumDocumentFrequency, weight
  }

  /// Models of format version 1 have no weight.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    range = try container.decode(ClosedRange<Int>.self, forKey: .range)
    weighting = try container.decode(TermWeighting.self, forKey: .weighting)
    minimumDocumentFrequency = try container.decode(Int.self, forKey: .minimumDocumentFrequency)
    weight = try container.decodeIfPresent(Double.self, forKey: .weight) ?? 1
  }
}
