import StanceKit

/// An audit for people: what was found, where, and what to do about it.
struct AuditReport {
  let audit: Audit
  /// The longest list.
  let limit: Int
  let showsText: Bool
  let wording: AuditWording
  /// Where the rest of a list that is cut short can be seen.
  private let whereMore: String

  init(
    _ audit: Audit, limit: Int, showsText: Bool,
    whereMore: String = "--top shows more, --format json all"
  ) {
    (self.audit, self.limit, self.showsText) = (audit, limit, showsText)
    self.whereMore = whereMore
    wording = AuditWording(data: audit.data)
  }

  /// - Parameter suspects: whether to list the labels that are likely to be wrong.
  func sections(suspects showsSuspects: Bool = true) -> [ReportSection] {
    var sections = [texts, duplicates]
    if let conflicts { sections.append(conflicts) }
    if let leakage = audit.leakage { sections.append(leak(leakage)) }
    sections += audit.unchecked.map {
      ReportSection(
        title: "Suspected labels of \(oneLine($0.task))",
        lines: ["could not be checked: \($0.reason)"])
    }
    return sections + (showsSuspects ? audit.suspicions.map(suspects) : [])
      + audit.balance.map(balance)
  }

  /// A table of statements, the text last where it is asked for.
  func list(
    _ rows: [Int], _ header: [String] = [], _ cells: (Int) -> [String] = { _ in [] }
  ) -> TextTable? {
    guard !rows.isEmpty, limit > 0 else { return nil }
    let names = ["place", "id"] + header + (showsText ? ["text"] : [])
    var table = TextTable(header: names, alignments: names.map { _ in .left })
    for row in rows.prefix(limit) {
      table.append(
        [wording.place(row), wording.id(row)] + cells(row) + (showsText ? [wording.text(row)] : []))
    }
    return table
  }

  /// That a list goes on.
  func more(than shown: Int, of count: Int) -> [String] {
    count > shown
      ? ["… and \(grouped(count - shown)) more (\(whereMore))"] : []
  }

  private var texts: ReportSection {
    let texts = audit.texts
    var section = ReportSection(title: "Texts")
    let languages = texts.languages.map {
      "\(oneLine($0.language ?? "not given")) \(grouped($0.count))"
    }
    section.lines = [
      "\(counted(audit.data.statements.count, "statement")) with text, \(grouped(texts.blank.count)) "
        + "without, \(grouped(texts.wordless.count)) without a word, \(grouped(texts.oneWord.count)) "
        + "of one word",
      "languages: " + languages.joined(separator: ", "),
      "letters: "
        + texts.scripts.map { "\($0.script.rawValue) \(grouped($0.count))" }.joined(separator: ", "),
    ]
    if !texts.misplaced.isEmpty {
      section.lines.append(
        "\(counted(texts.misplaced.count, "statement")) in letters that the language does not use")
    }
    let short = texts.wordless + texts.oneWord
    let kinds = Dictionary(
      short.map { ($0, "too short") } + texts.misplaced.map { ($0, "other letters") },
      uniquingKeysWith: { first, _ in first })
    let rows = Array(Set(short + texts.misplaced)).sorted()
    section.table = list(rows, ["why"]) { [kinds[$0] ?? ""] }
    section.footnotes = more(than: min(limit, rows.count), of: rows.count)
    if !texts.blank.isEmpty {
      let places = texts.blank.prefix(limit).map(\.location.description).joined(separator: ", ")
      section.footnotes.append(
        "without text: \(places)\(texts.blank.count > limit ? ", …" : "")")
    }
    if !short.isEmpty || !texts.blank.isEmpty {
      section.advice.append(
        "fill in or take out what has no text; judge whether a single word can carry a label at all."
      )
    }
    if !texts.misplaced.isEmpty {
      section.advice.append(
        "correct the language column where it is wrong: scores by language rest on it.")
    }
    return section
  }

  private var duplicates: ReportSection {
    let found = audit.duplicates
    var section = ReportSection(title: "Duplicates")
    section.lines = [
      "\(grouped(found.exactCopyCount)) \(found.exactCopyCount == 1 ? "copy" : "copies") of an earlier "
        + "text, \(grouped(found.nearCopyCount)) nearly so, in "
        + counted(found.clusters.count, "cluster")
    ]
    guard !found.clusters.isEmpty else { return section }
    if limit > 0 {
      var table = TextTable(
        header: ["kind", "statements", "places"] + (showsText ? ["first text"] : []),
        alignments: [.left, .right, .left] + (showsText ? [.left] : []))
      for cluster in found.clusters.prefix(limit) {
        let places = cluster.rows.prefix(4).map(wording.place).joined(separator: ", ")
        table.append(
          [
            cluster.isExact ? "same" : "nearly", grouped(cluster.rows.count),
            places + (cluster.rows.count > 4 ? ", …" : ""),
          ] + (showsText ? [wording.text(cluster.rows[0])] : []))
      }
      section.table = table
    }
    section.footnotes = more(
      than: min(limit, found.clusters.count), of: found.clusters.count)
    section.advice = [
      "cross-validation in this tool keeps copies together, so its scores are safe. Keep one of each "
        + "for a count of statements, and never let a copy into a test."
    ]
    return section
  }

  private var conflicts: ReportSection? {
    let clusters = audit.duplicates.clusters.filter { !$0.conflictingTasks.isEmpty }
    guard !clusters.isEmpty else { return nil }
    var section = ReportSection(title: "Copies with different labels")
    section.lines = [
      "\(counted(clusters.count, "cluster")) whose statements say the same and are labelled differently"
    ]
    if limit > 0 {
      var table = TextTable(
        header: ["task", "labels", "place", "id"], alignments: [.left, .left, .left, .left])
      for cluster in clusters.prefix(limit) {
        for task in cluster.conflictingTasks {
          for (index, row) in cluster.rows.enumerated() {
            table.append([
              index == 0 ? audit.data.codebook.tasks[task].name : "",
              wording.labels(row, task: task), wording.place(row), wording.id(row),
            ])
          }
        }
      }
      section.table = table
    }
    section.footnotes = more(than: min(limit, clusters.count), of: clusters.count)
    section.advice = [
      "decide each by the codebook. If both labels can be defended, the codebook is not clear there: "
        + "write the case into its definitions."
    ]
    return section
  }
}
