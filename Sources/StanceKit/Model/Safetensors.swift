import Foundation

/// The safetensors container: an 8-byte header length, a JSON header, raw little-endian tensors.
/// Other ecosystems' libraries read it as it is.
struct Safetensors {
  /// What StanceKit uses of the format's element types.
  enum ElementType: String, Codable {
    case uint8 = "U8"
    case uint32 = "U32"
    case float32 = "F32"
    case float64 = "F64"

    var size: Int {
      switch self {
      case .uint8: 1
      case .uint32, .float32: 4
      case .float64: 8
      }
    }
  }

  struct Tensor {
    let name: String
    let type: ElementType
    let shape: [Int]
    let bytes: Data
  }

  var metadata: [String: String]
  var tensors: [Tensor]

  /// Far above the header of any model; the format's own limit.
  private static let maximumHeaderLength = 100_000_000

  private struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  /// The header's keys are the tensors' names, and `__metadata__`.
  private struct Header: Codable {
    var metadata: [String: String] = [:]
    var entries: [String: Entry] = [:]

    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init() {}

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      for key in container.allKeys {
        if key.stringValue == "__metadata__" {
          metadata = try container.decode([String: String].self, forKey: key)
        } else {
          entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
        }
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(metadata, forKey: Key(stringValue: "__metadata__"))
      for (name, entry) in entries { try container.encode(entry, forKey: Key(stringValue: name)) }
    }
  }

  // MARK: Writing

  /// The bytes of the file, one piece after another: the same for the same content. Wide elements come
  /// first, so that all are aligned.
  func pieces() throws -> [Data] {
    let ordered = tensors.sorted { ($1.type.size, $0.name) < ($0.type.size, $1.name) }
    var header = Header()
    header.metadata = metadata
    var offset = 0
    for tensor in ordered {
      header.entries[tensor.name] = Entry(
        dtype: tensor.type.rawValue, shape: tensor.shape,
        data_offsets: [offset, offset + tensor.bytes.count])
      offset += tensor.bytes.count
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var json = try encoder.encode(header)
    while json.count % 8 != 0 { json.append(UInt8(ascii: " ")) }
    var head = Data()
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { head.append(contentsOf: $0) }
    head.append(json)
    return [head] + ordered.map(\.bytes)
  }

  init(metadata: [String: String], tensors: [Tensor]) {
    self.metadata = metadata
    self.tensors = tensors
  }

  // MARK: Reading

  /// Checks the container's structure: lengths, types, shapes, and that the tensors fill the rest of
  /// the file without gap or overlap.
  ///
  /// - Parameter name: the file's name for errors.
  init(decoding file: Data, name: String) throws(ModelFileError) {
    let advice = "expected a model written by `stance train`"
    guard file.count >= 8 else {
      throw ModelFileError(
        file.isEmpty ? .notAModel : .truncated,
        "\(name): found \(file.count) bytes, too few for a header; \(advice)")
    }
    let length = file.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length >= 2, length <= UInt64(Self.maximumHeaderLength) else {
      throw ModelFileError(
        .notAModel, "\(name): is not a model, as it is not in the safetensors format; \(advice)")
    }
    guard file.count - 8 >= Int(length) else {
      throw ModelFileError(
        .truncated,
        "\(name): ends after \(file.count) bytes, within its header of \(length); copy it again")
    }
    let start = file.startIndex + 8
    let header: Header
    do {
      header = try JSONDecoder().decode(Header.self, from: file[start..<start + Int(length)])
    } catch {
      throw ModelFileError(
        .notAModel, "\(name): its header is not that of a safetensors file; \(advice)")
    }
    metadata = header.metadata
    let data = file[(start + Int(length))...]
    tensors = []
    var end = 0
    let ordered = header.entries.sorted {
      ($0.value.data_offsets.first ?? 0, $0.key) < ($1.value.data_offsets.first ?? 0, $1.key)
    }
    for (key, entry) in ordered {
      tensors.append(try Self.tensor(key, entry, after: end, in: data, name))
      end = entry.data_offsets[1]
    }
    guard end == data.count else {
      throw ModelFileError(
        .damaged,
        "\(name): holds \(data.count) bytes of tensors, its header describes \(end); "
          + "train or copy it again")
    }
  }

  private static func tensor(
    _ key: String, _ entry: Entry, after start: Int, in data: Data, _ name: String
  ) throws(ModelFileError) -> Tensor {
    func damaged(_ what: String) -> ModelFileError {
      ModelFileError(
        .damaged, "\(name): tensor \"\(key.prefix(80))\" \(what); train or copy it again")
    }
    guard let type = ElementType(rawValue: entry.dtype) else {
      throw damaged("has the unknown type \"\(entry.dtype.prefix(16))\"")
    }
    var size = type.size
    for extent in entry.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else { throw damaged("has an impossible shape") }
      size = product
    }
    let offsets = entry.data_offsets
    guard offsets.count == 2, offsets[0] == start, offsets[1] >= start,
      offsets[1] - offsets[0] == size
    else { throw damaged("does not lie where its shape and its neighbours put it") }
    guard offsets[1] <= data.count else {
      throw ModelFileError(
        .truncated,
        "\(name): ends before its tensor \"\(key.prefix(80))\" does; copy it again")
    }
    let first = data.startIndex + offsets[0]
    return Tensor(name: key, type: type, shape: entry.shape, bytes: data[first..<first + size])
  }
}
