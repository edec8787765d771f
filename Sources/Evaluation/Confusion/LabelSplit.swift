/// One statement's labels split into correct, missed and wrong ones, each in ascending order.
///
/// One value serves all statements: `update` reuses its storage.
struct LabelSplit {
  /// Gold and predicted.
  private(set) var correct: [Int] = []
  /// Gold but not predicted.
  private(set) var missed: [Int] = []
  /// Predicted but not gold.
  private(set) var wrong: [Int] = []

  private var isGold: [Bool]
  private var isPredicted: [Bool]

  init(labelCount: Int) {
    isGold = Array(repeating: false, count: labelCount)
    isPredicted = Array(repeating: false, count: labelCount)
  }

  /// Splits the labels of a statement; a label named twice counts once.
  mutating func update(gold: [Int], predicted: [Int]) {
    for label in isGold.indices {
      isGold[label] = false
      isPredicted[label] = false
    }
    for label in gold {
      precondition(isGold.indices.contains(label), "gold label outside 0..<\(isGold.count)")
      isGold[label] = true
    }
    for label in predicted {
      precondition(isGold.indices.contains(label), "predicted label outside 0..<\(isGold.count)")
      isPredicted[label] = true
    }
    correct.removeAll(keepingCapacity: true)
    missed.removeAll(keepingCapacity: true)
    wrong.removeAll(keepingCapacity: true)
    for label in isGold.indices {
      switch (isGold[label], isPredicted[label]) {
      case (true, true): correct.append(label)
      case (true, false): missed.append(label)
      case (false, true): wrong.append(label)
      case (false, false): break
      }
    }
  }
}
