/// What was read of a part of a file: ids that are their numbers are missing, and lines are counted
/// from the part's first.
///
/// One thread makes it and hands it to another.
final class PartReading: @unchecked Sendable {
  /// What is wrong with a record, and how many statements come before it.
  struct Failure: Sendable {
    let position: Int
    let error: DataError
  }

  private var statements: [Statement]
  /// Of the ids of the statements, as `KnownIDs` has them.
  let hashes: [UInt32?]
  let failures: [Failure]
  /// Whether a text may be empty or white space.
  let mayHaveBlankTexts: Bool
  /// The line after the part, counted from its first.
  let endLine: Int
  /// Whether the part begins and ends between two records if it begins between two.
  ///
  /// A record that goes on after the part ends it within quotes: as the part ends with a line feed,
  /// nothing else can go on. What is wrong with quotes is left to whoever reads to the end.
  let isWhole: Bool

  /// - Parameters:
  ///   - reader: at the part's beginning.
  ///   - capacity: about how many statements there are.
  init(_ reader: consuming StatementReader, capacity: Int) {
    var reader = reader
    var (statements, hashes, failures): ([Statement], [UInt32?], [Failure]) = ([], [], [])
    statements.reserveCapacity(capacity)
    hashes.reserveCapacity(capacity)
    var (isAtEnd, isWhole) = (false, true)
    while !isAtEnd, isWhole {
      do throws(DataError) {
        if let statement = try reader.next() {
          hashes.append(KnownIDs.hash(statement.id))
          statements.append(consume statement)
        } else {
          isAtEnd = true
        }
      } catch {
        failures.append(Failure(position: statements.count, error: error))
        isWhole = error.code != .badQuoting && error.location?.line != 0 && !reader.hasFailed
      }
    }
    (self.statements, self.hashes, self.failures) = (statements, hashes, failures)
    (self.isWhole, endLine) = (isWhole, reader.location.line)
    mayHaveBlankTexts = reader.mayHaveBlankTexts
  }

  /// Hands over the statements, which may then be changed in place.
  func takeStatements() -> [Statement] {
    var taken: [Statement] = []
    swap(&taken, &statements)
    return taken
  }
}
