import StanceKit

/// How the most similar of a statement's near copies in training is named, in every format.
struct NearCopyFields {
  static let column = NearCopyColumn.name
  /// A longer id is cut in what is for people.
  private static let longestID = 14

  /// `nil` where the model knows no statements.
  let known: KnownStatements?

  /// The columns of CSV.
  var columns: [String] { known == nil ? [] : [Self.column] }

  /// One cell for each of `columns`.
  func cells(_ judgement: Judgement) -> [String] {
    known == nil ? [] : [id(judgement) ?? ""]
  }

  /// An object, null where there is no near copy; nothing where the model knows no statements.
  func fill(_ object: inout JSONObjectWriter, _ judgement: Judgement) {
    guard known != nil else { return }
    guard let id = id(judgement), let copy = judgement.copies.first else {
      object.set(Self.column, .missing)
      return
    }
    object.setObject(Self.column) { entry in
      entry.set("id", id)
      entry.set("similarity", probability: copy.similarity)
    }
  }

  /// `(near copy of en-17)`; `nil` where there is none.
  func shown(_ judgement: Judgement) -> String? {
    id(judgement).map { "(near copy of \(shortened($0, to: Self.longestID)))" }
  }

  private func id(_ judgement: Judgement) -> String? {
    judgement.copies.first.flatMap { copy in known?.id(copy.number) }
  }
}
