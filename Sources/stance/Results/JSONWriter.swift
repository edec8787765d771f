import StanceKit

/// Writes a JSON object into a byte buffer; keys come in the order of the calls.
struct JSONObjectWriter {
  private var bytes: [UInt8] = []
  private var isEmpty = true

  init() {
    // A judged sentence takes about this much.
    bytes.reserveCapacity(512)
    bytes.append(UInt8(ascii: "{"))
  }

  /// Appends an object that `fill` writes to a buffer, in place: no line is copied.
  static func append(
    to bytes: inout [UInt8], _ fill: (inout JSONObjectWriter) -> Void
  ) {
    var object = JSONObjectWriter(bytes: [])
    swap(&object.bytes, &bytes)
    object.bytes.append(UInt8(ascii: "{"))
    fill(&object)
    object.bytes.append(UInt8(ascii: "}"))
    swap(&object.bytes, &bytes)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func key(_ name: String) {
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    isEmpty = false
    JSONText.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  mutating func set(_ name: String, _ text: String) {
    key(name)
    JSONText.append(text, to: &bytes)
  }

  mutating func set(_ name: String, _ texts: [String]) {
    key(name)
    JSONText.append(texts, to: &bytes)
  }

  mutating func set(_ name: String, _ value: Double) {
    key(name)
    JSONText.append(value, to: &bytes)
  }

  /// Sets a number, or `null` where there is none.
  mutating func set(_ name: String, orNull value: Double?) {
    if let value { set(name, value) } else { set(name, FieldValue.missing) }
  }

  mutating func set(_ name: String, _ values: [Double]) {
    key(name)
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONText.append(value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func set(_ name: String, _ value: some BinaryInteger) {
    key(name)
    bytes.append(contentsOf: String(value).utf8)
  }

  mutating func set(_ name: String, _ value: Bool) {
    key(name)
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  mutating func set(_ name: String, _ field: FieldValue) {
    key(name)
    JSONText.append(field, to: &bytes)
  }

  mutating func set(_ name: String, _ object: JSONObjectWriter) {
    key(name)
    bytes.append(contentsOf: object.finished())
  }

  /// Sets a probability, with the six digits that results show.
  mutating func set(_ name: String, probability: Double) {
    key(name)
    appendProbability(probability, to: &bytes)
  }

  /// Sets an array of probabilities.
  mutating func set(_ name: String, probabilities: [Double]) {
    key(name)
    bytes.append(UInt8(ascii: "["))
    for (index, probability) in probabilities.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      appendProbability(probability, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Appends a half-open range, after ``key(_:)``: `[3,17]`.
  mutating func append(span: Range<Int>) {
    bytes.append(contentsOf: "[\(span.lowerBound),\(span.upperBound)]".utf8)
  }

  /// Appends an array of half-open ranges, after ``key(_:)``: `[[3,17]]`.
  mutating func append(spans: [Range<Int>]) {
    let pairs = spans.map { "[\($0.lowerBound),\($0.upperBound)]" }
    bytes.append(contentsOf: ("[" + pairs.joined(separator: ",") + "]").utf8)
  }

  /// Sets an object that `fill` writes in place.
  mutating func setObject(_ name: String, _ fill: (inout JSONObjectWriter) -> Void) {
    key(name)
    bytes.append(UInt8(ascii: "{"))
    isEmpty = true
    fill(&self)
    isEmpty = false
    bytes.append(UInt8(ascii: "}"))
  }

  mutating func set(_ name: String, _ objects: [JSONObjectWriter]) {
    key(name)
    bytes.append(UInt8(ascii: "["))
    for (index, object) in objects.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: object.finished())
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// The bytes, with the object's end.
  consuming func finished() -> [UInt8] {
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// The same with the line's end.
  consuming func line() -> [UInt8] { finished() + [UInt8(ascii: "\n")] }
}

/// Appends a probability in 0...1 with up to six digits, which are more than any of them deserves:
/// `0.25`, `1.0`, `0.000005`.
func appendProbability(_ probability: Double, to bytes: inout [UInt8]) {
  var rest = Int((probability * 1e6).rounded())
  bytes.append(UInt8(ascii: "0") + UInt8(rest / 1_000_000))
  bytes.append(UInt8(ascii: "."))
  rest %= 1_000_000
  var unit = 100_000
  repeat {
    bytes.append(UInt8(ascii: "0") + UInt8(rest / unit))
    rest %= unit
    unit /= 10
  } while rest > 0
}
