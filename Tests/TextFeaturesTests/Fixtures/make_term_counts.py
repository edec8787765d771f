"""Writes term_counts.json: n-gram counts and weights of hard statements by scikit-learn.

Needs scikit-learn and regex. Left out, because Python differs there in a documented corner:
- a capital sigma at a word's end: str.lower() looks at its context (final sigma), TextFeatures does
  not;
- U+001C to U+001F: str.split() cuts there, Unicode's White_Space does not hold them.

Terms stand in a list of their own and documents refer to them by number, because Swift's strings
compare canonically equivalent terms as equal and could not be keys of a dictionary here.
"""

import json
import pathlib

import regex
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

STATEMENTS = [
    "The United Nations MUST act now; the United Nations must not wait.",
    "Él Übermäßig ŒUVRE façade İstanbul IŞIK naïve résumé NAÏVE",
    "e\u0301te\u0301 E\u0301TE\u0301 été a\u030Angstro\u0308m",
    "قَالَ الرَّئِيسُ إنّ الأُمَّة مــــتّحدة",
    "إلى الأمم المتحدة: أين العدالة؟ آه، ٱلسلام على فلسطين، على القدس",
    "لا للتطبيع لا للتطبيع ١٢٣ ۴۵۶",
    "Well done 👩‍👩‍👧‍👦 👍🏽👍🏽 🇺🇳 ❤️ peace",
    "हिन्दी में क्षमा करें संयुक्त राष्ट्र",
    "Việt Nam VIỆT NAM Vie\u0323\u0302t Nam quốc hội",
    "שָׁלוֹם עולם שלום־עולם",
    "联合国安全理事会第242号决议。联合国",
    "เราต้องการสันติภาพ ไทย",
    "Resolution 242 (1967), 3.14% of 1,000,000 x² ½ Ⅷ ①",
    "#FreePalestine @UN_Spokesperson #FreePalestine the_end __init__",
    "don't don’t l'eau rock'n'roll O'Neill 'quoted'",
    "see https://www.un.org/en/ga/?q=a&b=%20c#frag or mail a.b@c.org",
    "",
    "?!... -- ;;; ()",
    "\u00a0non\u00a0breaking\u00a0\u2003spaces\u3000wide\u3000",
    "\tone\ttwo\n\nthree   four \x0b five\x0c",
    "line one\r\nline two\r\n\r\nline two",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " + "ab" * 40,
    "a b c d a b c d a b a",
    "ПРАВО НА САМООПРЕДЕЛЕНИЕ право на жизнь ДЖ Ǆ ǅ ǆ",
    "ΕΛΛΑΔΑ και ελλαδα Ω Ω",
    "가나다 한국 \u1112\u1161\u11ab Ｆｕｌｌ ﬁne ﷺ ﻻ",
    "zero\u200bwidth soft\u00adhyphen left\u200eright bom\ufeff x\u200dy",
]

WORD = regex.compile(r"[\p{L}\p{M}\p{N}\p{Pc}]+").findall
WEIGHTINGS = {
    "binary": dict(use_idf=False, binary=True),
    "count": dict(use_idf=False),
    "tfIDF": dict(),
    "sublinearTFIDF": dict(sublinear_tf=True),
}


def options(block, low, high, min_df):
    common = dict(lowercase=True, ngram_range=(low, high), min_df=min_df)
    if block == "words":
        return dict(common, analyzer="word", tokenizer=WORD, token_pattern=None)
    return dict(common, analyzer="char_wb")


def case(block, low, high, min_df, weighting):
    chosen = options(block, low, high, min_df)
    if weighting is None:
        vectorizer = CountVectorizer(**chosen)
    else:
        vectorizer = TfidfVectorizer(norm="l2", **WEIGHTINGS[weighting], **chosen)
    matrix = vectorizer.fit_transform(STATEMENTS).tocsr()
    matrix.sort_indices()
    documents = []
    for row in range(matrix.shape[0]):
        entries = slice(matrix.indptr[row], matrix.indptr[row + 1])
        documents.append({
            "terms": matrix.indices[entries].tolist(),
            "values": matrix.data[entries].tolist(),
        })
    return {
        "block": block, "low": low, "high": high, "minimumDocumentFrequency": min_df,
        "weighting": weighting, "terms": vectorizer.get_feature_names_out().tolist(),
        "documents": documents,
    }


def cases():
    for low, high in [(1, 1), (1, 2), (2, 3)]:
        for min_df in [1, 2]:
            for weighting in [None, *WEIGHTINGS]:
                yield case("words", low, high, min_df, weighting)
    for low, high in [(2, 5), (3, 5), (1, 3)]:
        yield case("characters", low, high, 1, None)
        yield case("characters", low, high, 1, "tfIDF")
        for weighting in [None, *WEIGHTINGS]:
            yield case("characters", low, high, 2, weighting)


def main():
    result = {"statements": STATEMENTS, "cases": list(cases())}
    path = pathlib.Path(__file__).with_name("term_counts.json")
    path.write_text(json.dumps(result, ensure_ascii=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
