import Yams

extension Codebook {
  /// The largest codebook file.
  static let maximumFileSize = 1 << 20

  /// Reads a codebook.
  ///
  /// - Throws: as ``init(yaml:file:)``, and ``DataError/Code/unreadableFile``.
  public static func read(contentsOf path: String) throws(DataErrors) -> Codebook {
    let bytes: [UInt8]
    do throws(DataError) {
      let source = try FileSource(path: path, offersStandardInput: false)
      var buffer = ByteBuffer(source, name: source.name)
      try buffer.readPreamble(expecting: "tasks and their labels")
      let file = SourceLocation(file: source.name, line: 0)
      guard try !buffer.hasByte(at: maximumFileSize) else {
        throw DataError(
          .malformedYAML, at: file,
          "the file is larger than 1 MiB; expected a codebook: check the path")
      }
      var contents: [UInt8] = []
      buffer.append(0..<buffer.count, to: &contents)
      bytes = contents
      guard String(validating: bytes, as: UTF8.self) != nil else {
        throw DataError(.invalidUTF8, at: file, Wording.notUTF8("the file"))
      }
    } catch { throw DataErrors([error]) }
    return try Codebook(yaml: String(decoding: bytes, as: UTF8.self), file: path)
  }

  /// Reads a codebook from YAML.
  ///
  /// - Parameters:
  ///   - yaml: `name`, `version`, and `tasks:` → task → `kind`, `labels:` → label → `definition`,
  ///     `keywords`, `color`.
  ///   - file: what errors call it.
  /// - Throws: all errors at once with their lines; what is not YAML or repeats a key stops the
  ///   reading at once.
  public init(yaml: String, file: String) throws(DataErrors) {
    guard let root = try Self.compose(yaml, file) else {
      throw DataErrors([
        DataError(
          .emptyFile, at: SourceLocation(file: file, line: 0),
          "the codebook is empty; expected tasks and their labels")
      ])
    }
    var reader = CodebookReader(file: file)
    let draft = reader.read(root)
    for problem in draft.problems() { reader.report(problem) }
    guard reader.errors.isEmpty else {
      throw DataErrors(reader.errors.sorted { ($0.location?.line ?? 0) < ($1.location?.line ?? 0) })
    }
    self = draft
  }

  /// A codebook that has not been checked.
  init(unchecked tasks: [Task], name: String?, version: String?) {
    self.name = name
    self.version = version
    self.tasks = tasks
  }

  private static func compose(_ yaml: String, _ file: String) throws(DataErrors) -> Node? {
    func failure(_ code: DataError.Code, _ line: Int, _ message: String) -> DataErrors {
      DataErrors([DataError(code, at: SourceLocation(file: file, line: line), message)])
    }
    if let line = YAMLAnchors.firstLine(in: yaml) {
      throw failure(
        .malformedYAML, line,
        "found an anchor (&) or alias (*); expected a codebook without them: write it out, or put "
          + "the text between quotes")
    }
    do {
      return try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      switch error {
      case .duplicatedKeysInMapping(let keys, let context):
        throw failure(
          .duplicateLabel, context.mark.line,
          "found \(Wording.list(keys)) twice in one place, first here; expected every task, label "
            + "and key once: rename or remove one")
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw failure(
          .malformedYAML, mark.line,
          "column \(mark.column): \(problem); expected YAML: check quotes, colons and indentation")
      case .reader(let problem, _, _, _):
        throw failure(.malformedYAML, 0, "\(problem); expected YAML in UTF-8: save it as such")
      default:
        throw failure(.malformedYAML, 0, "the file is not YAML: check quotes and indentation")
      }
    } catch {
      throw failure(.malformedYAML, 0, "the file is not YAML: check quotes and indentation")
    }
  }
}
