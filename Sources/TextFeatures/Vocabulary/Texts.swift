/// Texts that stand in something larger: fetched one by one, each by the thread that needs it. An array
/// of them would count a reference to every one, which takes nearly as long as reading it.
public struct Texts: Sendable {
  public let count: Int
  private let text: @Sendable (Int) -> String

  /// - Parameter text: the text with a number in 0 ..< `count`.
  public init(count: Int, _ text: @escaping @Sendable (Int) -> String) {
    self.count = count
    self.text = text
  }

  public subscript(number: Int) -> String { text(number) }

  var indices: Range<Int> { 0..<count }
}
