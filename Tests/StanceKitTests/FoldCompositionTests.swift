import StanceKit
import Testing

@Suite("What folds hold")
struct FoldCompositionTests {
  private func validated(_ rows: [TrainingRow], seed: UInt64 = 1) throws -> CrossValidation {
    let configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 4, seed: seed)
    return try Trainer(configuration).crossValidate(TrainingRow.labelled(rows))
  }

  @Test("near-duplicates share a fold, whatever their groups")
  func nearDuplicatesStayTogether() throws {
    var source = WordSource(seed: 5)
    var rows: [TrainingRow] = []
    for row in source.rows(60) {
      let words = source.words(20).joined(separator: " ")
      for _ in 0..<2 {
        var version = row
        version.text += " \(words) \(source.words(1)[0])"
        version.group = "g\(rows.count)"
        rows.append(version)
      }
    }
    let validated = try validated(rows)
    #expect(validated.summary.nearDuplicateCount == 60)
    #expect(validated.summary.groupCount == 60)
    let folds = validated.folds.foldOfRow
    for first in stride(from: 0, to: rows.count, by: 2) {
      #expect(folds[first] == folds[first + 1], "statements \(first) and \(first + 1)")
    }
  }

  @Test("every fold holds its share of a rare language", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func languagesAreBalanced(seed: UInt64) throws {
    var source = WordSource(seed: 6)
    var rows = source.rows(160)
    for index in rows.indices where index % 10 == 0 { rows[index].language = "ar" }
    let folds = try validated(rows, seed: seed).folds
    let counts = (0..<folds.count).map { fold in
      folds.held(out: fold).count { rows[$0].language == "ar" }
    }
    #expect(counts.allSatisfy { abs($0 - 4) <= 1 }, "\(counts) statements of 16")
  }

  @Test("without known words a statement gets no label out of fold either")
  func unknownWordsGetNoLabel() throws {
    var source = WordSource(seed: 7)
    var rows = source.rows(80)
    rows[33].text = source.words(6).joined(separator: " ")
    let validated = try validated(rows)
    for judgements in validated.judgements {
      #expect(judgements[33].labels.isEmpty)
    }
    let tones = try #require(validated.judgements.last)
    #expect(tones.indices.allSatisfy { $0 == 33 || tones[$0].labels.count == 1 })
  }
}
