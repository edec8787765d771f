"""Measures how good models are, and how honest, on the data sets beside the project; where these are
absent, on seeds/ alone. Writes benchmarks/results/accuracy-DATE.md when it has measured everything.

usage: accuracy.py [--only NAME[,NAME…]]

Scores are out-of-fold and of the whole procedure, unless the table says otherwise. Nothing here is
chosen by what it prints.
"""
import argparse
import collections
import csv
import datetime
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STANCE = ".build/release/stance"
DATA = Path("../shared/data")
SEEDS = "seeds/statements.csv"
CODEBOOK = "seeds/codebook.yaml"
PEERS = Path("benchmarks/.peers/bin/python")
FOLDER = Path(tempfile.mkdtemp(prefix="stance-accuracy-"))
#: (measure, found, aim, whether more is better) of each row of the table.
ROWS = []


def stance(*arguments):
    """The standard output of a command of the tool."""
    command = [STANCE, *(str(argument) for argument in arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stderr}")
    return done.stdout


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path, records):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(records[0]))
        writer.writeheader()
        writer.writerows(records)
    return path


def answers(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def labels(cell):
    return {part.strip() for part in cell.split(";") if part.strip()}


def counts(gold, predicted, label):
    """True positives, false positives, false negatives of one label."""
    both = list(zip(gold, predicted))
    return (sum(label in g and label in p for g, p in both),
            sum(label not in g and label in p for g, p in both),
            sum(label in g and label not in p for g, p in both))


def f1(gold, predicted, label):
    hit, false, missed = counts(gold, predicted, label)
    return 2 * hit / (2 * hit + false + missed) if hit else 0.0


def macro(gold, predicted):
    names = sorted(set().union(*gold))
    return sum(f1(gold, predicted, name) for name in names) / len(names)


def mean_recall(gold, predicted):
    names = sorted(set().union(*gold))
    found = [counts(gold, predicted, name) for name in names]
    return sum(hit / (hit + missed) for hit, _, missed in found) / len(names)


def favor_against(gold, predicted):
    return (f1(gold, predicted, "favor") + f1(gold, predicted, "against")) / 2


def row(measure, found, aim=None, more=True, digits=3):
    """Keeps and prints a row of the table."""
    ROWS.append((measure, found, aim, more, digits))
    print(line(ROWS[-1]), flush=True)


def line(entry):
    measure, found, aim, more, digits = entry
    shown = f"{found:.{digits}f}" if isinstance(found, float) else str(found)
    if aim is None:
        return f"| {measure} | {shown} | |"
    met = found >= aim if more else found <= aim
    sign = "at least" if more else "at most"
    return f"| {measure} | {shown} | {sign} {aim:g}{'' if met else ', **missed**'} |"


def cross_validate(path, *options):
    """Gold labels by task, and the out-of-fold answers, of a labelled file."""
    target = FOLDER / "folds.jsonl"
    stance("cross-validate", path, "--predictions", target, "--quiet", *options)
    return rows(path), answers(target)


def predicted(found, task):
    return [set(answer[task]["labels"]) for answer in found]


def pooled(targets, task, *options):
    """Gold and predicted labels of several models, one a target."""
    gold, guesses = [], []
    for name, path in targets:
        records, found = cross_validate(path, "--task", f"{task}:single", *options)
        kept = [index for index, record in enumerate(records) if record[task].strip()]
        gold += [labels(records[index][task]) for index in kept]
        guesses += [predicted(found, task)[index] for index in kept]
    return gold, guesses


def tweets_2016():
    """SemEval-2016 task 6: stance on five targets, one model each, training and development pooled."""
    targets = []
    for folder in sorted(path for path in (DATA / "semeval2016-stance").iterdir() if path.is_dir()):
        both = rows(folder / "train.csv") + rows(folder / "dev.csv")
        targets.append((folder.name, write(FOLDER / f"{folder.name}.csv", both)))
    gold, guesses = pooled(targets, "stance")
    row("tweets on five targets (SemEval-2016): mean F1 of favor and against",
        favor_against(gold, guesses), 0.715)


def near_copies(texts, others, length=5, least=0.5):
    """For each text whether one of the others shares at least `least` of both's runs of characters
    (Jaccard index of the sets of all runs of `length`)."""
    def runs(text):
        text = " ".join(text.lower().split())
        return {text[i:i + length] for i in range(max(1, len(text) - length + 1))}

    sets = [runs(text) for text in texts]
    holders = {}
    for index, found in enumerate(sets):
        for run in found:
            holders.setdefault(run, []).append(index)
    copied = [False] * len(texts)
    for other in map(runs, others):
        shared = collections.Counter(
            index for run in other for index in holders.get(run, ()) if not copied[index])
        for index, count in shared.items():
            if count >= least * (len(other) + len(sets[index]) - count):
                copied[index] = True
    return copied


def tweets_2017():
    """SemEval-2017 task 4A: sentiment of tweets, from the training to the development half."""
    folder = DATA / "semeval2017-sentiment"
    model = FOLDER / "tweets.safetensors"
    started = time.monotonic()
    stance("train", folder / "train.csv", "--codebook", folder / "codebook.yaml", "--target",
           "balanced-accuracy", "--output", model, "--quiet")
    minutes = (time.monotonic() - started) / 60
    gold = [labels(record["sentiment"]) for record in rows(folder / "dev.csv")]
    known = near_copies([record["text"] for record in rows(folder / "dev.csv")],
                        [record["text"] for record in rows(folder / "train.csv")])
    new = [index for index, copied in enumerate(known) if not copied]
    usual = FOLDER / "usual.safetensors"
    stance("threshold", model, "--target", "f1", "--output", usual)
    for judge, goal, aim in ((model, "decisions for balanced accuracy", 0.785),
                             (usual, "decisions as without --target", None)):
        found = FOLDER / "dev.jsonl"
        found.write_text(stance("classify", "--input", folder / "dev.csv", "--model", judge, "--format",
                                "jsonl", "--quiet"), encoding="utf-8")
        guesses = predicted(answers(found), "sentiment")
        row(f"sentiment of tweets (SemEval-2017), development half, {goal}: macro recall",
            mean_recall(gold, guesses), aim)
        row(f"the same without the {len(gold) - len(new)} texts of which the training half holds near "
            "copies", mean_recall([gold[index] for index in new], [guesses[index] for index in new]))
    row("minutes to train on 48,176 tweets, everything chosen", minutes, 4, more=False, digits=1)


def arabic_tweets():
    """Mawqif: stance of Arabic tweets on three targets, one model each."""
    targets = [(path.parent.name, path) for path in sorted((DATA / "mawqif").glob("*/train.csv"))]
    gold, guesses = pooled(targets, "stance")
    found = favor_against(gold, guesses)
    if not PEERS.exists():
        row("Arabic tweets on three targets (Mawqif): mean F1 of favor and against", found)
        print("without the peers (benchmarks/run) there is no reference for Arabic", file=sys.stderr)
        return
    hit = []
    for name, path in targets:
        _, folds = cross_validate(path, "--task", "stance:single", "--recipe", "words", "--penalty",
                                  "1e-4", "--class-weight", "none")
        numbers = FOLDER / "numbers.json"
        numbers.write_text(json.dumps([answer["fold"] for answer in folds]))
        done = subprocess.run(
            [PEERS, "benchmarks/peers/scikit_learn_reference.py", path, "stance", numbers],
            capture_output=True, text=True, check=True)
        hit += [{label} for label in json.loads(done.stdout)]
    reference = favor_against(gold, hit)
    row("Arabic tweets on three targets (Mawqif): mean F1 of favor and against; scikit-learn, same "
        f"folds: {reference:.3f}", found, round(reference + 0.02, 3))


def seeds():
    """The project's own statements in two languages."""
    records, found = cross_validate(SEEDS, "--codebook", CODEBOOK)
    for task, aim in (("stance", 0.845), ("sentiment", 0.765)):
        gold = [labels(record[task]) for record in records]
        guesses = predicted(found, task)
        row(f"seeds, {task}, both languages: macro F1", macro(gold, guesses), aim)
        for language in ("en", "ar"):
            chosen = [i for i, record in enumerate(records) if record["language"] == language]
            row(f"seeds, {task}, {language}", macro([gold[i] for i in chosen],
                                                   [guesses[i] for i in chosen]))
    row("seeds, sentiment: expected calibration error of the most probable label",
        calibration_error(records, found, "sentiment"), 0.03, more=False)


def calibration_error(records, found, task, bins=10):
    """Σ over bins of the share of statements × |accuracy − mean probability| (Guo et al. 2017, eq. 3)."""
    sums = [[0, 0.0, 0.0] for _ in range(bins)]
    for record, answer in zip(records, found):
        label, probability = max(answer[task]["probabilities"].items(), key=lambda entry: entry[1])
        entry = sums[min(bins - 1, int(probability * bins))]
        entry[0] += 1
        entry[1] += record[task].strip() == label
        entry[2] += probability
    return sum(abs(right - expected) for _, right, expected in sums) / len(records)


def tweets_calibration():
    """Calibration on a quarter of the tweets, out-of-fold."""
    records = rows(DATA / "semeval2017-sentiment/train.csv")
    random.Random(1).shuffle(records)
    path = write(FOLDER / "quarter.csv", records[:12_000])
    records, found = cross_validate(path, "--task", "sentiment:single", "--recipe", "both",
                                    "--penalty", "3.2e-5", "--folds", 5)
    row("sentiment of 12,000 tweets: expected calibration error of the most probable label",
        calibration_error(records, found, "sentiment"), 0.03, more=False)


def real_sentences():
    """The shipped model, with its own thresholds, on real sentences about Syria coded by hand."""
    path = DATA / "syria-un/dev.csv"
    found = FOLDER / "syria.jsonl"
    found.write_text(stance("classify", "--input", path, "--model",
                            "Models/syria-stances.safetensors", "--format", "jsonl", "--quiet"),
                     encoding="utf-8")
    records = rows(path)
    for task, aim in (("stance", 0.65), ("sentiment", None)):
        kept = [i for i, record in enumerate(records) if task == "stance" or record[task].strip()]
        gold = [labels(records[i][task]) for i in kept]
        row(f"real sentences on Syria, the shipped model, {task}: macro F1",
            macro(gold, [predicted(answers(found), task)[i] for i in kept]), aim)


def shuffled_labels():
    """Labels dealt out at random: an honest score is at chance, whatever was tried."""
    records = rows(SEEDS)
    order = [record["sentiment"] for record in records]
    random.Random(7).shuffle(order)
    for record, label in zip(records, order):
        record["sentiment"] = label
    path = write(FOLDER / "shuffled.csv", records)
    records, found = cross_validate(path, "--task", "sentiment:single")
    gold = [labels(record["sentiment"]) for record in records]
    row("seeds with shuffled sentiments (three labels): macro F1", macro(gold, predicted(
        found, "sentiment")), 0.36, more=False)


def precision_targets():
    """Whether what --target precision=0.9 promises holds on statements that training did not see."""
    sets = [("seeds, stances", SEEDS, ["--codebook", CODEBOOK, "--task", "stance"], "stance", None)]
    tweets = DATA / "semeval2017-sentiment/train.csv"
    if tweets.exists():
        sets.append(("sentiment of tweets", tweets, ["--task", "sentiment:single"], "sentiment", 6_000))
    for name, path, options, task, size in sets:
        kept = sum(holds(rows(path), options, task, size, seed) for seed in range(1, 21))
        row(f"{name}: splits of 20 whose precision is 0.9 within its interval", kept, 18)


def holds(records, options, task, size, seed):
    """Whether a model of one half keeps its promise, all labels pooled, on the other half."""
    generator = random.Random(seed)
    groups = sorted({record.get("group") or record["id"] for record in records})
    generator.shuffle(groups)
    first = set(groups[:len(groups) // 2])
    halves = [[r for r in records if ((r.get("group") or r["id"]) in first) == side]
              for side in (True, False)]
    for half in halves:
        generator.shuffle(half)
    train = write(FOLDER / "half.csv", halves[0][:size])
    test = write(FOLDER / "other.csv", halves[1])
    model = FOLDER / "half.safetensors"
    stance("train", train, *options, "--recipe", "both", "--penalty", "3.2e-5", "--class-weight",
           "balanced", "--folds", 5, "--target", "precision=0.9", "--output", model, "--quiet")
    found = FOLDER / "other.jsonl"
    found.write_text(stance("classify", "--input", test, "--model", model, "--format", "jsonl",
                            "--quiet"), encoding="utf-8")
    gold = [labels(record[task]) for record in halves[1]]
    guesses = predicted(answers(found), task)
    hit = sum(len(g & p) for g, p in zip(gold, guesses))
    given = sum(len(p) for p in guesses)
    if given == 0:
        return False
    precision = hit / given
    half_width = 1.96 * math.sqrt(precision * (1 - precision) / given)
    return precision >= 0.9 - half_width


MEASURES = {
    "seeds": (seeds, None), "shuffled": (shuffled_labels, None),
    "precision": (precision_targets, None), "tweets-2016": (tweets_2016, "semeval2016-stance"),
    "arabic": (arabic_tweets, "mawqif"), "syria": (real_sentences, "syria-un"),
    "calibration": (tweets_calibration, "semeval2017-sentiment"),
    "tweets-2017": (tweets_2017, "semeval2017-sentiment"),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default=",".join(MEASURES))
    names = parser.parse_args().only.split(",")
    for name in names:
        if name not in MEASURES:
            sys.exit(f"--only: found {name}, expected some of {', '.join(MEASURES)}")
    started = datetime.datetime.now()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    skipped = []
    for name in names:
        measure, needed = MEASURES[name]
        if needed and not (DATA / needed).exists():
            skipped.append(name)
            print(f"skipped {name}: there is no {DATA / needed}", file=sys.stderr)
            continue
        measure()
    if skipped or names != list(MEASURES):
        return
    minutes = (datetime.datetime.now() - started).total_seconds() / 60
    text = [f"# Accuracy, {started.date().isoformat()}", "",
            f"`make accuracy`, commit {commit.stdout.strip()}, {os.cpu_count()} processors, "
            f"{minutes:.0f} minutes. Out-of-fold, of the whole procedure, unless a row says otherwise.",
            "", "| measure | found | aim |", "|---|---:|---|", *map(line, ROWS), ""]
    folder = Path("benchmarks/results")
    folder.mkdir(exist_ok=True)
    path = folder / f"accuracy-{started.date().isoformat()}.md"
    path.write_text("\n".join(text), encoding="utf-8")
    print(f"wrote {path}", file=sys.stderr)


main()
