import Foundation
import Testing

@Suite("Malformed models")
struct MalformedModelTests {
  enum Damage: String, CaseIterable, Sendable {
    case empty, text, cut, changedByte, hugeHeader, noObject, offsetsBehindEnd, otherProgram
    case newerVersion, notANumber, infinite
  }

  @Test("give status 2 and one message, and no result", arguments: Damage.allCases)
  func damage(_ damage: Damage) throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    var model = ModelBytes(try workspace.read("model.safetensors"))
    let expected: String
    switch damage {
    case .empty:
      model.bytes = []
      expected = "found 0 bytes, too few for a header"
    case .text:
      model.bytes = Array(String(repeating: "no model at all ", count: 100).utf8)
      expected = "is not a model, as it is not in the safetensors format; expected a model"
    case .cut:
      model.bytes.removeLast(100)
      expected = "ends before its tensor"
    case .changedByte:
      model.bytes[model.bytes.count - 40] ^= 1
      expected = "its content does not match its checksum"
    case .hugeHeader:
      model.bytes.replaceSubrange(0..<8, with: [UInt8](repeating: 0x7F, count: 8))
      expected = "is not in the safetensors format"
    case .noObject:
      model.header = "[]"
      expected = "its header is not that of a safetensors file"
    case .offsetsBehindEnd:
      model.header = model.header.replacing(/"data_offsets":\[\d+,\d+\]/) { _ in
        "\"data_offsets\":[0,99999999999]"
      }
      expected = "does not lie where its shape and its neighbours put it"
    case .otherProgram:
      model.header = model.header.replacing("\"format\":\"stancekit\"", with: "\"format\":\"pt\"")
      expected = "is a safetensors file of another program"
    case .newerVersion:
      model.header = model.header.replacing(
        "\"stancekit.format-version\":\"5\"", with: "\"stancekit.format-version\":\"9\"")
      expected = "has format version 9, this program reads 1 to 6; use a newer stance"
    case .notANumber:
      try model.setFirstCoefficient(.nan)
      expected = "the coefficients of task \"stance\" are not all finite"
    case .infinite:
      try model.setFirstCoefficient(.infinity)
      expected = "the coefficients of task \"stance\" are not all finite"
    }
    try workspace.write("model.safetensors", model.bytes)
    for arguments in [["classify", "hope"], ["explain", "hope"], ["inspect"]] {
      let model = arguments == ["inspect"] ? [] : ["--model"]
      let run = try workspace.stance(arguments + model + ["model.safetensors"])
      #expect(run.status == 2)
      #expect(run.output.isEmpty)
      #expect(run.errors.hasPrefix("error: model.safetensors: "), "\(run.errors)")
      #expect(run.errors.contains(expected), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1)
    }
  }

  @Test("only what a command reads is checked")
  func partsThatAreNotRead() throws {
    let workspace = try Workspace()
    try workspace.trainModel(folds: 2)
    let whole = try workspace.read("model.safetensors")
    for (tensor, command) in [
      ("cross-validation", "inspect"), ("stance.out-of-fold.folds", "inspect"),
    ] {
      var model = ModelBytes(whole)
      try model.setFirstBytes(of: tensor, to: [0x7F], renewingChecksum: false)
      try workspace.write("changed.safetensors", model.bytes)
      let judged = try workspace.stance("classify", "hope", "--model", "changed.safetensors")
      #expect(judged.status == 0 && judged.errors.isEmpty)
      let run = try workspace.stance(command, "changed.safetensors")
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains("its content does not match its checksum"), "\(run.errors)")
    }
  }

  @Test("without one of their tensors are refused")
  func missingTensor() throws {
    let workspace = try Workspace()
    try workspace.trainModel(folds: 2)
    var model = ModelBytes(try workspace.read("model.safetensors"))
    model.header = model.header.replacing("\"cross-validation\":{", with: "\"cross-valibation\":{")
    try workspace.write("model.safetensors", model.bytes)
    for command in [["classify", "hope", "--model"], ["inspect"]] {
      let run = try workspace.stance(command + ["model.safetensors"])
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains("its content does not match its checksum"), "\(run.errors)")
    }
  }

  @Test("of an older version are read, and judge and tell the same")
  func olderVersion() throws {
    let workspace = try Workspace()
    try workspace.trainModel(folds: 2)
    var model = ModelBytes(try workspace.read("model.safetensors"))
    try model.makeVersion2()
    try workspace.write("old.safetensors", model.bytes)
    for command in [["classify", "hope", "--format", "jsonl", "--model"], ["inspect"]] {
      let new = try workspace.stance(command + ["model.safetensors"])
      let old = try workspace.stance(command + ["old.safetensors"])
      #expect(old.status == 0, "\(old.errors)")
      #expect(old.text == new.text)
    }
    try model.setFirstBytes(of: "stance.coefficients", to: [0x55], renewingChecksum: false)
    try workspace.write("old.safetensors", model.bytes)
    let changed = try workspace.stance("classify", "hope", "--model", "old.safetensors")
    #expect(changed.status == 2)
    #expect(changed.errors.contains("its content does not match its checksum"))
  }

  @Test("cut anywhere are refused")
  func cutAnywhere() throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    let whole = try workspace.read("model.safetensors")
    for part in 0..<12 {
      try workspace.write("model.safetensors", whole.prefix(whole.count * part / 12))
      let run = try workspace.stance("classify", "hope", "--model", "model.safetensors")
      #expect(run.status == 2 && run.output.isEmpty, "\(part) twelfths")
    }
  }
}

