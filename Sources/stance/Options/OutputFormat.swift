import ArgumentParser

// How results are written: for each kind of command the formats that it writes, so that its help,
// its completions and its errors list no others.

/// What judges statements one by one.
enum ResultFormat: String, CaseIterable, ExpressibleByArgument {
  case table, jsonl, csv
}

/// What describes a model or its quality, also for documents.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, markdown
}

/// What is for people or for one program.
enum TableFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json
}
