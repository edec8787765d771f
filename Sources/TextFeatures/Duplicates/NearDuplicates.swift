/// Finds texts that are nearly the same: the same quote in five newspapers, a slogan with one word
/// changed. Split between training and testing they would make every score too good.
///
/// Two texts are near-duplicates when the Jaccard similarity of their sets of five-character
/// shingles, taken after normalization and without punctuation, reaches a threshold. Candidates
/// come from MinHash signatures cut into bands (Broder 1997; Leskovec, Rajaraman & Ullman 2020,
/// section 3.4) and are then compared exactly.
public struct NearDuplicates: Sendable {
  /// The similarity from which on texts count as the same, in 0...1.
  public var threshold: Double

  /// 0.6 is about three words changed in a sentence of twenty.
  public init(threshold: Double = 0.6) {
    precondition((0...1).contains(threshold), "a similarity lies in 0...1, not \(threshold)")
    self.threshold = threshold
  }

  package static let shingleLength = 5

  /// For each text the index of the first text of its cluster; chains of near-duplicates are one
  /// cluster. Texts without a word are alone.
  public func clusters(of texts: [String]) -> [Int] {
    let recipe = Recipe.words
    var scanner = TextScanner(normalization: recipe.normalization, tokens: .wordsOnly)
    func shingles(_ index: Int) -> [UInt64] {
      scanner.scan(texts[index])
      return scanner.shingles(length: Self.shingleLength)
    }
    var clusters = DisjointSets(count: texts.count)
    var signatures = [MinHashSignature?](repeating: nil, count: texts.count)
    for index in texts.indices { signatures[index] = MinHashSignature(shingles(index)) }
    for band in 0..<MinHashSignature.bandCount {
      for bucket in Self.buckets(signatures, band: band) {
        join(bucket, in: &clusters, shingles)
      }
    }
    return texts.indices.map { clusters.first(of: $0) }
  }

  /// Runs of texts whose signatures agree in a band, each in the order of the texts.
  private static func buckets(_ signatures: [MinHashSignature?], band: Int) -> [ArraySlice<Int>] {
    var keyed: [(key: UInt64, text: Int)] = []
    for (text, signature) in signatures.enumerated() {
      if let signature { keyed.append((signature.key(of: band), text)) }
    }
    keyed.sort { $0 < $1 }
    let order = keyed.map(\.text)
    var buckets: [ArraySlice<Int>] = []
    var start = 0
    for index in 1...max(1, keyed.count) where index <= keyed.count {
      guard index == keyed.count || keyed[index].key != keyed[start].key else { continue }
      if index - start > 1 { buckets.append(order[start..<index]) }
      start = index
    }
    return buckets
  }

  /// Compares the clusters that meet in a bucket, each by its first text there.
  private func join(
    _ bucket: ArraySlice<Int>, in clusters: inout DisjointSets, _ shingles: (Int) -> [UInt64]
  ) {
    // A slogan's bucket may hold thousands of texts; most are known to belong together.
    var met: Set<Int> = []
    let texts = bucket.filter { met.insert(clusters.first(of: $0)).inserted }
    guard texts.count > 1 else { return }
    // Unlike texts that meet by chance are few; comparing with the last ones keeps the work linear.
    let maximumComparisons = 16
    var recent: [(text: Int, shingles: [UInt64])] = []
    for text in texts {
      let own = shingles(text)
      for other in recent where jaccardSimilarity(own, other.shingles) >= threshold {
        clusters.join(text, other.text)
      }
      if recent.count == maximumComparisons { recent.removeFirst() }
      recent.append((text, own))
    }
  }
}

/// |a ∩ b| / |a ∪ b| of two rising lists; 0 where both are empty.
package func jaccardSimilarity(_ a: [UInt64], _ b: [UInt64]) -> Double {
  var (i, j, shared) = (0, 0, 0)
  while i < a.count, j < b.count {
    if a[i] == b[j] {
      (i, j, shared) = (i + 1, j + 1, shared + 1)
    } else if a[i] < b[j] {
      i += 1
    } else {
      j += 1
    }
  }
  let union = a.count + b.count - shared
  return union == 0 ? 0 : Double(shared) / Double(union)
}
