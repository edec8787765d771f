import Quotations
import Testing

@Suite("Arabic attribution")
struct ArabicTests {
  @Test(
    "direct speech",
    arguments: [
      (
        "وقال الوزير سامر المارديني: «لن نغادر المدينة».", "الوزير سامر المارديني",
        "«لن نغادر المدينة»"
      ),
      ("«لن نغادر المدينة»، قال سامر المارديني.", "سامر المارديني", "«لن نغادر المدينة»"),
      (
        "أما الفنانة جمانة الرفاعي فغرّدت: \"لن نغادر المدينة\".", "الفنانة جمانة الرفاعي",
        "\"لن نغادر المدينة\""
      ),
      (
        "ونقلت وكالة محلية عن الناخبة سعاد مخول قولها: «لن نغادر المدينة».", "الناخبة سعاد مخول",
        "«لن نغادر المدينة»"
      ),
      (
        "وعلّقت المحامية نور الكردي على النفي قائلة: «لن نغادر المدينة».", "المحامية نور الكردي",
        "«لن نغادر المدينة»"
      ),
      ("قال الوزير ”لن نغادر المدينة أبداً“.", "الوزير", "”لن نغادر المدينة أبداً“"),
    ])
  func direct(text: String, speaker: String, quotation: String) {
    #expect(found(text) == [Found(.direct, speaker, quotation)])
  }

  @Test(
    "reported speech",
    arguments: [
      ("قال الوزير إن الجولة انتهت.", "الوزير", "إن الجولة انتهت"),
      ("أكدت وزارة الدفاع أن القوات انسحبت.", "وزارة الدفاع", "أن القوات انسحبت"),
      ("وحذّر نائب الرئيس من أن الحرب ستطول.", "نائب الرئيس", "أن الحرب ستطول"),
      ("وأفاد دبلوماسي بأن النقاش كان طويلاً.", "دبلوماسي", "بأن النقاش كان طويلاً"),
      ("وبحسب تقرير اللجنة، فإن الاحتجاز مستمر.", "تقرير اللجنة", "فإن الاحتجاز مستمر"),
      (
        "رئيس الوفد قال من جانبه ان اللقاء سيعقد في الخريف.", "رئيس الوفد",
        "ان اللقاء سيعقد في الخريف"
      ),
      ("دعت المديرة غادة المرعي إلى إطلاق المعتقلات.", "المديرة غادة المرعي", "إطلاق المعتقلات"),
      ("وشدد الوزير على ضرورة وقف القصف.", "الوزير", "ضرورة وقف القصف"),
      ("وطالب الوزير بإعفاء الفلاحين من الفوائد.", "الوزير", "بإعفاء الفلاحين من الفوائد"),
    ])
  func reported(text: String, speaker: String, content: String) {
    #expect(found(text) == [Found(.indirect, speaker, content)])
  }

  @Test("a participle reports for the subject of its sentence")
  func participle() {
    let quotes = found(
      "قال الوزير إن الجولة انتهت، مؤكداً أن الوفد لن يغادر، ومضيفاً: «لن ننتظر أحداً».")
    #expect(quotes.map(\.speaker) == ["الوزير", "الوزير", "الوزير"])
    #expect(quotes.map(\.kind) == [.indirect, .indirect, .direct])
  }

  @Test("vowel signs and hamza do not matter")
  func spelling() {
    for text in ["أكّد الوزير أنّ الحرب انتهت.", "اكد الوزير ان الحرب انتهت."] {
      #expect(found(text).map(\.speaker) == ["الوزير"], "\(text)")
    }
  }

  @Test("what one refuses to comment is no quotation")
  func refusal() {
    #expect(found("ورفضت الأمانة العامة التعليق على القرار.").isEmpty)
  }

  @Test("the speech of an interview belongs to its labels")
  func interview() {
    let quotes = found("البيطار: بقي النص.\n\nوماذا بعد؟\n\nالبيطار: لا شيء.")
    #expect(quotes.map(\.speaker) == ["البيطار", "البيطار"])
    #expect(quotes.map(\.text) == ["بقي النص.", "لا شيء."])
  }
}
