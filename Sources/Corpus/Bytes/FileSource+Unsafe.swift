#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An open file or standard input.
package final class FileSource: ByteSource, Sendable {
  /// The path as the user gave it; `<stdin>` for standard input.
  package let name: String

  /// Whether it is a file on a disk and not a pipe, a terminal or a device.
  package let isRegularFile: Bool

  /// How many bytes a regular file had when it was opened.
  package let length: Int

  private let descriptor: Int32
  private let closesDescriptor: Bool

  /// Opens a file, or standard input for `-`.
  ///
  /// - Parameter offersStandardInput: whether the error for a missing file speaks of `-`.
  /// - Throws: ``DataError/Code/unreadableFile`` for a missing file, a folder, or one that may not
  ///   be read.
  package init(path: String, offersStandardInput: Bool = true) throws(DataError) {
    if path == "-" {
      name = "<stdin>"
      descriptor = STDIN_FILENO
      closesDescriptor = false
    } else {
      name = path
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      closesDescriptor = true
      guard descriptor >= 0 else {
        (isRegularFile, length) = (false, 0)
        throw Self.failure(
          to: "open", path, errno, or: offersStandardInput ? ", or - for stdin" : "")
      }
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      (isRegularFile, length) = (false, 0)
      throw Self.failure(to: "open", name, errno)
    }
    length = Int(status.st_size)
    isRegularFile = status.st_mode & S_IFMT == S_IFREG
    if status.st_mode & S_IFMT == S_IFDIR {
      throw Self.failure(to: "read", name, EISDIR)
    }
  }

  deinit {
    if closesDescriptor, descriptor >= 0 { _ = close(descriptor) }
  }

  package func read(into storage: inout [UInt8], _ range: Range<Int>) throws(DataError) -> Int {
    try read(into: &storage, range) { systemRead(descriptor, $0, $1) }
  }

  /// Reads the bytes of a regular file from a place on, whatever has been read before; any number of
  /// threads may do so at once.
  ///
  /// - Returns: as ``read(into:_:)``.
  package func read(
    into storage: inout [UInt8], _ range: Range<Int>, from offset: Int
  ) throws(DataError) -> Int {
    try read(into: &storage, range) { pread(descriptor, $0, $1, off_t(offset)) }
  }

  private func read(
    into storage: inout [UInt8], _ range: Range<Int>,
    _ call: (UnsafeMutableRawPointer?, Int) -> Int
  ) throws(DataError) -> Int {
    let (count, problem) = storage.withUnsafeMutableBytes { bytes in
      let target = UnsafeMutableRawBufferPointer(rebasing: bytes[range])
      while true {
        let count = call(target.baseAddress, target.count)
        // A signal may interrupt a read that has nothing yet; that is not a failure.
        if count < 0, errno == EINTR { continue }
        return (count, errno)
      }
    }
    guard count >= 0 else { throw Self.failure(to: "read", name, problem) }
    return count
  }

  /// - Parameter alternative: what may be given instead of a path.
  private static func failure(
    to verb: String, _ name: String, _ problem: Int32, or alternative: String = ""
  ) -> DataError {
    let location = SourceLocation(file: name, line: 0)
    switch problem {
    case ENOENT:
      return DataError(
        .unreadableFile, at: location, "no such file; expected the path of a file\(alternative)")
    case EISDIR:
      return DataError(
        .unreadableFile, at: location, "this is a folder; expected a file: name the files in it")
    case EACCES, EPERM:
      return DataError(
        .unreadableFile, at: location, "no permission to read it; check the file's permissions")
    default:
      return DataError(
        .unreadableFile, at: location,
        "cannot \(verb) it: \(String(cString: strerror(problem))); check the file and its disk")
    }
  }
}

/// `read(2)`, which the method of the same name hides.
private func systemRead(
  _ descriptor: Int32, _ target: UnsafeMutableRawPointer?, _ count: Int
) -> Int {
  read(descriptor, target, count)
}
