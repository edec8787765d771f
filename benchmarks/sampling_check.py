"""Does `stance next` save labels? From 50 labelled at random, 50 more at a time are labelled: those
that it chooses, or a random draw. Reported: the labels that each strategy needs for the macro F1 that
the random draw has in the end, as a share of the random draw's; means of several beginnings, words
only, one penalty, no cross-validation.

Exit status 1 when entropy, margin and diverse all miss the bar: 70 % of the labels on three of four
data sets.

usage: sampling_check.py [--final N] [--repeats N] [--strategies NAME,NAME…] [--only DATA]
"""
import argparse
import csv
import io
import random
import sys
import tempfile
from pathlib import Path

from material import data_sets, stance, stance_json, table, write

BATCH = 50
TEST = 1000


def curve(data, strategy, final, seed, folder):
    """Macro F1 on the same test statements at 50, 100, … labels."""
    generator = random.Random(seed)
    rows = data.rows[:]
    generator.shuffle(rows)
    test, pool = rows[:min(TEST, len(rows) // 3)], rows[min(TEST, len(rows) // 3):]
    by_id = {row["id"]: row for row in pool}
    columns = ["id", "text", data.task]
    names = {part: folder / f"{part}.csv" for part in ("test", "labelled", "pool")}
    model = folder / "model.safetensors"
    write(names["test"], test, columns)
    labelled, scores = pool[:BATCH], []
    while True:
        write(names["labelled"], labelled, columns)
        stance("train", names["labelled"], "--task", data.task_option, "--recipe", "words",
               "--penalty", "1e-3", "--folds", "0", "--quiet", "--output", model)
        evaluated = stance_json("evaluate", names["test"], "--model", model, "--quiet")
        scores.append(evaluated[data.task]["macro-f1"])
        if len(labelled) >= final:
            return scores
        known = {row["id"] for row in labelled}
        write(names["pool"], [row for row in pool if row["id"] not in known], ["id", "text"])
        chosen = stance("next", names["pool"], "--model", model, "--by", strategy, "-n", BATCH,
                        "--labelled", names["labelled"], "--seed", seed, "--quiet").decode()
        labelled = labelled + [by_id[row["id"]] for row in csv.DictReader(io.StringIO(chosen))]


def mean(curves):
    return [sum(scores) / len(scores) for scores in zip(*curves)]


def labels_needed(scores, goal):
    """The labels at which a curve first reaches a score, between two points in proportion."""
    for index, score in enumerate(scores):
        if score >= goal:
            if index == 0:
                return BATCH
            before = scores[index - 1]
            return BATCH * (index + (goal - before) / (score - before))
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--final", type=int, default=600)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--strategies", default="entropy,margin,diverse")
    parser.add_argument("--only", default="", help="data sets whose name contains this")
    options = parser.parse_args()
    strategies = options.strategies.split(",")
    lines, reached = [], {strategy: 0 for strategy in strategies}
    with tempfile.TemporaryDirectory(prefix="stance-sampling-") as folder:
        sets = [data for data in data_sets() if options.only in data.name]
        for data in sets:
            print(f"{data.name} …", file=sys.stderr, flush=True)

            def curves(strategy):
                return mean([
                    curve(data, strategy, options.final, seed, Path(folder))
                    for seed in range(1, options.repeats + 1)])

            goal = curves("random")[-1]
            cells = []
            for strategy in strategies:
                scores = curves(strategy)
                needed = labels_needed(scores, goal)
                share = needed / options.final if needed else None
                reached[strategy] += share is not None and share <= 0.7
                cells.append(f"{share:.2f} ({scores[-1]:.3f})" if share else f"– ({scores[-1]:.3f})")
            lines.append([data.name, f"{goal:.3f}"] + cells)
            print(lines[-1], file=sys.stderr, flush=True)
    print(table(
        [f"macro F1 at {options.final} random labels", "random"]
        + [f"{strategy}: share of labels (final)" for strategy in strategies], lines))
    if max(reached.values()) < min(3, len(sets)):
        sys.exit("missed: 70 % of the labels on three data sets")


main()
