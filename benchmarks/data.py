"""The large corpus: sentences of UN General Debate speeches where they are at hand, else generated.

Both are CSV files with the columns text and era, one of four classes.
"""
import bisect
import csv
import gzip
import itertools
import math
import random
from pathlib import Path

FOLDER = Path("benchmarks/.data")
SPEECHES = Path("../shared/data/un-debates")
CLASSES = ["1946-1969", "1970-1989", "1990-2007", "2008-2024"]


def prepare(rows=None):
    """Returns (name, train, test); `rows` cuts the training file."""
    FOLDER.mkdir(exist_ok=True)
    name = "UN General Debate" if SPEECHES.exists() else "generated"
    files = []
    for part, count in [("train", 238_962), ("test", 56_600)]:
        path = FOLDER / f"{'speeches' if SPEECHES.exists() else 'generated'}-{part}.csv"
        if not path.exists():
            if SPEECHES.exists():
                # Curly apostrophes are straightened: this tool takes both for the same, scikit-learn's
                # pattern does not, and both are to have the same features.
                with gzip.open(SPEECHES / f"{part}.csv.gz") as source, open(path, "wb") as target:
                    target.write(source.read().replace("\u2019".encode(), b"'"))
            else:
                generate(path, count, seed=1 if part == "train" else 2)
        files.append(path)
    if rows:
        small = FOLDER / f"first-{rows}.csv"
        with open(files[0], newline="", encoding="utf-8") as source:
            records = list(itertools.islice(csv.reader(source), rows + 1))
        with open(small, "w", newline="", encoding="utf-8") as target:
            csv.writer(target).writerows(records)
        files[0] = small
    return name, files[0], files[1]


def read(path):
    """The texts and the classes of a file."""
    with open(path, newline="", encoding="utf-8") as source:
        records = list(csv.DictReader(source))
    return [record["text"] for record in records], [record["era"] for record in records]


def count_rows(path):
    """How many records a file has."""
    with open(path, newline="", encoding="utf-8") as source:
        return sum(1 for _ in csv.reader(source)) - 1


def generate(path, count, seed):
    """Writes sentences of made-up words: frequencies after Zipf, lengths log-normal with a mean of
    25 words, and words that each class prefers."""
    generator = random.Random(seed)
    words = [spell(number) for number in range(35_000)]
    sums = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    with open(path, "w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(["text", "era"])
        for _ in range(count):
            label = generator.randrange(len(CLASSES))
            length = max(3, min(120, round(generator.lognormvariate(math.log(21), 0.55))))
            sentence = []
            for _ in range(length):
                number = bisect.bisect(sums, generator.random() * sums[-1])
                if number >= 100 and generator.random() < 0.1:
                    number += label - number % len(CLASSES)
                sentence.append(words[min(number, len(words) - 1)])
            writer.writerow([" ".join(sentence).capitalize() + ".", CLASSES[label]])


def spell(number):
    """A pronounceable word, short for a small number."""
    consonants, vowels = "bdfgklmnprstvz", "aeiou"
    word, rest = "", number + 1
    while rest:
        rest, syllable = divmod(rest, len(consonants) * len(vowels))
        word += consonants[syllable // len(vowels)] + vowels[syllable % len(vowels)]
    return word
