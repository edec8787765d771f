/// The scores of a classifier on a whole population.
struct Truth {
  /// For each label the shares of statements that rightly have it, wrongly, and wrongly not.
  let labels: [(right: Double, wrong: Double, missed: Double)]
  /// The share of statements that are right in all labels.
  let correct: Double
  /// For single-label populations: the share of each gold label's statements that is given each label.
  let rows: [[Double]]

  /// - Parameter errors: how many times as many errors the classifier makes as the population says.
  init(_ population: Population, errors: Double) {
    switch population.kind {
    case .singleLabel(let prior, let missed, let takenFor):
      rows = prior.indices.map { gold in
        prior.indices.map { given in
          let miss = errors * missed[gold]
          return (gold == given ? 1 - miss : 0) + miss * takenFor[gold][given]
        }
      }
      let rows = rows
      labels = prior.indices.map { label in
        let wrong = prior.indices.filter { $0 != label }.reduce(0) {
          $0 + prior[$1] * rows[$1][label]
        }
        return (
          prior[label] * rows[label][label], wrong, prior[label] * (1 - rows[label][label])
        )
      }
      correct = prior.indices.reduce(0) { $0 + prior[$1] * rows[$1][$1] }
    case .multiLabel(let prior, let missed, let wrong):
      rows = []
      labels = prior.indices.map { label in
        (
          prior[label] * (1 - errors * missed[label]), (1 - prior[label]) * errors * wrong[label],
          prior[label] * errors * missed[label]
        )
      }
      correct =
        population.isGrouped
        ? Self.groupedCorrect(prior, missed, wrong, errors)
        : labels.reduce(1) { $0 * (1 - $1.wrong - $1.missed) }
    }
  }

  /// The hardness of a group, uniform in 0...2, is common to all labels: the mean of the product over
  /// it, by the midpoints of many steps.
  private static func groupedCorrect(
    _ prior: [Double], _ missed: [Double], _ wrong: [Double], _ errors: Double
  ) -> Double {
    let steps = 2000
    return (0..<steps).reduce(0.0) { sum, step in
      let hardness = 2 * (Double(step) + 0.5) / Double(steps)
      return sum
        + prior.indices.reduce(1.0) { product, label in
          product
            * (1 - hardness * errors
              * (prior[label] * missed[label] + (1 - prior[label]) * wrong[label]))
        } / Double(steps)
    }
  }

  func precision(_ label: Int) -> Double {
    labels[label].right / (labels[label].right + labels[label].wrong)
  }
  func recall(_ label: Int) -> Double {
    labels[label].right / (labels[label].right + labels[label].missed)
  }
  func f1(_ label: Int) -> Double {
    2 * labels[label].right
      / (2 * labels[label].right + labels[label].wrong + labels[label].missed)
  }

  var macroF1: Double {
    labels.indices.reduce(0) { $0 + f1($1) } / Double(labels.count)
  }

  var microF1: Double {
    let right = labels.reduce(0) { $0 + $1.right }
    return 2 * right / (2 * right + labels.reduce(0) { $0 + $1.wrong + $1.missed })
  }
}
