/// Scalar → `ScalarEntry`, filled page by page as scalars are met: a text touches a handful of the
/// 4,352 pages, and asking Unicode for a scalar's properties costs a hundred table reads.
///
/// One table belongs to one thread.
struct ScalarTable: ~Copyable {
  private static let pageCount = 0x1100
  private let pages: UnsafeMutablePointer<UnsafeMutablePointer<ScalarEntry>?>
  private let normalization: Normalization

  init(_ normalization: Normalization) {
    self.normalization = normalization
    pages = .allocate(capacity: Self.pageCount)
    pages.initialize(repeating: nil, count: Self.pageCount)
  }

  deinit {
    for page in 0..<Self.pageCount { pages[page]?.deallocate() }
    pages.deallocate()
  }

  /// The entry of `scalar`, which must be below 0x110000.
  @inline(__always)
  func entry(of scalar: UInt32) -> ScalarEntry {
    if let page = pages[Int(scalar >> 8)] { return page[Int(scalar & 0xFF)] }
    return fillPage(of: scalar)
  }

  @inline(never)
  private func fillPage(of scalar: UInt32) -> ScalarEntry {
    let page = UnsafeMutablePointer<ScalarEntry>.allocate(capacity: 256)
    let first = scalar & ~0xFF
    for low in 0..<256 {
      // Surrogates are no scalars and do not occur in valid UTF-8.
      let known = Unicode.Scalar(first + UInt32(low)) ?? "\u{FFFD}"
      (page + low).initialize(to: ScalarEntry(known, normalization))
    }
    pages[Int(scalar >> 8)] = page
    return page[Int(scalar & 0xFF)]
  }
}
