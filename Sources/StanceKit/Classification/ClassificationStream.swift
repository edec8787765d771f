extension Model {
  /// Judges statements as they are read, on all threads and in bounded memory, and hands on what is
  /// made of them in the order of the input.
  ///
  /// - Parameters:
  ///   - reader: read to its end.
  ///   - render: makes the output of some neighbouring statements; the layout is that of the input
  ///     as far as it has been read.
  ///   - write: called with the outputs and their layouts one after another, never by two threads
  ///     at once.
  ///   - level: how probably intervals hold, as for `Classifier`; `nil` for no intervals.
  /// - Returns: how many statements were judged, and how many malformed records left out.
  /// - Throws: what the reader throws, after everything before it has been written; or what `write`
  ///   throws, which ends the work.
  public func classify(
    _ reader: consuming StatementReader, intervals level: Double? = nil,
    parallelism: Parallelism = .allCores,
    rendering render: @Sendable ([Statement], [Judgement], StatementLayout) -> [UInt8],
    to write: @escaping @Sendable ([UInt8], StatementLayout) throws -> Void
  ) throws -> (judgedCount: Int, skippedCount: Int) {
    // About 100 kB of sentences: worth a thread's attention, and little to hold.
    let stream = StatementStream(reader, blockSize: 512, threads: parallelism.threads, write)
    parallelism.forEach(parallelism.threads) { _ in
      var classifier = Classifier(self, intervals: level)
      stream.forEachBlock { block in
        let columns = FeatureColumns(extractor.recipe, layout: block.layout)
        let judgements = block.statements.map {
          classifier.classify($0.text, columns: columns.values(of: $0))
        }
        return render(block.statements, judgements, block.layout)
      }
    }
    return try stream.finish()
  }
}
