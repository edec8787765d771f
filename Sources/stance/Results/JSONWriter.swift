import StanceKit

/// Writes one JSON object after another into a byte buffer; keys come in the order of the calls.
struct JSONObjectWriter {
  private(set) var bytes: [UInt8]
  private var isEmpty = true

  init() { bytes = [UInt8(ascii: "{")] }

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

  mutating func set(_ name: String, _ value: Int) {
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

  mutating func set(_ name: String, _ objects: [JSONObjectWriter]) {
    key(name)
    bytes.append(UInt8(ascii: "["))
    for (index, object) in objects.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: object.finished())
    }
    bytes.append(UInt8(ascii: "]"))
  }

  func finished() -> [UInt8] { bytes + [UInt8(ascii: "}")] }
}

/// A probability as results show it: six digits are more than any of them deserves.
func rounded(_ probability: Double) -> Double { (probability * 1e6).rounded() / 1e6 }
