import Foundation

/// A model as a file: a description in JSON and the tensors, in a safetensors container.
///
/// | tensor | type | shape |
/// |---|---|---|
/// | `cross-validation` | U8 | its scores, in JSON; a task has no such name, as its tensors have a dot |
/// | `BLOCK.terms` | U8 | the UTF-8 of all terms, one after another |
/// | `BLOCK.term-offsets` | U32 | where each term starts, and where the last one ends |
/// | `BLOCK.document-frequencies` | U32 | one a term |
/// | `TASK.coefficients` | F32 | features × labels; the blocks' features follow one another |
/// | `TASK.intercepts` | F64 | labels |
/// | `TASK.variance.offsets` | F64 | labels, or pairs of labels of a single-label task |
/// | `TASK.variance.coefficients` | F32 | features × as many; ln variance is linear in the features |
/// | `TASK.out-of-fold.scores` | F32 | labelled statements × labels, before calibration |
/// | `TASK.out-of-fold.gold` | U8 | the bits of each one's labels, see `OutOfFoldTensors` |
/// | `TASK.out-of-fold.folds` | U32 | labelled statements |
/// | `TASK.out-of-fold.languages` | U8 | labelled statements; 255 for none |
/// | `TASK.out-of-fold.scripts` | U8 | labelled statements; 255 for none; only where there are several |
/// | `known.sketches` | U8 | known texts × 128, see ``TextSketch`` |
/// | `known.ids` | U8 | the UTF-8 of their ids, one after another |
/// | `known.id-offsets` | U32 | where each id starts, and where the last one ends |
/// | `TASK.known-codings` | F32 | known texts × (labels + 1): weights of what carries a label, and of all |
///
/// The block of keywords has no tensors: its lists stand in the recipe. The out-of-fold tensors are
/// there where a model was cross-validated; of more than 200,000 labelled statements they hold so
/// many, evenly spaced. The known statements' tensors are there where the description says so.
struct ModelFile {
  /// Rises when an older reader would misread the file. A file has the lowest version that tells what is
  /// in it: 6 where labels have offsets or weights, or decisions are for balanced accuracy, else 5.
  static let formatVersion = 6
  private static let versionWithoutWeights = 5
  /// The oldest version that is read: it knows nothing of goals, bands, keywords, columns, stems,
  /// rules for tokens and what came after them. Version 2 knows nothing of scripts, 4 nothing of known
  /// statements; 3 was never released.
  private static let oldestVersion = 1

  /// Everything that is not a number among thousands.
  struct Description: Codable {
    let codebook: Codebook
    let recipe: Recipe
    let documentCount: Int
    let classifiers: [ClassifierDescription]
    let provenance: Provenance
    /// Only in files of versions before 3.
    let crossValidation: CrossValidation.Summary?
    /// `nil` where the model knows none.
    let knownStatements: KnownStatementsTensors.Description?
  }

  struct ClassifierDescription: Codable {
    let task: String
    let candidate: Candidate
    let weightTotal: Double
    let rule: DecisionRule
    let goals: TaskGoals?
    let outOfFold: OutOfFoldTensors.Description?
    let hasVariances: Bool?
  }

  private enum MetadataKey {
    static let format = "format"
    static let version = "stancekit.format-version"
    static let model = "stancekit.model"
    /// Of the description.
    static let checksum = "stancekit.crc32"

    static func checksum(of tensor: String) -> String { "\(checksum).\(tensor)" }
  }

  /// Where the scores of cross-validation stand.
  static let crossValidationTensor = "cross-validation"

  // MARK: Writing

  static func container(of model: Model) throws -> Safetensors {
    let description = Description(
      codebook: model.codebook, recipe: model.extractor.recipe,
      documentCount: model.extractor.blocks.first?.documentCount ?? 0,
      classifiers: model.classifiers.map {
        ClassifierDescription(
          task: $0.task.name, candidate: $0.candidate, weightTotal: $0.weightTotal, rule: $0.rule,
          goals: $0.goals, outOfFold: $0.outOfFold.map(OutOfFoldTensors.describe),
          hasVariances: $0.variances == nil ? nil : true)
      },
      provenance: model.provenance, crossValidation: nil,
      knownStatements: model.knownStatements.map(KnownStatementsTensors.describe))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(description)
    var tensors: [Safetensors.Tensor] = []
    if let summary = model.crossValidation {
      tensors.append(.init(crossValidationTensor, bytes: try encoder.encode(summary)))
    }
    for block in model.extractor.blocks where block.block != .keywords {
      let name = block.block.rawValue
      tensors.append(.init("\(name).terms", bytes: block.vocabulary.termBytes))
      tensors.append(.init("\(name).term-offsets", block.vocabulary.termOffsets.map { UInt32($0) }))
      tensors.append(.init("\(name).document-frequencies", block.documentFrequencies))
    }
    for classifier in model.classifiers {
      let name = classifier.task.name
      tensors.append(
        classifier.coefficients.withUnsafeBufferPointer {
          .init("\(name).coefficients", $0, columns: classifier.intercepts.count)
        })
      tensors.append(.init("\(name).intercepts", classifier.intercepts))
      if let variances = classifier.variances {
        tensors.append(.init("\(name).variance.offsets", variances.offsets))
        tensors.append(
          .init(
            "\(name).variance.coefficients", variances.coefficients,
            columns: variances.offsets.count))
      }
      if let record = classifier.outOfFold {
        tensors += OutOfFoldTensors.tensors(record, classifier.task)
      }
    }
    if let known = model.knownStatements {
      tensors += KnownStatementsTensors.tensors(known, model.classifiers.map(\.task))
    }
    var metadata = [
      MetadataKey.format: "stancekit",
      MetadataKey.version: String(model.hasWeights ? formatVersion : versionWithoutWeights),
      MetadataKey.model: String(decoding: json, as: UTF8.self),
    ]
    for tensor in tensors {
      metadata[MetadataKey.checksum(of: tensor.name)] = checksum(tensor.bytes)
    }
    metadata[MetadataKey.checksum] = checksum(json, tensors, metadata)
    return Safetensors(metadata: metadata, tensors: tensors)
  }

