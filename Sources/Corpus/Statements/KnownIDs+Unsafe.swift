/// Which ids have come, and with which statement: a hash table that holds nothing but numbers, as the
/// statements hold the ids.
struct KnownIDs {
  private struct Slot {
    var hash: UInt32 = 0
    /// The statement's number plus one; 0 in an empty slot.
    var number: UInt32 = 0
  }

  /// Linear probing over a power of two, at most three quarters of it filled.
  private var slots = [Slot](repeating: Slot(), count: 1 << 10)
  private var count = 0
  /// Ids that are not ASCII, which may be spelt in several ways and still be equal.
  private var others: [String: Int] = [:]
  /// Differs from run to run, so that no file can be made of ids that meet in one place.
  private static let seed = UInt64.random(in: .min ... .max)

  /// The number of the statement that has had `id`; else `nil`, and from now on it is `number`.
  ///
  /// - Parameters:
  ///   - hash: that of the id.
  ///   - statements: those remembered, by their numbers.
  mutating func statement(
    with id: String, _ hash: UInt32?, orElse number: Int, among statements: [Statement]
  ) -> Int? {
    if let hash { return find(id, hash, orElse: number, statements) }
    let key = Self.plain(id)
    if let hash = Self.hash(key) { return find(key, hash, orElse: number, statements) }
    if let first = others[key] { return first }
    others[key] = number
    return nil
  }

  private mutating func find(
    _ id: String, _ hash: UInt32, orElse number: Int, _ statements: [Statement]
  ) -> Int? {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot].number != 0 {
      if slots[slot].hash == hash, statements[Int(slots[slot].number) - 1].id == id {
        return Int(slots[slot].number) - 1
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Slot(hash: hash, number: UInt32(number + 1))
    count += 1
    reserve(count)
    return nil
  }

  /// Makes room for so many ids at once.
  mutating func reserve(_ capacity: Int) {
    guard capacity * 4 > slots.count * 3 else { return }
    var size = slots.count
    while capacity * 4 > size * 3 { size *= 2 }
    var larger = [Slot](repeating: Slot(), count: size)
    for entry in slots where entry.number != 0 {
      var slot = Int(entry.hash) & (larger.count - 1)
      while larger[slot].number != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = entry
    }
    slots = larger
  }

  /// How many ids are worth looking up together.
  static let touched = 64

  /// Reads the places of the next ids, so that they are near when each is looked up: all are asked for
  /// before the first is needed.
  func touch(_ hashes: ArraySlice<UInt32?>) {
    var sum: UInt32 = 0
    for case let hash? in hashes.prefix(Self.touched) {
      sum &+= slots[Int(hash) & (slots.count - 1)].hash
    }
    _ = consume(sum)
  }

  /// Takes a number that nobody needs; the compiler leaves out no work for it.
  @inline(never)
  private func consume(_ number: UInt32) -> Bool { number == 0 }

  /// Of an id of ASCII alone; `nil` for another.
  static func hash(_ id: String) -> UInt32? {
    var id = id
    let seed = seed
    return id.withUTF8 { bytes in
      let raw = UnsafeRawBufferPointer(bytes)
      var (hash, all): (UInt64, UInt64) = (seed ^ UInt64(raw.count), 0)
      var position = 0
      while position + 8 <= raw.count {
        let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
        all |= word
        hash = mixed(hash ^ word, seed)
        position += 8
      }
      var rest: UInt64 = 0
      while position < raw.count {
        rest = rest << 8 | UInt64(raw[position])
        position += 1
      }
      guard (all | rest) & 0x8080_8080_8080_8080 == 0 else { return nil }
      return UInt32(truncatingIfNeeded: mixed(hash ^ rest, seed) >> 32)
    }
  }

  /// Both halves of a 128-bit product, one upon the other.
  @inline(__always)
  private static func mixed(_ word: UInt64, _ seed: UInt64) -> UInt64 {
    let product = (word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: seed | 1)
    return product.high ^ product.low
  }

  /// The id with the characters replaced that Unicode holds equal to ASCII ones.
  private static func plain(_ id: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in id.unicodeScalars {
      switch scalar {
      case "\u{212A}": scalars.append("K")
      case "\u{037E}": scalars.append(";")
      case "\u{1FEF}": scalars.append("`")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
