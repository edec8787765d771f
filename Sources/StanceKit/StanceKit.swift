// What a Swift program imports: `import StanceKit` brings the types that its signatures speak of.
@_exported public import Corpus
@_exported public import Evaluation
@_exported public import LinearAlgebra
@_exported public import LogisticModels
@_exported public import Quotations
@_exported public import TextFeatures

/// The toolkit itself.
public enum StanceKit {
  public static let version = "0.1.0"
}