  /// CRC-32: it is computed each time a model is loaded, where SHA-256 would take longer than everything
  /// else.
  private static func checksum(_ bytes: Data) -> String {
    var check = CyclicRedundancyCheck()
    bytes.withUnsafeBytes { check.update($0) }
    return check.hexadecimal
  }

  /// The checksum of the description and of which tensors there are, with their own checksums.
  private static func checksum(
    _ json: Data, _ tensors: [Safetensors.Tensor], _ metadata: [String: String]
  ) -> String {
    let lines = tensors.map { tensor in
      "\(tensor.name) \(metadata[MetadataKey.checksum(of: tensor.name)] ?? "")\n"
    }
    return checksum(json + Data(lines.sorted().joined().utf8))
  }

  // MARK: Reading

  static func decode(
    _ file: Data, name: String, parts: Model.Parts, memory: Model.Memory
  ) throws(ModelFileError) -> Model {
    let container = try Safetensors(decoding: file, name: name)
    guard container.metadata[MetadataKey.format] == "stancekit",
      let version = container.metadata[MetadataKey.version].flatMap(Int.init),
      let json = container.metadata[MetadataKey.model].map({ Data($0.utf8) })
    else {
      throw ModelFileError(
        .notAModel,
        "\(name): is a safetensors file of another program; expected a model written by `stance train`"
      )
    }
    // Before it was settled on there were other checksums.
    let isUnreleased =
      version == 3 || version < 3 && container.metadata[MetadataKey.checksum] == nil
    guard (oldestVersion...formatVersion).contains(version), !isUnreleased else {
      throw ModelFileError(
        .unsupportedVersion,
        "\(name): has format version \(version)"
          + (version > formatVersion
            ? ", this program reads \(oldestVersion) to \(formatVersion); use a newer stance"
            : " as it was before it was released; train it again"))
    }
    let isIntact =
      version < 3
      ? isIntactBeforeVersion3(json, container)
      : container.metadata[MetadataKey.checksum]
        == checksum(json, container.tensors, container.metadata)
    guard isIntact else { throw .changed(name) }
    do {
      let description = try JSONDecoder().decode(Description.self, from: json)
      return try ModelAssembly(
        container: container, description: description, parts: parts, memory: memory
      ) {
        version < 3 || container.metadata[MetadataKey.checksum(of: $0.name)] == checksum($0.bytes)
      }.model()
    } catch is ModelAssembly.ChangedTensor {
      throw .changed(name)
    } catch {
      throw ModelFileError(
        .damaged,
        "\(name): cannot be used: \(error is DecodingError ? "its description is incomplete" : "\(error)"); train or copy it again"
      )
    }
  }

  /// In format versions 1 and 2 one CRC-32 stands for the description and, by name, each tensor's name
  /// and bytes.
  private static func isIntactBeforeVersion3(_ json: Data, _ container: Safetensors) -> Bool {
    var check = CyclicRedundancyCheck()
    json.withUnsafeBytes { check.update($0) }
    for tensor in container.tensors.sorted(by: { $0.name < $1.name }) {
      Data(tensor.name.utf8).withUnsafeBytes { check.update($0) }
      tensor.bytes.withUnsafeBytes { check.update($0) }
    }
    return container.metadata[MetadataKey.checksum] == check.hexadecimal
  }
}

extension ModelFileError {
  fileprivate static func changed(_ name: String) -> ModelFileError {
    ModelFileError(
      .damaged,
      "\(name): its content does not match its checksum, so it was changed after training; "
        + "train or copy it again")
  }
}

extension Model {
  /// Whether a rule or a goal is one that files of version 5 do not have.
  fileprivate var hasWeights: Bool {
    classifiers.contains {
      $0.rule.shiftsScores || $0.rule.weighsLabels
        || $0.goals?.labels.contains(.balancedAccuracy) ?? false
    }
  }
}
