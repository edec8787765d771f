/// A partition of 0 ..< count into sets that can be joined (Tarjan 1975), each known by its
/// smallest member.
public struct DisjointSets: Sendable {
  private var parent: [Int]

  public init(count: Int) { parent = Array(0..<count) }

  /// The smallest member of the set that holds `element`.
  public mutating func first(of element: Int) -> Int {
    var root = element
    while parent[root] != root {
      parent[root] = parent[parent[root]]
      root = parent[root]
    }
    return root
  }

  /// Makes one set of the two that hold `a` and `b`.
  public mutating func join(_ a: Int, _ b: Int) {
    let (left, right) = (first(of: a), first(of: b))
    if left != right { parent[max(left, right)] = min(left, right) }
  }
}
