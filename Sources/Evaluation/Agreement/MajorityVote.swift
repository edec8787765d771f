/// What most coders say of a statement.
public struct MajorityVote: Hashable, Sendable {
  /// The numbers of the labels that won, ascending; for a single-label task one, or none in a tie.
  public let labels: [Int]
  /// The labels that as many are for as against, or for as for another; a person decides.
  public let tied: [Int]

  /// Counts votes.
  ///
  /// A label of a multi-label task wins where more than half of the answers have it, and is tied at
  /// exactly half. In a single-label task the label wins that has more votes than any other.
  ///
  /// - Parameter answers: the numbers of the labels in each coder's answer.
  public init(_ answers: [[Int]], isSingleLabel: Bool) {
    var votes: [Int: Int] = [:]
    for label in answers.joined() { votes[label, default: 0] += 1 }
    let most = votes.values.max() ?? 0
    func labels(_ isChosen: (Int) -> Bool) -> [Int] {
      votes.filter { isChosen($0.value) }.keys.sorted()
    }
    if isSingleLabel {
      let first = labels { $0 == most }
      (self.labels, tied) = first.count == 1 ? (first, []) : ([], first)
    } else {
      self.labels = labels { 2 * $0 > answers.count }
      tied = labels { 2 * $0 == answers.count }
    }
  }
}
