/// What results say of near copies of training statements.
package enum NearCopyColumn {
  /// In CSV the id of the most alike one, in JSON an object; nothing, or null, where there is none. Only of
  /// a model that knows what it was trained on.
  package static let name = "near-copy"
}

extension StatementSet {
  /// The indices of the results that rest on what people said of near copies; `nil` where the results do
  /// not tell.
  var nearCopies: [Int]? {
    layout.extraColumns.firstIndex(of: NearCopyColumn.name).map { column in
      statements.indices.filter { row in
        switch statements[row].extras[column] {
        case .text(let id): !id.isEmpty
        case .json(let literal): literal.hasPrefix("{")
        case .missing: false
        }
      }
    }
  }
}
