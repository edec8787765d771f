import ArgumentParser

// How results are written: for each kind of command the formats that it writes, so that its help,
// its completions and its errors list no others.

/// What judges statements one by one.
enum ResultFormat: String, CaseIterable, ExpressibleByArgument {
  case table, jsonl, csv

  static let standard = ResultFormat.table
}

/// What describes a model or its quality, also for documents.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, markdown
}

extension ReportFormat {
  /// Writes a result to standard output; only what is asked for is made.
  func write(
    table: @autoclosure () throws -> [String], markdown: @autoclosure () throws -> [String],
    json: @autoclosure () throws -> JSONObjectWriter
  ) throws {
    let out = StandardOutput.shared
    switch self {
    case .table: try out.write(lines: table())
    case .markdown: try out.write(lines: markdown())
    case .json: try out.write(line: json())
    }
  }
}

/// What is for people or for one program.
enum TableFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json
}
