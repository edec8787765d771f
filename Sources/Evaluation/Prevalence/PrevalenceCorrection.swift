/// The share of each class in statements that a classifier has judged, corrected for its errors.
///
/// With A(j, i) the probability that a statement of class i is given answer j, the expected shares of
/// the answers are p = A q for class shares q. The corrected shares are the q on the simplex for which
/// A q is nearest to the p that was found. For two classes this is q = (p − fpr) / (tpr − fpr),
/// bounded to 0...1.
///
/// It holds where the classifier errs on these statements as on those that its errors were counted on:
/// the shares of the classes may differ, what statements of a class are like may not.
///
/// Statements may come in strata (languages) with errors of their own. The strata's unbounded
/// solutions are averaged by their sizes and then bounded once, by the metric Σ w AᵀA, so that a
/// stratum of few statements adds noise and no bias.
///
/// Sources: Rogan & Gladen, "Estimating prevalence from the results of a screening test", Am. J.
/// Epidemiology 107 (1978); Forman, "Quantifying counts and costs via classification", DMKD 17 (2008),
/// for adjusted classify & count; Hopkins & King, "A method of automated nonparametric content analysis
/// for social science", AJPS 54 (2010), for the constrained regression on several classes.
public struct PrevalenceCorrection: Hashable, Sendable {
  /// Statements of one language, or all.
  public struct Stratum: Hashable, Sendable {
    /// k × m counts: rows are the true classes, columns the answers; the first k answers are the
    /// classes, one more may be "no answer". Counted out-of-fold, or on statements that were not
    /// trained on.
    public let errors: [[Int]]
    /// How often each of the m answers was given to the statements whose shares are asked for.
    public let answers: [Int]

    /// - Parameters:
    ///   - errors: k ≥ 2 rows of m ≥ k counts.
    ///   - answers: m counts.
    public init(errors: [[Int]], answers: [Int]) {
      precondition(
        errors.count >= 2 && errors.allSatisfy { $0.count == answers.count }
          && answers.count >= errors.count,
        "a row of counts for each class, one count for each answer")
      precondition(
        answers.allSatisfy { $0 >= 0 } && errors.joined().allSatisfy { $0 >= 0 },
        "counts are not negative")
      (self.errors, self.answers) = (errors, answers)
    }

    var classCount: Int { errors.count }
    var total: Int { answers.reduce(0, +) }
  }

  /// At least one, all with the same classes.
  public let strata: [Stratum]

  /// Takes strata, at least one; those without statements play no part.
  public init(_ strata: [Stratum]) {
    precondition(
      Set(strata.map(\.classCount)).count == 1, "at least one stratum, all with the same classes")
    self.strata = strata.filter { $0.total > 0 }
    classCount = strata[0].classCount
  }

  let classCount: Int

  /// The number of statements.
  public var statementCount: Int { strata.reduce(0) { $0 + $1.total } }

  /// For each class the share of statements that were given it; 0 of none.
  public var rawShares: [Double] {
    (0..<classCount).map { label in
      ratio(strata.reduce(0) { $0 + $1.answers[label] }, statementCount)
    }
  }

  /// The corrected shares, which add up to 1; `nil` where the classifier tells the classes apart too
  /// badly to say, or there is no statement.
  public var correctedShares: [Double]? {
    corrected(
      strata.map { stratum in
        (
          rates: stratum.errors.map(Self.shares), answers: Self.shares(stratum.answers),
          weight: Double(stratum.total)
        )
      })
  }

  typealias Observation = (rates: [[Double]], answers: [Double], weight: Double)

  /// - Parameter observations: for each stratum P(answer | class) by class, the shares of its answers,
  ///   and its size.
  func corrected(_ observations: [Observation]) -> [Double]? {
    let k = classCount
    let total = observations.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return nil }
    var metric = [Double](repeating: 0, count: k * k)
    var unbounded = [Double](repeating: 0, count: k)
    for (rates, answers, weight) in observations {
      let share = weight / total
      var own = [Double](repeating: 0, count: k * k)
      for i in 0..<k {
        for j in 0..<k { own[i * k + j] = zip(rates[i], rates[j]).reduce(0) { $0 + $1.0 * $1.1 } }
      }
      // AᵀA q − λ 1 = Aᵀ p, Σ q = 1.
      var rows = (0..<k).map { i in
        Array(own[i * k..<(i + 1) * k]) + [
          -1, zip(rates[i], answers).reduce(0) { $0 + $1.0 * $1.1 },
        ]
      }
      rows.append([Double](repeating: 1, count: k) + [0, 1])
      guard Self.separates(rates), let solved = LinearSystem.solve(rows) else { return nil }
      for i in 0..<k { unbounded[i] += share * solved[i] }
      for index in own.indices { metric[index] += share * own[index] }
    }
    return SimplexLeastSquares.nearest(matrix: metric, target: unbounded)
  }

  /// Whether every class gets its own answer more often than any other class does: else nothing can be
  /// said of shares from answers.
  private static func separates(_ rates: [[Double]]) -> Bool {
    // Below this difference the correction multiplies every error by more than twenty.
    let least = 0.05
    return rates.indices.allSatisfy { label in
      rates.indices.allSatisfy { $0 == label || rates[label][label] >= rates[$0][label] + least }
    }
  }

  private static func shares(_ counts: [Int]) -> [Double] {
    let total = counts.reduce(0, +)
    return counts.map { ratio($0, total) }
  }
}
