/// A file read as one text: an article, a list of words.
public enum WholeText {
  /// Reads a file to its end; a byte order mark is left out, and gzip is recognized.
  ///
  /// - Parameters:
  ///   - path: the path of a file, or `-` for standard input.
  ///   - contents: what an empty file should have held, for the error.
  /// - Throws: ``DataErrors``: the file cannot be read, is empty, or is not UTF-8.
  public static func read(contentsOf path: String, expecting contents: String) throws(DataErrors)
    -> String
  {
    do throws(DataError) {
      let source = try FileSource(path: path)
      var buffer = ByteBuffer(source, name: source.name)
      try buffer.readPreamble(expecting: contents)
      while try buffer.fill() {}
      guard let text = buffer.string(0..<buffer.count) else {
        throw DataError(
          .invalidUTF8, at: SourceLocation(file: buffer.name, line: 0),
          "the file is not UTF-8; expected \(contents) in UTF-8: save it as UTF-8")
      }
      return text
    } catch {
      throw DataErrors([error])
    }
  }
}
