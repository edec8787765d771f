import Corpus
import Foundation
import Testing

@Suite("Output")
struct OutputTests {
  @Test(
    "JSON strings escape what they must and nothing else",
    arguments: [
      ("a", "\"a\""), ("é\u{2028}😀", "\"é\u{2028}😀\""), ("\"\\/", "\"\\\"\\\\/\""),
      ("\n\r\t\u{0}\u{1f}\u{7f}", "\"\\n\\r\\t\\u0000\\u001f\u{7f}\""),
    ])
  func jsonStrings(string: String, json: String) {
    var bytes: [UInt8] = []
    JSONText.append(string, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == json)
  }

  @Test(
    "JSON numbers read as the same value",
    arguments: [0.0, -0.0, 0.1, 1e-300, 1e300, .leastNonzeroMagnitude])
  func jsonNumbers(number: Double) throws {
    var bytes: [UInt8] = []
    JSONText.append(number, to: &bytes)
    let read = try #require(Double(String(decoding: bytes, as: UTF8.self)))
    #expect(read.bitPattern == number.bitPattern)
  }

  @Test("numbers that are not finite are null in JSON", arguments: [Double.nan, .infinity])
  func jsonNull(number: Double) {
    var bytes: [UInt8] = []
    JSONText.append(number, to: &bytes)
    #expect(bytes == Array("null".utf8))
  }

  @Test("a file is written whole")
  func atomicFile() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/out.jsonl"
    let line = String(repeating: "x", count: 1000) + "\n"
    try AtomicFile.write(path) { output in
      for _ in 0..<200 { try output.write(line) }
    }
    #expect(
      try String(contentsOfFile: path, encoding: .utf8) == String(repeating: line, count: 200))
    #expect(try folder.names() == ["out.jsonl"])
  }

  @Test("much at once and little stay in order")
  func atomicOrder() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/out.bin"
    let pieces = [3, BufferedOutput.capacity, 5, BufferedOutput.capacity - 1, 1 << 20, 0, 7]
      .enumerated().map { [UInt8](repeating: UInt8($0), count: $1) }
    try AtomicFile.write(path) { output in
      for piece in pieces { try output.write(piece) }
    }
    let found = try #require(FileManager.default.contents(atPath: path))
    #expect(Array(found) == Array(pieces.joined()))
  }

  @Test("when writing fails the old file stays and nothing else is left")
  func atomicFailure() throws {
    struct Stop: Error {}
    let folder = try TemporaryFolder()
    let path = try folder.write("out.txt", "old")
    #expect(throws: Stop.self) {
      try AtomicFile.write(path) { output in
        try output.write(String(repeating: "new", count: 100_000))
        throw Stop()
      }
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    #expect(try folder.names() == ["out.txt"])
  }

  @Test("links are followed and permissions kept")
  func atomicLink() throws {
    let folder = try TemporaryFolder()
    let target = try folder.write("target.txt", "old")
    let link = "\(folder.path)/link.txt"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target)
    try AtomicFile.write(link) { try $0.write("new") }
    #expect(try String(contentsOfFile: target, encoding: .utf8) == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
    let attributes = try FileManager.default.attributesOfItem(atPath: target)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test("a folder that does not exist is an error that names the file")
  func missingFolder() throws {
    let error = #expect(throws: OutputError.self) {
      try AtomicFile.write("/no/such/folder/out.txt") { try $0.write("x") }
    }
    #expect(error?.code == .cannotCreate)
    #expect(error?.message.hasPrefix("/no/such/folder/out.txt: cannot write it: ") == true)
  }

  @Test("a path through a file is told apart from a folder that does not exist")
  func pathThroughFile() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.csv", "x")
    let error = #expect(throws: OutputError.self) { try AtomicFile.checkTarget("\(file)/out") }
    #expect(
      error?.message
        == "\(file)/out: cannot write it: a part of its path is a file; give a path through folders"
    )
  }

  @Test("a closed pipe is told apart from other failures")
  func closedPipe() throws {
    signal(SIGPIPE, SIG_IGN)
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    try pipe.fileHandleForReading.close()
    var output = BufferedOutput(descriptor: descriptor, name: "<stdout>")
    try output.write("x")
    var code: OutputError.Code?
    do { try output.flush() } catch { code = error.code }
    #expect(code == .closedPipe)
  }
}