/// A model file taken apart, to be changed so that the checksum does not notice.
struct ModelBytes {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var headerLength: Int {
    bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The JSON header; setting it keeps the tensors and the length of the header, if need be with
  /// spaces.
  var header: String {
    get { String(decoding: bytes[8..<8 + headerLength], as: UTF8.self) }
    set {
      let tensors = bytes[(8 + headerLength)...]
      var text = Array(newValue.utf8)
      while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
      let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) }
      bytes = length + text + tensors
    }
  }

  mutating func setFirstCoefficient(_ value: Float) throws {
    try setFirstBytes(
      of: "stance.coefficients",
      to: (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32($0 * 8)) })
  }

  mutating func setFirstBytes(
    of tensor: String, to new: [UInt8], renewingChecksum: Bool = true
  ) throws {
    let place = try range(of: tensor).lowerBound
    bytes.replaceSubrange(place..<place + new.count, with: new)
    if renewingChecksum { try renewChecksum(of: tensor) }
  }

  private func range(of tensor: String) throws -> Range<Int> {
    let object = try JSONSerialization.jsonObject(with: Data(header.utf8)) as? [String: Any]
    let entry = try #require(object?[tensor] as? [String: Any])
    let offsets = try #require(entry["data_offsets"] as? [Int])
    let start = 8 + headerLength
    return start + offsets[0]..<start + offsets[1]
  }

  /// Each tensor has a CRC-32, and the description with these one of its own.
  private mutating func renewChecksum(of tensor: String) throws {
    let check = Self.cyclicRedundancyCheck(Array(bytes[try range(of: tensor)]))
    try change { metadata, tensors in
      metadata["stancekit.crc32.\(tensor)"] = check
      let lines = tensors.keys.filter { $0 != "__metadata__" }.map {
        "\($0) \(metadata["stancekit.crc32.\($0)"] ?? "")\n"
      }
      let checked = (metadata["stancekit.model"] ?? "") + lines.sorted().joined()
      metadata["stancekit.crc32"] = Self.cyclicRedundancyCheck(Array(checked.utf8))
    }
  }

  /// Makes the file one of format version 2: the scores of cross-validation are in the description, and
  /// one CRC-32 is of the description and, by name, of each tensor's name and bytes.
  mutating func makeVersion2() throws {
    let scores = String(decoding: bytes[try range(of: "cross-validation")], as: UTF8.self)
    try change { metadata, tensors in
      for key in metadata.keys where key.hasPrefix("stancekit.crc32.") { metadata[key] = nil }
      metadata["stancekit.format-version"] = "2"
      let description = metadata["stancekit.model"] ?? ""
      metadata["stancekit.model"] =
        "{\"crossValidation\":\(scores),\(description.dropFirst())"
      tensors["unknown"] = tensors["cross-validation"]
      tensors["cross-validation"] = nil
    }
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(header.utf8)) as? [String: Any])
    let metadata = try #require(object["__metadata__"] as? [String: String])
    var checked = Array(try #require(metadata["stancekit.model"]).utf8)
    for name in object.keys.sorted() where name != "__metadata__" {
      checked += Array(name.utf8) + bytes[try range(of: name)]
    }
    let check = Self.cyclicRedundancyCheck(checked)
    try change { metadata, _ in metadata["stancekit.crc32"] = check }
  }

  private mutating func change(
    _ body: (inout [String: String], inout [String: Any]) -> Void
  ) throws {
    var object = try #require(
      try JSONSerialization.jsonObject(with: Data(header.utf8)) as? [String: Any])
    var metadata = try #require(object["__metadata__"] as? [String: String])
    body(&metadata, &object)
    object["__metadata__"] = metadata
    header = String(
      decoding: try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]),
      as: UTF8.self)
  }

  /// Bit by bit, as ISO 3309 defines it.
  private static func cyclicRedundancyCheck(_ bytes: [UInt8]) -> String {
    var check: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      check ^= UInt32(byte)
      for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
    }
    let digits = String(~check, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
