extension Simulations {
  /// Corrected shares: none yet.
  static func shares(_ runs: Int) -> [String] { [] }
}
