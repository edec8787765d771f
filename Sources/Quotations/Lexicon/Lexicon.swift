/// The words that the rules know: reporting verbs with their forms, titles, roles, bodies, and the
/// small words of a sentence, for English and Arabic.
public struct Lexicon: Sendable {
  struct Entry: Sendable {
    var classes: WordClass = []
    var verb: Int32 = -1
  }

  private var indices: [UInt64: Int32] = [:]
  private var entries: [Entry] = []
  private(set) var readings: [[VerbReading]] = []
  /// The keys and entries again, laid out for finding: open addressing, at most half full.
  private var slots: [UInt64] = []
  private var slotEntries: [Int32] = []

  init() {}

  /// The lexicon that comes with the module.
  public static let standard: Lexicon = {
    var lexicon = Lexicon()
    for (name, text) in LexiconFiles.all {
      do {
        try lexicon.add(text, name: name)
      } catch {
        preconditionFailure("\(error)")
      }
    }
    return lexicon
  }()

  // MARK: Finding

  /// Fills in what the lexicon knows of a word.
  @inline(__always)
  func annotate(_ token: inout Token) {
    guard let entry = entry(token.hash) else { return }
    token.classes = entry.classes
    token.verb = entry.verb
  }

  func entry(_ hash: UInt64) -> Entry? {
    let mask = slots.count &- 1
    guard mask > 0 else { return nil }
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & mask
    while slotEntries[slot] >= 0 {
      if slots[slot] == hash { return entries[Int(slotEntries[slot])] }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  func readings(of token: Token) -> [VerbReading] {
    token.verb < 0 ? [] : readings[Int(token.verb)]
  }

  // MARK: Adding

  mutating func add(word: String, _ classes: WordClass) {
    let index = index(of: WordHash.of(word))
    entries[index].classes.formUnion(classes)
  }

  mutating func add(form: String, _ reading: VerbReading) {
    let index = index(of: WordHash.of(form))
    if entries[index].verb < 0 {
      entries[index].verb = Int32(readings.count)
      readings.append([])
    }
    let verb = Int(entries[index].verb)
    if let same = readings[verb].firstIndex(where: {
      $0.form == reading.form && $0.particle == reading.particle
    }) {
      readings[verb][same].frames.formUnion(reading.frames)
    } else {
      readings[verb].append(reading)
    }
  }

  private mutating func index(of hash: UInt64) -> Int {
    if let index = indices[hash] { return Int(index) }
    indices[hash] = Int32(entries.count)
    entries.append(Entry())
    return entries.count - 1
  }

  /// Makes the table that words are found in; to be called after words were added.
  mutating func seal() {
    var capacity = 1024
    while capacity < 2 * indices.count { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    slotEntries = Array(repeating: -1, count: capacity)
    for (hash, index) in indices {
      var slot = Int(truncatingIfNeeded: hash ^ (hash >> 29)) & (capacity - 1)
      while slotEntries[slot] >= 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = hash
      slotEntries[slot] = index
    }
  }
}
