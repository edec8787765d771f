/// All that a logistic loss needs of four scores at once, from one exponential each.
///
/// With e = e^−|x|: softplus = max(x, 0) + ln(1 + e), the larger of σ(x) and σ(−x) is 1 / (1 + e),
/// the smaller e / (1 + e), their product e / (1 + e)². What is not read is not computed.
struct LogisticTerms {
  private let scores: SIMD4<Double>
  private let exponential: SIMD4<Double>

  @inline(__always)
  init(_ scores: SIMD4<Double>) {
    self.scores = scores
    let negated = 0 - scores
    exponential = exponentials(
      ofNonPositive: scores.replacing(with: negated, where: scores .> 0))
  }

  @inline(__always)
  var softplus: SIMD4<Double> {
    scores.replacing(with: 0, where: scores .< 0) + logarithms(ofOnePlus: exponential)
  }

  @inline(__always)
  var sigmoid: SIMD4<Double> {
    exponential.replacing(with: 1, where: scores .> 0) / (1 + exponential)
  }

  @inline(__always)
  var complement: SIMD4<Double> {
    exponential.replacing(with: 1, where: scores .< 0) / (1 + exponential)
  }

  @inline(__always)
  var derivative: SIMD4<Double> {
    let larger = 1 / (1 + exponential)
    return exponential * larger * larger
  }
}

/// eˣ of four numbers x ≤ 0, within 1 ulp; below −708 it is 0, since the smaller numbers left until
/// underflow would need a second path and weigh nothing in any sum.
///
/// x = k ln 2 + r with |r| ≤ ln 2 / 2, and eʳ by Remez's rational approximation.
///
/// Source: Sun Microsystems' fdlibm, e_exp.c.
@inline(__always)
func exponentials(ofNonPositive x: SIMD4<Double>) -> SIMD4<Double> {
  // Adding 1.5 · 2⁵² rounds to an integer, and leaves it in the low bits.
  let shifter = 6_755_399_441_055_744.0
  let bounded = x.replacing(with: -708, where: x .< -708)
  let shifted = bounded * 1.442_695_040_888_963_387 + shifter
  let k = shifted - shifter
  let high = bounded - k * 6.931_471_803_691_238_164_90e-01
  let low = k * 1.908_214_929_270_587_700_02e-10
  let r = high - low
  let t = r * r
  var p = t * 4.138_136_797_057_238_460_39e-08
  p = t * (p + -1.653_390_220_546_525_153_90e-06)
  p = t * (p + 6.613_756_321_437_934_361_17e-05)
  p = t * (p + -2.777_777_777_701_559_338_42e-03)
  p = t * (p + 1.666_666_666_666_660_190_37e-01)
  let c = r - p
  let reduced = 1 - ((low - (r * c) / (2 - c)) - high)
  // Multiplying by 2ᵏ adds k to the exponent: the result stays a normal number.
  let bits =
    unsafeBitCast(reduced, to: SIMD4<UInt64>.self)
    &+ (unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &<< 52)
  return unsafeBitCast(bits, to: SIMD4<Double>.self).replacing(with: 0, where: x .< -708)
}

/// ln(1 + x) of four numbers 0 ≤ x ≤ 1, within 2 ulp.
///
/// 1 + x = 2ᵏ (1 + f) with k 0 or 1 and √½ < 1 + f < √2, and ln(1 + f) by a series in f / (2 + f).
///
/// Source: Sun Microsystems' fdlibm, s_log1p.c.
@inline(__always)
func logarithms(ofOnePlus x: SIMD4<Double>) -> SIMD4<Double> {
  let isLarge = x .> 0.414_213_562_373_095
  let f = x.replacing(with: (x - 1) * 0.5, where: isLarge)
  let zero = SIMD4<Double>(repeating: 0)
  let high = zero.replacing(with: 6.931_471_803_691_238_164_90e-01, where: isLarge)
  let low = zero.replacing(with: 1.908_214_929_270_587_700_02e-10, where: isLarge)
  let s = f / (2 + f)
  let z = s * s
  var p = z * 1.479_819_860_511_658_591e-01
  p = z * (p + 1.531_383_769_920_937_332e-01)
  p = z * (p + 1.818_357_216_161_805_012e-01)
  p = z * (p + 2.222_219_843_214_978_396e-01)
  p = z * (p + 2.857_142_874_366_239_149e-01)
  p = z * (p + 3.999_999_999_940_941_908e-01)
  p = z * (p + 6.666_666_666_666_735_130e-01)
  let halfSquare = 0.5 * f * f
  return high - ((halfSquare - (s * (halfSquare + p) + low)) - f)
}

/// ln x of four finite numbers x ≥ 1, within 3 ulp.
///
/// x = 2ᵏ (1 + f) with 0 ≤ f < 1, read from its bits; both parts of k ln 2 + ln(1 + f) are at least 0,
/// so that nothing cancels.
@inline(__always)
func logarithms(ofAtLeastOne x: SIMD4<Double>) -> SIMD4<Double> {
  let bits = unsafeBitCast(x, to: SIMD4<UInt64>.self)
  // The exponent in the low bits of 2⁵²: subtracting 2⁵² and the bias leaves it as a number.
  let exponent =
    unsafeBitCast((bits &>> 52) | SIMD4(repeating: 0x4330_0000_0000_0000), to: SIMD4<Double>.self)
    - 4_503_599_627_371_519.0
  let mantissa = unsafeBitCast(
    (bits & SIMD4(repeating: 0x000F_FFFF_FFFF_FFFF)) | SIMD4(repeating: 0x3FF0_0000_0000_0000),
    to: SIMD4<Double>.self)
  return exponent * 0.693_147_180_559_945_309 + logarithms(ofOnePlus: mantissa - 1)
}
