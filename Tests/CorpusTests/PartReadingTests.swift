import Corpus
import Foundation
import Testing

@Suite("Reading a file in parts")
struct PartReadingTests {
  /// What a file gives, read by some threads in parts of some bytes.
  private func read(
    _ path: String, threads: Int, partLength: Int = 1 << 20, skipsInvalid: Bool = false
  ) throws -> (set: StatementSet, errors: DataErrors) {
    var options = ReadingOptions(tasks: ["stance"])
    options.threads = threads
    options.partLength = partLength
    options.skipsInvalid = skipsInvalid
    return try StatementSet.readAll([path], options: options)
  }

  private func expectSame(_ path: String, partLength: Int, _ comment: Comment) throws {
    for skipsInvalid in [false, true] {
      let alone = try read(path, threads: 1, skipsInvalid: skipsInvalid)
      let together = try read(
        path, threads: 3, partLength: partLength, skipsInvalid: skipsInvalid)
      #expect(together.set.statements == alone.set.statements, comment)
      #expect(together.set.layout == alone.set.layout, comment)
      #expect(together.set.skipped == alone.set.skipped, comment)
      #expect(together.set.notes == alone.set.notes, comment)
      #expect(together.errors == alone.errors, comment)
    }
    #expect(check(path, threads: 3, partLength: partLength) == check(path, threads: 1), comment)
  }

  /// The layout of a file that is read through, or all that is wrong with it.
  private func check(
    _ path: String, threads: Int, partLength: Int = 1 << 20
  ) -> Result<StatementLayout, DataErrors> {
    var options = ReadingOptions(tasks: ["stance"])
    (options.threads, options.partLength) = (threads, partLength)
    return Result { () throws(DataErrors) in
      try StatementReader.check(contentsOf: path, options: options)
    }
  }

  @Test("statements, ids, lines and errors are those of reading in turn", arguments: 0..<60)
  func sameAsInTurn(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var generator = SplitMix64(seed: seed)
    let name = ["a.csv", "a.tsv", "a.txt"][Int(seed % 3)]
    // Every other file is well-formed, but for what is legal and odd.
    let bytes = OddTable(name, hasErrors: seed % 2 == 1, using: &generator).bytes
    let path = "\(folder.path)/\(name)"
    try Data(bytes).write(to: URL(filePath: path))
    for partLength in [40, 300, 2000] {
      try expectSame(path, partLength: partLength, "seed \(seed), parts of \(partLength) bytes")
    }
  }

  @Test("a quote that never closes takes in the rest of the file, whatever the parts")
  func unclosedQuote() throws {
    let folder = try TemporaryFolder()
    let rows = (1...200).map { "\($0),text \($0),u\n" }
    for place in [0, 57, 199] {
      var rows = rows
      rows[place] = "x,\"opens,u\n"
      let path = try folder.write("a.csv", "id,text,stance\n" + rows.joined())
      try expectSame(path, partLength: 100, "row \(place)")
      #expect(try read(path, threads: 2, partLength: 100).errors.count == 1)
    }
  }

  @Test("lines that look like records within quotes cut nothing")
  func recordsWithinQuotes() throws {
    let folder = try TemporaryFolder()
    let rows = (1...100).map { "\($0),\"a,b,c\na,b,c\na,b,c\na,b,c\na,b,c\nlast\",u\n" }
    let path = try folder.write("a.csv", "id,text,stance\n" + rows.joined())
    for partLength in [20, 64, 500] { try expectSame(path, partLength: partLength, "") }
    let set = try read(path, threads: 2, partLength: 64).set
    #expect(set.statements.map(\.location.line) == (0..<100).map { 2 + 6 * $0 })
  }

  @Test("empty lines alone are a header and nothing else")
  func emptyLines() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "text,stance\n" + String(repeating: "\n", count: 500))
    let errors = try read(path, threads: 2, partLength: 50).errors
    #expect(errors.errors.map(\.code) == [.headerOnly])
  }

  @Test("ids that come again in another part or file name the first line")
  func repeatedIDs() throws {
    let folder = try TemporaryFolder()
    let rows = (1...100).map { "\($0 % 90),text \($0),u\n" }
    let first = try folder.write("a.csv", "id,text,stance\n" + rows.joined())
    try expectSame(first, partLength: 60, "")
    // In a file without ids they are the numbers of its statements, which another may use.
    let second = try folder.write("b.csv", "text,stance\n" + String(repeating: "a,u\n", count: 50))
    let third = try folder.write("c.csv", "id,text\nx,a\n7,b\n")
    var options = ReadingOptions(tasks: ["stance"])
    (options.threads, options.partLength) = (2, 30)
    let (set, errors) = try StatementSet.readAll([second, third], options: options)
    #expect(set.statements.map(\.id) == (1...50).map(String.init) + ["x"])
    #expect(
      errors.errors.map(\.description) == [
        "\(third):3: id \"7\" was already at \(second):8; expected a different id for every "
          + "statement: change or remove one"
      ])
  }
}

/// A table with all that makes it hard to see where records begin.
private struct OddTable {
  private(set) var bytes: [UInt8] = []

  init(_ name: String, hasErrors: Bool, using generator: inout SplitMix64) {
    let delimiter = name == "a.tsv" ? "\t" : ","
    let lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &generator) ?? "\n"
    let hasIDs = Bool.random(using: &generator)
    let names = (hasIDs ? ["id"] : []) + ["text", "stance", "x"]
    if Bool.random(using: &generator) { bytes += [0xef, 0xbb, 0xbf] }
    append(names.joined(separator: delimiter) + lineEnd)
    for row in 1...Int.random(in: 1...150, using: &generator) {
      var fields = names.map { _ in Self.field(delimiter, using: &generator) }
      if hasIDs { fields[0] = "\(row)" }
      if hasErrors, Int.random(in: 0..<30, using: &generator) == 0 {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: fields.removeLast()
        case 1: fields[1] = "\"opens"
        case 2: fields[1] = "\"closes\" early"
        case 3: fields[1] = "nul \0"
        case 4: fields[0] = hasIDs ? "1" : ""
        default:
          append("\(row)\(delimiter)")
          bytes.append(0xff)
        }
      }
      append(fields.joined(separator: delimiter))
      append(Int.random(in: 0..<9, using: &generator) == 0 ? lineEnd + lineEnd : lineEnd)
    }
  }

  private mutating func append(_ text: String) { bytes += Array(text.utf8) }

  private static func field(_ delimiter: String, using generator: inout SplitMix64) -> String {
    let words = ["peace", "خبر", "1,5 \"", "a", "", "u"]
    let quoted = [
      "\"\"", "\"a\(delimiter)b\"", "\"line\nline\"", "\"cr\r\"", "\"a\"\"b\"\"\"", "\"\n\n\"",
      "\"x\ny\(delimiter)u\(delimiter)1\nz\(delimiter)u\(delimiter)2\nz\"",
    ]
    if Int.random(in: 0..<3, using: &generator) == 0 {
      return quoted.randomElement(using: &generator) ?? ""
    }
    return (words.randomElement(using: &generator) ?? "")
      .replacing(delimiter, with: ".")
  }
}
