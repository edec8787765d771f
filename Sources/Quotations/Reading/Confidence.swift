/// How sure a rule is: about the share of its quotations that are right at an overlap of 0.3, measured
/// on the 240 training articles of PolNeAR (Newell et al. 2018).
enum Confidence {
  static func of(_ attribution: Attribution) -> Double {
    var value =
      switch attribution.rule {
      case .quoteThenCue: 0.98
      case .floating: 0.97
      case .label: 0.95
      case .accordingTo, .clauseThenCue, .participle, .cueThenQuote: 0.88
      case .clause: 0.88
      // Too rare there to be measured.
      case .dash: 0.85
      case .splitQuote: 0.85
      case .nominal, .unattributed: 0.78
      case .infinitive, .thing: 0.75
      }
    if attribution.speaker == nil { value -= 0.1 }
    if attribution.inheritsSpeaker { value -= 0.05 }
    return (value * 100).rounded() / 100
  }
}
