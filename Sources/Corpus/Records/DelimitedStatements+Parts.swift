extension DelimitedStatements {
  /// How many lines are looked at for one that begins a record.
  private static let triedLines = 100
  /// How many records have to follow each other as the header wants them.
  private static let checkedRecords = 4

  /// Takes the first line from which on records have a field for each column. Text in quotes that goes
  /// on over several lines may look like records, but for the closing quote at its end: where a field
  /// without quotes has one, another line is better.
  func likelyStart(in bytes: [UInt8]) -> Int? {
    var second: Int?
    var position = 0
    for _ in 0..<Self.triedLines {
      guard let lineFeed = bytes[position...].firstIndex(of: 0x0a) else { break }
      position = lineFeed + 1
      switch likelihood(ofRecordsIn: bytes[position...]) {
      case .high: return position
      case .low: second = second ?? position
      case .none: break
      }
    }
    return second
  }

  private enum Likelihood { case none, low, high }

  private func likelihood(ofRecordsIn bytes: ArraySlice<UInt8>) -> Likelihood {
    guard !bytes.isEmpty else { return .none }
    var buffer = ByteBuffer(MemorySource(Array(bytes)), name: "", chunkSize: bytes.count)
    var records = DelimitedRecords(delimiter: records.delimiter)
    var likelihood = Likelihood.high
    var checked = 0
    do throws(DataError) {
      while checked < Self.checkedRecords, try records.next(from: &buffer) {
        // The last one goes on behind these bytes.
        if records.recordRange.upperBound == buffer.count { break }
        if records.isEmptyLine { continue }
        guard records.fields.count == header.names.count else { return .none }
        if records.hasStrayQuotes(in: buffer) { likelihood = .low }
        checked += 1
      }
    } catch { return .none }
    return checked > 0 ? likelihood : .none
  }
}
