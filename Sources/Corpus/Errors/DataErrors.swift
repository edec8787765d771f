/// All errors of a set of input files.
public struct DataErrors: Error, Hashable, Sendable, CustomStringConvertible {
  /// How many errors are printed; the rest is counted.
  public static let printedCount = 20

  /// How many errors are kept: a file of a hundred million bad lines must not fill the memory.
  public static let keptCount = 1000

  /// The first errors in the order of the input, at most ``keptCount``.
  public private(set) var errors: [DataError] = []

  /// The number of all errors.
  public private(set) var count = 0

  /// Creates a list of errors.
  public init(_ errors: [DataError] = []) {
    for error in errors { append(error) }
  }

  /// Whether there are none.
  public var isEmpty: Bool { count == 0 }

  /// Adds an error: always counted, kept while there is room.
  public mutating func append(_ error: DataError) {
    count += 1
    if errors.count < Self.keptCount { errors.append(error) }
  }

  /// Adds the errors of another list, counting those it did not keep.
  public mutating func append(contentsOf other: DataErrors) {
    errors += other.errors.prefix(Self.keptCount - errors.count)
    count += other.count
  }

  /// The errors of both lists by file, in the order in which the files are first named, and line;
  /// errors without a place come first.
  package func merged(with other: DataErrors) -> DataErrors {
    var merged = self
    merged.append(contentsOf: other)
    var ranks: [String: Int] = [:]
    for case let location? in merged.errors.map(\.location) where ranks[location.file] == nil {
      ranks[location.file] = ranks.count
    }
    func place(_ error: DataError) -> (Int, Int) {
      guard let location = error.location else { return (-1, 0) }
      return (ranks[location.file] ?? 0, location.line)
    }
    // The standard library's sort keeps the order of equals.
    merged.errors.sort { place($0) < place($1) }
    return merged
  }

  /// One line for each of the first ``printedCount`` errors, then `… and N more`.
  public var description: String {
    var lines = errors.prefix(Self.printedCount).map(\.description)
    if count > lines.count { lines.append("… and \(count - lines.count) more") }
    return lines.joined(separator: "\n")
  }
}
