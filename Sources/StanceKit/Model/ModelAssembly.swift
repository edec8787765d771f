import Foundation

/// Puts a model together from a file's parts, trusting none of them.
struct ModelAssembly {
  let container: Safetensors
  let description: ModelFile.Description
  let parts: Model.Parts
  let memory: Model.Memory
  /// Whether a tensor is as it was written; asked of each that is read.
  let isIntact: @Sendable (Safetensors.Tensor) -> Bool

  /// A tensor is not as it was written.
  struct ChangedTensor: Error {}

  /// A clause that completes "cannot be used: …".
  struct Misfit: Error, CustomStringConvertible {
    let description: String
  }

  func model() throws -> Model {
    let recipe = description.recipe
    guard recipe.isValid else { throw Misfit(description: "its recipe is out of range") }
    let kinds = recipe.blocks
    let parallelism = parallelism
    let blocks = try parallelism.map(kinds.count) { try block(kinds[$0], recipe) }
    let extractor = FeatureExtractor(recipe: recipe, blocks: blocks)
    guard !description.classifiers.isEmpty else {
      throw Misfit(description: "it has no classifier")
    }
    let featureCount = extractor.featureCount
    let classifiers = try parallelism.map(description.classifiers.count) {
      try classifier(description.classifiers[$0], featureCount: featureCount)
    }
    let tasks = classifiers.map(\.task)
    guard Set(tasks.map(\.name)).count == tasks.count else {
      throw Misfit(description: "it has two classifiers of one task")
    }
    let summary = try crossValidation()
    guard description.provenance.isPlausible, summary.map({ $0.fits(tasks) }) ?? true else {
      throw Misfit(description: "its counts and scores do not fit its tasks")
    }
    return Model(
      codebook: description.codebook, extractor: extractor, classifiers: classifiers,
      provenance: description.provenance, crossValidation: summary,
      knownStatements: try description.knownStatements.map {
        try KnownStatementsTensors.known($0, tasks, tensor: tensor)
      })
  }

  /// A model of common size is put together in the time that it takes to start threads for it.
  private var parallelism: Parallelism {
    let size = container.tensors.reduce(0) { $0 + $1.bytes.count }
    return size < Self.sizeWorthThreads ? .serial : .allCores
  }

  /// In bytes; some 4 ms of work.
  private static let sizeWorthThreads = 1 << 24

  /// What cross-validation found, where it is asked for.
  private func crossValidation() throws -> CrossValidation.Summary? {
    guard parts.contains(.crossValidation) else { return nil }
    // In files of versions before 3 it stands in the description.
    guard container.tensors.contains(where: { $0.name == ModelFile.crossValidationTensor }) else {
      return description.crossValidation
    }
    return try JSONDecoder().decode(
      CrossValidation.Summary.self,
      from: try tensor(ModelFile.crossValidationTensor, .uint8).bytes)
  }

  private func tensor(_ name: String, _ type: Safetensors.ElementType) throws -> Safetensors.Tensor
  {
    guard let tensor = container.tensors.first(where: { $0.name == name }) else {
      throw Misfit(description: "tensor \"\(name)\" is missing")
    }
    guard tensor.type == type else {
      throw Misfit(
        description:
          "tensor \"\(name)\" has type \(tensor.type.rawValue), expected \(type.rawValue)")
    }
    guard isIntact(tensor) else { throw ChangedTensor() }
    return tensor
  }

  private func block(_ block: FeatureBlock, _ recipe: Recipe) throws -> FittedBlock {
    if let keywords = recipe.keywords, block == .keywords {
      return FittedBlock(
        keywords: keywords, recipe: recipe, documentCount: description.documentCount)
    }
    let terms = try tensor("\(block.rawValue).terms", .uint8)
    let offsets = try tensor("\(block.rawValue).term-offsets", .uint32)
    let frequencies = try tensor("\(block.rawValue).document-frequencies", .uint32)
    let vocabulary = try Vocabulary(
      bytes: terms.bytes, offsets: offsets.uint32s)
    return try FittedBlock(
      block: block, recipe: recipe, vocabulary: vocabulary,
      documentFrequencies: frequencies.uint32s,
      documentCount: description.documentCount)
  }

