extension Model {
  /// Explains statements as they are read, on all threads, and hands on what is made of them in the
  /// order of the input.
  ///
  /// - Parameters:
  ///   - reader: read to its end.
  ///   - configuration: what explanations have.
  ///   - render: appends the output of a statement; the layout is that of the input as far as it has
  ///     been read.
  ///   - write: called with outputs one after another, never by two threads at once.
  /// - Returns: how many statements were explained, and how many malformed records left out.
  /// - Throws: what the reader throws, after everything before it has been written; or what `write`
  ///   throws, which ends the work.
  public func explain(
    _ reader: consuming StatementReader, _ configuration: Explainer.Configuration = .init(),
    parallelism: Parallelism = .allCores,
    rendering render: @Sendable (Statement, Explanation, StatementLayout, inout [UInt8]) -> Void,
    to write: @escaping @Sendable ([UInt8]) throws -> Void
  ) throws -> (explainedCount: Int, skippedCount: Int) {
    // An explanation takes about a thousand times as long as reading the statement.
    let stream = StatementStream(reader, blockSize: 16, threads: parallelism.threads) { bytes, _ in
      try write(bytes)
    }
    parallelism.forEach(parallelism.threads) { _ in
      var explainer = Explainer(self, configuration)
      stream.forEachBlock { block in
        let columns = FeatureColumns(extractor.recipe, layout: block.layout)
        var bytes: [UInt8] = []
        for statement in block.statements {
          let explanation = explainer.explain(
            statement.text, columns: columns.values(of: statement), id: statement.id)
          render(statement, explanation, block.layout, &bytes)
        }
        return bytes
      }
    }
    return try stream.finish()
  }
}
