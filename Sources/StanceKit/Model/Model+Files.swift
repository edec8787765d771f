import Foundation

extension Model {
  /// What a model file holds beside what judges. A model read without a part is as if trained without it.
  public struct Parts: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// What intervals of probabilities need, half of a file's size.
    public static let variances = Parts(rawValue: 1)
    /// The scores of cross-validation, and the out-of-fold scores that thresholds are set on.
    public static let crossValidation = Parts(rawValue: 2)
    public static let all: Parts = [.variances, .crossValidation]
  }

  /// Where a model that was read from a file has its coefficients, the bulk of it.
  public enum Memory: Hashable, Sendable {
    /// In memory of its own: whatever happens to the file, the model stays what it is.
    case own
    /// In the file, which nobody may change in place while the model lives: other coefficients than
    /// those that were checked would count, and a file cut short would end the program. For a model
    /// that answers once and is gone; it is there sooner, and takes less memory.
    case file
  }

  /// Reads a model file.
  ///
  /// - Parameters:
  ///   - parts: what to read beside what judges; the rest is neither read nor checked.
  ///   - memory: where the coefficients are from then on.
  /// - Throws: `ModelFileError` when it cannot be read, is no model, is damaged, or is of a version
  ///   that this program does not know.
  public init(
    contentsOf path: String, parts: Parts = .all, memory: Memory = .own
  ) throws(ModelFileError) {
    let data: Data
    do {
      // Once the model is put together, only coefficients that stay in the file keep the mapping.
      data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    } catch {
      throw ModelFileError(
        .unreadable,
        "\(path): cannot be read (\(reason(error))); give the path of a model written by `stance train`"
      )
    }
    self = try ModelFile.decode(data, name: path, parts: parts, memory: memory)
  }

  /// Writes the model beside `path` and renames it into place: an existing file is replaced whole or
  /// not at all. The same model gives the same bytes.
  public func save(to path: String) throws {
    let pieces = try ModelFile.container(of: self).pieces()
    try AtomicFile.write(path) { output in
      for piece in pieces { try piece.withUnsafeBytes { try output.write($0) } }
    }
  }
}

private func reason(_ error: any Error) -> String {
  switch (error as? CocoaError)?.code {
  case .fileReadNoSuchFile, .fileNoSuchFile: "no such file"
  case .fileReadNoPermission: "no permission"
  default: "it is no regular file"
  }
}

extension InputFile {
  /// The name and hash of the file at `path`, read in pieces; `nil` for standard input (`-`) and
  /// other pipes, which can be read only once.
  public init?(ifRegular path: String) throws {
    // Opening a pipe to look at it would take what it holds.
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(filePath: path).resolvingSymlinksInPath().path)
    guard path != "-", attributes?[.type] as? FileAttributeType == .typeRegular else { return nil }
    let source = try FileSource(path: path)
    var hash = SHA256()
    var bytes = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try source.read(into: &bytes, bytes.indices)
      if count == 0 { break }
      hash.update(bytes[..<count])
    }
    self.init(
      name: URL(filePath: path).lastPathComponent, sha256: hash.hexadecimalDigest())
  }
}