  private func classifier(
    _ described: ModelFile.ClassifierDescription, featureCount: Int
  ) throws -> TaskClassifier {
    guard let task = description.codebook.tasks.first(where: { $0.name == described.task }) else {
      throw Misfit(description: "its codebook has no task \"\(described.task)\"")
    }
    let labels = task.labels.count
    let intercepts = try tensor("\(task.name).intercepts", .float64).float64s
    let coefficients = try tensor("\(task.name).coefficients", .float32)
    guard intercepts.count == labels, coefficients.shape == [featureCount, labels] else {
      throw Misfit(
        description: "the coefficients of task \"\(task.name)\" have shape \(coefficients.shape), "
          + "expected [\(featureCount), \(labels)]")
    }
    let values = Coefficients(coefficients, memory)
    guard values.areFinite,
      intercepts.allSatisfy({ abs($0) <= Double(Float.greatestFiniteMagnitude) }),
      described.weightTotal.isFinite
    else {
      throw Misfit(description: "the coefficients of task \"\(task.name)\" are not all finite")
    }
    guard described.rule.fits(task), described.goals?.fit(labelCount: labels) ?? true else {
      throw Misfit(description: "the thresholds of task \"\(task.name)\" do not fit its labels")
    }
    var classifier = TaskClassifier(
      task: task, candidate: described.candidate, weightTotal: described.weightTotal,
      rule: described.rule, goals: described.goals, intercepts: intercepts, coefficients: values)
    if parts.contains(.crossValidation) {
      classifier.outOfFold = try described.outOfFold.map {
        try OutOfFoldTensors.record($0, task, tensor: tensor)
      }
    }
    if described.hasVariances == true, parts.contains(.variances) {
      classifier.variances = try variances(task, featureCount: featureCount)
    }
    return classifier
  }

  private func variances(_ task: Codebook.Task, featureCount: Int) throws -> ScoreVariances {
    let outputs = ScoreVariances.outputs(task)
    let offsets = try tensor("\(task.name).variance.offsets", .float64).float64s
    let coefficients = try tensor("\(task.name).variance.coefficients", .float32)
    guard offsets.count == outputs, coefficients.shape == [featureCount, outputs] else {
      throw Misfit(
        description: "the variances of task \"\(task.name)\" have shape \(coefficients.shape), "
          + "expected [\(featureCount), \(outputs)]")
    }
    let values = coefficients.float32s
    guard values.span.areFinite,
      offsets.allSatisfy({ abs($0) <= Double(Float.greatestFiniteMagnitude) })
    else { throw Misfit(description: "the variances of task \"\(task.name)\" are not all finite") }
    return ScoreVariances(offsets: offsets, coefficients: values)
  }
}

extension DecisionRule {
  /// Whether the rule is of the task's kind, has one entry a label, and is within its ranges.
  func fits(_ task: Codebook.Task) -> Bool {
    // Far beyond what fitting yields, and far from where sums of products overflow.
    let limit = 1e6
    // Weights that take offsets back, times balancing ones.
    let heaviest = BalancingWeights.heaviest * BalancingWeights.heaviest
    return switch (self, task.kind) {
    case (.thresholds(let rules), .multiLabel):
      rules.count == task.labels.count
        && rules.allSatisfy { rule in
          (rule.threshold.map((0...1).contains) ?? true)
            && (rule.bestReached.map((0...1).contains) ?? true)
            && (rule.unsure.map { $0.lowerBound >= 0 && $0.upperBound <= 1 } ?? true)
            && ([rule.calibration].compactMap(\.self)
              + (rule.calibrationByScript ?? [:]).values).allSatisfy {
                $0.slope > 0 && $0.slope <= limit && abs($0.offset) <= limit
              }
        }
    case (.mostProbable(let temperature, let rules), .singleLabel):
      ([temperature.general] + (temperature.byScript ?? [:]).values)
        .allSatisfy(TemperatureScaling.range.contains)
        && (temperature.offsets.map { offsets in
          offsets.count == task.labels.count
            && offsets.allSatisfy {
              (-BiasCorrectedTemperatureScaling.largestOffset...0).contains($0)
            }
        } ?? true)
        && (rules.map { rules in
          rules.count == task.labels.count
            && rules.allSatisfy { rule in
              rule.weight >= 1 / heaviest && rule.weight <= heaviest
                && [rule.answersFrom, rule.isCandidateFrom, rule.bestReached].compactMap { $0 }
                  .allSatisfy((0...1).contains)
            }
        } ?? true)
    default:
      false
    }
  }
}
