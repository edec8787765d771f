// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "StanceKit",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "StanceKit", targets: ["StanceKit"]),
    .executable(name: "stance", targets: ["stance"]),
  ],
  dependencies: [
    // The command line: parsing, help, shell completions.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // Codebooks are YAML, with line numbers in their errors.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .systemLibrary(name: "CBLAS", providers: [.apt(["libblas-dev"])]),
    .systemLibrary(name: "CLAPACK", providers: [.apt(["liblapack-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),

    // Instructions that Swift has no word for, and calls about pages of memory and processors.
    .target(name: "CMachine"),
    // Work on sixteen bytes at a time, for which it has none either.
    .target(name: "CTextBytes"),
    // The processor's instructions for hashing: likewise.
    .target(name: "CSHA256"),

    .target(
      name: "LinearAlgebra",
      dependencies: [
        "CMachine",
        .target(name: "CBLAS", condition: .when(platforms: [.linux])),
        .target(name: "CLAPACK", condition: .when(platforms: [.linux])),
      ],
      swiftSettings: strict),
    .target(
      name: "Corpus",
      dependencies: ["CMachine", "CZlib", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .target(
      name: "TextFeatures", dependencies: ["CTextBytes", "CMachine", "LinearAlgebra"],
      swiftSettings: strict),
    .target(name: "LogisticModels", dependencies: ["LinearAlgebra"], swiftSettings: strict),
    .target(name: "Evaluation", swiftSettings: strict),
    .target(name: "Charts", swiftSettings: strict),
    .target(
      name: "Quotations", dependencies: ["Corpus"],
      // Words in plain files; embedded, so that the tool stays one file.
      resources: [
        .embedInCode("Lexicons/english-verbs.txt"),
        .embedInCode("Lexicons/english-words.txt"),
        .embedInCode("Lexicons/english-speakers.txt"),
        .embedInCode("Lexicons/arabic-verbs.txt"),
        .embedInCode("Lexicons/arabic-words.txt"),
        .embedInCode("Lexicons/arabic-speakers.txt"),
      ],
      swiftSettings: strict),
    .target(
      name: "StanceKit",
      dependencies: [
        "CSHA256", "Corpus", "TextFeatures", "LinearAlgebra", "LogisticModels", "Evaluation",
        "Quotations",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "stance",
      dependencies: [
        "StanceKit", "Charts", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // How often intervals hold the truth: `make simulations`.
    .executableTarget(
      name: "simulations", dependencies: ["Evaluation"], path: "benchmarks/simulations",
      swiftSettings: strict),

    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"], swiftSettings: strict),
    .testTarget(name: "CorpusTests", dependencies: ["Corpus"], swiftSettings: strict),
    .testTarget(
      name: "TextFeaturesTests", dependencies: ["TextFeatures"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "LogisticModelsTests", dependencies: ["LogisticModels", "LinearAlgebra"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "EvaluationTests", dependencies: ["Evaluation"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(name: "ChartsTests", dependencies: ["Charts"], swiftSettings: strict),
    .testTarget(name: "QuotationsTests", dependencies: ["Quotations"], swiftSettings: strict),
    .testTarget(name: "StanceKitTests", dependencies: ["StanceKit"], swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests", dependencies: ["stance", "StanceKit"],
      resources: [.copy("Golden")], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

/// Imports stay private to the file unless a signature needs them.
var strict: [SwiftSetting] { [.enableUpcomingFeature("InternalImportsByDefault")] }
