/// An out-of-fold record as tensors of a model file.
///
/// Bit l of a statement's row of gold labels is set where it carries label l, and the bit after the
/// last label where the model of its fold knew any of its terms.
enum OutOfFoldTensors {
  /// What the description says of the tensors.
  struct Description: Codable {
    let labelledCount: Int
    let foldCount: Int
    let languages: [String]
    /// `nil` where all statements are in one script.
    let scripts: [WritingSystem]?
  }

  /// A statement without a language, or without a script.
  private static let none = UInt8.max

  static func describe(_ record: OutOfFoldRecord) -> Description {
    Description(
      labelledCount: record.labelledCount, foldCount: record.folds.count,
      languages: hasLanguages(record) ? record.languageNames : [], scripts: scripts(record))
  }

  /// More languages than a byte can number are left out.
  private static func hasLanguages(_ record: OutOfFoldRecord) -> Bool {
    !record.languageNames.isEmpty && record.languageNames.count < Int(none)
  }

  private static func scripts(_ record: OutOfFoldRecord) -> [WritingSystem]? {
    let known = Set(record.scripts.compactMap(\.self))
    return known.isEmpty ? nil : WritingSystem.allCases.filter(known.contains)
  }

  private static func bytesPerRow(_ labelCount: Int) -> Int { labelCount / 8 + 1 }

  static func tensors(_ record: OutOfFoldRecord, _ task: Codebook.Task) -> [Safetensors.Tensor] {
    let labelCount = task.labels.count
    let width = bytesPerRow(labelCount)
    var bits = [UInt8](repeating: 0, count: record.count * width)
    for row in 0..<record.count {
      for bit in record.gold[row] + (record.evidence[row] ? [labelCount] : []) {
        bits[row * width + bit / 8] |= 1 << UInt8(bit % 8)
      }
    }
    let name = "\(task.name).out-of-fold"
    var tensors = [
      Safetensors.Tensor("\(name).scores", record.scores, columns: labelCount),
      Safetensors.Tensor("\(name).gold", bytes: bits),
      Safetensors.Tensor("\(name).folds", record.folds.foldOfRow.map { UInt32($0) }),
    ]
    if hasLanguages(record) {
      tensors.append(
        .init("\(name).languages", bytes: record.languages.map { $0.map(UInt8.init) ?? none })
      )
    }
    if let scripts = scripts(record) {
      let numbers = record.scripts.map { $0.flatMap(scripts.firstIndex).map { UInt8($0) } ?? none }
      tensors.append(.init("\(name).scripts", bytes: numbers))
    }
    return tensors
  }

  /// Puts a record together from a file's parts, trusting none of them.
  static func record(
    _ description: Description, _ task: Codebook.Task,
    tensor: (String, Safetensors.ElementType) throws -> Safetensors.Tensor
  ) throws -> OutOfFoldRecord {
    let labelCount = task.labels.count
    let name = "\(task.name).out-of-fold"
    let scores = try tensor("\(name).scores", .float32)
    let folds = try tensor("\(name).folds", .uint32).uint32s.map { Int($0) }
    let gold = try tensor("\(name).gold", .uint8)
    let (count, width) = (folds.count, bytesPerRow(labelCount))
    guard Set(description.languages).count == description.languages.count else {
      throw misfit(task, "have a language twice")
    }
    guard count >= 1, count <= description.labelledCount,
      description.labelledCount <= Int(UInt32.max), scores.shape == [count, labelCount],
      gold.bytes.count == count * width
    else { throw misfit(task, "do not have the shape of its labels and statements") }
    let values = scores.float32s
    guard values.allSatisfy(\.isFinite) else { throw misfit(task, "are not all finite") }
    guard description.foldCount >= 2, description.foldCount <= max(2, description.labelledCount),
      folds.allSatisfy({ $0 < description.foldCount })
    else { throw misfit(task, "have a fold that there is not") }
    let bits = Array(gold.bytes)
    var (labels, evidence) = ([[Int]](), [Bool]())
    for row in 0..<count {
      let set = (0..<width * 8).filter { bits[row * width + $0 / 8] >> UInt8($0 % 8) & 1 == 1 }
      let carried = set.filter { $0 < labelCount }
      guard set.allSatisfy({ $0 <= labelCount }),
        task.kind == .multiLabel || carried.count == 1
      else { throw misfit(task, "have labels that a statement cannot carry") }
      labels.append(carried)
      evidence.append(set.last == labelCount)
    }
    return OutOfFoldRecord(
      scores: values, gold: labels, evidence: evidence,
      folds: Folds(foldOfRow: folds, count: description.foldCount),
      languages: (
        try numbers(
          "languages", below: description.languages.count, task, count, tensor: tensor),
        description.languages
      ), scripts: try scripts(description, task, count, tensor: tensor),
      labelledCount: description.labelledCount)
  }

  private static func scripts(
    _ description: Description, _ task: Codebook.Task, _ count: Int,
    tensor: (String, Safetensors.ElementType) throws -> Safetensors.Tensor
  ) throws -> [WritingSystem?] {
    let names = description.scripts ?? []
    return try numbers("scripts", below: names.count, task, count, tensor: tensor).map {
      $0.map { names[$0] }
    }
  }

  /// For each statement its language or script as a number; all `nil` where there are no such names.
  private static func numbers(
    _ what: String, below limit: Int, _ task: Codebook.Task, _ count: Int,
    tensor: (String, Safetensors.ElementType) throws -> Safetensors.Tensor
  ) throws -> [Int?] {
    guard limit > 0 else { return Array(repeating: nil, count: count) }
    let bytes = try tensor("\(task.name).out-of-fold.\(what)", .uint8).bytes
    let numbers = bytes.map { $0 == none ? nil : Int($0) }
    guard numbers.count == count, numbers.allSatisfy({ $0.map { $0 < limit } ?? true }) else {
      throw misfit(task, "have \(what) that there are not")
    }
    return numbers
  }

  private static func misfit(_ task: Codebook.Task, _ what: String) -> ModelAssembly.Misfit {
    ModelAssembly.Misfit(description: "the out-of-fold scores of task \"\(task.name)\" \(what)")
  }
}
