/// The numbers of a feature's lanes, in single precision: one, or two, four or eight side by side.
protocol LaneVector: Sendable, SendableMetatype {
  /// Takes as many of the lanes as there is room for.
  init(lanes: SIMD8<Float>)
  /// The same number in all lanes.
  init(repeating number: Float)
  /// How many numbers there are.
  static var laneCount: Int { get }
  subscript(lane: Int) -> Float { get set }
  func plus(_ other: Self) -> Self
  func times(_ other: Self) -> Self
  /// Adds each lane to its sum.
  func add(to sums: inout SIMD8<Double>)
}

extension Float: LaneVector {
  @inline(__always) init(lanes: SIMD8<Float>) { self = lanes[0] }
  @inline(__always) init(repeating number: Float) { self = number }
  static var laneCount: Int { 1 }
  @inline(__always) subscript(lane: Int) -> Float {
    get { self }
    set { self = newValue }
  }
  @inline(__always) func plus(_ other: Float) -> Float { self + other }
  @inline(__always) func times(_ other: Float) -> Float { self * other }
  @inline(__always) func add(to sums: inout SIMD8<Double>) { sums[0] += Double(self) }
}

extension LaneVector where Self: SIMD, Scalar == Float {
  @inline(__always) init(lanes: SIMD8<Float>) {
    self.init(repeating: 0)
    for lane in 0..<Self.scalarCount { self[lane] = lanes[lane] }
  }
  static var laneCount: Int { scalarCount }
  @inline(__always) func plus(_ other: Self) -> Self { self + other }
  @inline(__always) func times(_ other: Self) -> Self { self * other }
  @inline(__always) func add(to sums: inout SIMD8<Double>) {
    for lane in 0..<Self.scalarCount { sums[lane] += Double(self[lane]) }
  }
}

extension SIMD2<Float>: LaneVector {}
extension SIMD4<Float>: LaneVector {}
extension SIMD8<Float>: LaneVector {}
