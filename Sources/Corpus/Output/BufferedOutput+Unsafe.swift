#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Writes bytes to a file descriptor in large pieces.
///
/// Call ``flush()`` at the end: what is left when the value goes away is lost. A program that writes
/// to pipes must ignore `SIGPIPE` to see ``OutputError/Code/closedPipe``.
public struct BufferedOutput: ~Copyable {
  /// How many bytes are gathered before they are written.
  public static let capacity = 1 << 16

  private let descriptor: Int32
  private let name: String
  private var pending: [UInt8] = []

  /// - Parameters:
  ///   - descriptor: an open file descriptor; stays open.
  ///   - name: what errors call it.
  public init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    pending.reserveCapacity(Self.capacity)
  }

  /// An output to standard output.
  public static func standardOutput() -> BufferedOutput {
    BufferedOutput(descriptor: STDOUT_FILENO, name: "<stdout>")
  }

  /// Writes text.
  public mutating func write(_ text: String) throws(OutputError) {
    try write { $0.append(contentsOf: text.utf8) }
  }

  /// Writes bytes.
  public mutating func write(_ bytes: [UInt8]) throws(OutputError) {
    try bytes.withUnsafeBufferPointer { bytes throws(OutputError) in
      try write(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Writes bytes; many of them at once, without gathering them first.
  public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
    guard bytes.count >= Self.capacity else {
      return try write { $0.append(contentsOf: bytes) }
    }
    try flush()
    try send(bytes)
  }

  /// Writes what the closure appends.
  public mutating func write(
    _ append: (inout [UInt8]) -> Void
  ) throws(OutputError) {
    append(&pending)
    if pending.count >= Self.capacity { try flush() }
  }

  /// Writes what is pending.
  ///
  /// - Throws: ``OutputError/Code/closedPipe``, ``OutputError/Code/cannotWrite``; what was pending
  ///   is then gone.
  public mutating func flush() throws(OutputError) {
    defer { pending.removeAll(keepingCapacity: true) }
    try pending.withUnsafeBufferPointer { bytes throws(OutputError) in
      try send(UnsafeRawBufferPointer(bytes))
    }
  }

  private func send(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
    var problem: Int32 = 0
    var rest = bytes[...]
    while !rest.isEmpty, problem == 0 {
      let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        problem = errno
      }
    }
    if problem == EPIPE {
      throw OutputError(.closedPipe, "\(name): the reader has closed the pipe")
    }
    if problem != 0 {
      throw OutputError(
        .cannotWrite,
        "\(name): cannot write: \(String(cString: strerror(problem))); check the disk's space and "
          + "the permissions")
    }
  }
}

/// `write(2)`, which the method of the same name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
