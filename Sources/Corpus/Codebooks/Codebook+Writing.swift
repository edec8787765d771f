extension Codebook {
  /// The codebook as YAML; reading it gives the same codebook.
  public func yaml() -> String {
    var lines: [String] = []
    if let name { lines.append("name: \(Self.scalar(name))") }
    if let version { lines.append("version: \(Self.scalar(version))") }
    lines.append("tasks:")
    for task in tasks {
      lines.append("  \(Self.scalar(task.name)):")
      lines.append("    kind: \(task.kind.rawValue)")
      lines.append("    labels:")
      for label in task.labels { lines += Self.lines(for: label) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(for label: Label) -> [String] {
    var lines = ["      \(scalar(label.name)):"]
    if let definition = label.definition {
      lines.append("        definition: \(scalar(definition))")
    }
    if !label.keywords.isEmpty {
      lines.append("        keywords: [\(label.keywords.map(scalar).joined(separator: ", "))]")
    }
    if let color = label.color { lines.append("        color: \(scalar(color))") }
    return lines
  }

  /// A string as a YAML scalar: as it is when that is safe anywhere, else in double quotes.
  private static func scalar(_ string: String) -> String {
    let scalars = string.unicodeScalars
    let isSafe =
      scalars.first.map { $0.properties.isAlphabetic } ?? false
      && scalars.last != " "
      && scalars.allSatisfy {
        $0.properties.isAlphabetic || "0123456789 -_.".unicodeScalars.contains($0)
      }
      && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(
        string.lowercased())
    if isSafe
      || (!string.isEmpty && string.utf8.allSatisfy { 0x30...0x39 ~= $0 } && scalars.count < 9)
    {
      return string
    }
    var quoted = "\""
    for scalar in scalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      default: append(scalar, to: &quoted)
      }
    }
    return quoted + "\""
  }

  /// Escapes what YAML does not print: controls, separators, marks, private and unassigned scalars.
  private static func append(_ scalar: Unicode.Scalar, to quoted: inout String) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse,
      .surrogate:
      let digits = String(scalar.value, radix: 16)
      let width = scalar.value > 0xffff ? 8 : 4
      quoted += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count)
      quoted += digits
    default: quoted.unicodeScalars.append(scalar)
    }
  }
}
