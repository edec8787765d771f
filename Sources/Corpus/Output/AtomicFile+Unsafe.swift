#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Writes a file whole or not at all.
public enum AtomicFile {
  /// Writes to a temporary file beside the target, then puts it in the target's place.
  ///
  /// A reader sees the old file or the new one, also after a crash. Links are followed and the
  /// permissions of an existing file are kept; what is not a regular file (`/dev/stdout`) is written
  /// directly.
  ///
  /// - Parameters:
  ///   - path: the target.
  ///   - body: writes the contents; when it throws, the target stays as it was.
  /// - Throws: ``OutputError``, and what the body throws.
  public static func write(
    _ path: String, _ body: (inout BufferedOutput) throws -> Void
  ) throws {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFREG { return try writeDirectly(path, body) }
    let target = exists ? resolved(path) : path
    let temporary = try create(beside: target, name: path)
    var isComplete = false
    defer {
      close(temporary.descriptor)
      if !isComplete { unlink(temporary.path) }
    }
    if exists { _ = fchmod(temporary.descriptor, status.st_mode & 0o7777) }
    var output = BufferedOutput(descriptor: temporary.descriptor, name: path)
    try body(&output)
    try output.flush()
    guard fsync(temporary.descriptor) == 0, rename(temporary.path, target) == 0 else {
      throw failure(.cannotWrite, path)
    }
    isComplete = true
    syncFolder(of: target)
  }

  /// Says before long work what ``write(_:_:)`` would say after it for want of a folder or of
  /// permission.
  ///
  /// - Throws: ``OutputError/Code/cannotCreate``.
  public static func checkTarget(_ path: String) throws(OutputError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      errno = EISDIR
      throw failure(.cannotCreate, path)
    }
    if exists, status.st_mode & S_IFMT != S_IFREG { return }
    guard access(folder(of: exists ? resolved(path) : path), W_OK | X_OK) == 0 else {
      throw failure(.cannotCreate, path)
    }
  }

  private static func writeDirectly(
    _ path: String, _ body: (inout BufferedOutput) throws -> Void
  ) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.cannotCreate, path) }
    defer { close(descriptor) }
    var output = BufferedOutput(descriptor: descriptor, name: path)
    try body(&output)
    try output.flush()
  }

  /// Creates a new file with the permissions that the user's mask leaves.
  private static func create(
    beside target: String, name: String
  ) throws(OutputError) -> (path: String, descriptor: Int32) {
    for _ in 0..<100 {
      // The name must only be free; no result depends on this randomness.
      let path = "\(target).\(String(UInt32.random(in: .min ... .max), radix: 36)).tmp"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (path, descriptor) }
      if errno != EEXIST { break }
    }
    throw failure(.cannotCreate, name)
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Makes the new name last through a crash; not every file system can, and that is no error.
  private static func syncFolder(of target: String) {
    let descriptor = open(folder(of: target), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  }

  private static func failure(_ code: OutputError.Code, _ path: String) -> OutputError {
    let reason =
      switch errno {
      case ENOENT: "its folder does not exist; make the folder or give another path"
      case ENOTDIR: "a part of its path is a file; give a path through folders"
      case EISDIR: "it is a folder; give the path of a file"
      case EACCES, EPERM, EROFS:
        "no permission to write in its folder; change the folder's permissions or give another path"
      case let problem:
        "\(String(cString: strerror(problem))); check its folder, the permissions and the disk"
      }
    return OutputError(code, "\(path): cannot write it: \(reason)")
  }
}
