/// Sketches among which those like another are found without looking at all of them.
///
/// They are cut into 24 bands of four bytes (Leskovec, Rajaraman & Ullman 2020, section 3.4): sketches of
/// texts with similarity s meet in some band with probability 1 − (1 − s⁴)²⁴, which is 0.964 at s = 0.6 and
/// 0.999 at s = 0.7 for long texts. What meets is compared in all bytes.
package struct SketchIndex: Sendable {
  private typealias Band = (bucket: Int, tag: UInt32)
  private static let bandWidth = 4
  private static let bandCount = 24

  package let count: Int
  /// count × `TextSketch.count`, one sketch after another.
  package let bytes: [UInt8]
  private let bucketBits: Int
  /// For each band and bucket where its sketches start in `members`, and where the band's last end.
  private let starts: [UInt32]
  /// For each band all sketches by their buckets, rising in each: a number in the upper 24 bits, the tag of
  /// the band in the lower 8, so that few sketches are looked at in vain.
  private let members: [UInt32]

  /// Where a template makes thousands of texts alike, this many of a band are enough to find the others by.
  private static let mostMet = 32

  /// More have no number.
  package static let maximumCount = 1 << 24

  /// - Parameter bytes: of one sketch after another.
  package init(_ bytes: [UInt8]) {
    let count = bytes.count / TextSketch.count
    precondition(
      bytes.count == count * TextSketch.count && count < Self.maximumCount,
      "whole sketches, and fewer than \(Self.maximumCount)")
    // About one sketch a bucket.
    let bits = min(20, max(4, Int.bitWidth - count.leadingZeroBitCount))
    let bands = Self.bandCount
    var starts: [UInt32] = []
    starts.reserveCapacity(bands * (1 << bits + 1))
    var members = [UInt32](repeating: 0, count: bands * count)
    var places = [Band](repeating: (0, 0), count: count)
    for band in 0..<bands {
      var next = [UInt32](repeating: 0, count: 1 << bits)
      for sketch in 0..<count {
        places[sketch] = Self.band(band, of: bytes, at: sketch * TextSketch.count, bits)
        next[places[sketch].bucket] += 1
      }
      var start = UInt32(band * count)
      for bucket in next.indices {
        starts.append(start)
        (next[bucket], start) = (start, start + next[bucket])
      }
      starts.append(start)
      for (sketch, place) in places.enumerated() {
        members[Int(next[place.bucket])] = UInt32(sketch) << 8 | place.tag
        next[place.bucket] += 1
      }
    }
    (self.bytes, self.count, bucketBits) = (bytes, count, bits)
    (self.starts, self.members) = (starts, members)
  }

  private static func band(_ band: Int, of bytes: [UInt8], at start: Int, _ bits: Int) -> Band {
    let first = start + band * Self.bandWidth
    let key = (first..<first + Self.bandWidth).reduce(UInt32(0)) {
      $0 << 8 | UInt32(bytes[$1])
    }
    let hash = key &* 0x9E37_79B1
    return (Int(hash >> (32 - UInt32(bits))), hash >> (24 - UInt32(bits)) & 0xFF)
  }

  /// The sketches whose texts are probably as like another as this, most alike first, of equally alike
  /// ones that which comes first.
  ///
  /// - Parameters:
  ///   - least: the lowest similarity, in 0...1.
  ///   - limit: how many at most.
  package func matches(
    of sketch: TextSketch, atLeast least: Double, limit: Int
  ) -> [(index: Int, similarity: Double)] {
    var met: [Int] = []
    for band in 0..<Self.bandCount {
      let (bucket, tag) = Self.band(band, of: sketch.bytes, at: 0, bucketBits)
      let place = band << bucketBits + band + bucket
      var count = 0
      for index in starts[place]..<starts[place + 1] where members[Int(index)] & 0xFF == tag {
        met.append(Int(members[Int(index)] >> 8))
        count += 1
        if count == Self.mostMet { break }
      }
    }
    guard !met.isEmpty else { return [] }
    met.sort()
    var found: [(index: Int, similarity: Double)] = []
    var last: Int?
    for member in met where member != last {
      last = member
      let similarity = TextSketch.similarity(agreeing: agreeing(member, sketch))
      if similarity >= least { found.append((member, similarity)) }
    }
    found.sort { ($1.similarity, $0.index) < ($0.similarity, $1.index) }
    return Array(found.prefix(limit))
  }

  private func agreeing(_ member: Int, _ sketch: TextSketch) -> Int {
    let first = member * TextSketch.count
    return sketch.bytes.indices.count { bytes[first + $0] == sketch.bytes[$0] }
  }
}
