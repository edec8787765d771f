/// How sure a rule is.
enum Confidence {
  static func of(_ attribution: Attribution) -> Double {
    var value =
      switch attribution.rule {
      case .quoteThenCue, .splitQuote: 0.97
      case .cueThenQuote: 0.93
      case .participle: 0.9
      case .label, .dash: 0.85
      case .accordingTo: 0.85
      case .floating: 0.85
      case .clause: 0.8
      case .clauseThenCue: 0.8
      case .infinitive: 0.7
      case .thing: 0.65
      case .nominal: 0.7
      case .unattributed: 0.5
      }
    if attribution.speaker == nil { value -= 0.2 }
    if attribution.inheritsSpeaker { value -= 0.05 }
    return (value * 100).rounded() / 100
  }
}
