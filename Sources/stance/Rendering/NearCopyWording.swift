/// How documents speak of statements that are near copies of what a model was trained on.
enum NearCopyWording {
  /// A score on fewer other statements is one of chance.
  static let fewestOthers = 10

  /// - Parameter model: as in "the model".
  static func count(_ copies: Int, of total: Int, trainedOn model: String) -> String {
    "\(grouped(copies)) of \(counted(total, "statement")) "
      + (copies == 1 ? "is nearly the same as one" : "are nearly the same as ones")
      + " that \(model) was trained on"
  }

  /// Why there are no scores on the other statements.
  static func tooFew(_ others: Int) -> String {
    others == 0
      ? "no other is left, so nothing can be said of new ones"
      : "only \(counted(others, "other")) labelled, too few to say anything of new ones"
  }
}
