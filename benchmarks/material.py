"""Labelled statements for simulations: seeds/ and, where they are there, the public data sets in a
folder (../shared/data, or $STANCE_DATA) that is no part of this repository."""
import csv
import json
import os
import random
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STANCE = os.environ.get("STANCE", str(ROOT / ".build/release/stance"))
DATA = Path(os.environ.get("STANCE_DATA", ROOT.parent / "shared/data"))
csv.field_size_limit(1 << 30)


class DataSet:
    """Statements with one labelled task."""

    def __init__(self, name, task, rows, multi=False):
        self.name, self.task, self.multi = name, task, multi
        self.rows = [
            {"id": str(number), "text": row["text"], task: row[task]}
            for number, row in enumerate(rows) if row["text"].strip() and (multi or row[task])]
        self.labels = sorted(
            {label for row in self.rows for label in row[task].split(";") if label})

    @property
    def task_option(self):
        return f"{self.task}:{'multi' if self.multi else 'single'}"


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def data_sets(limit=4000):
    """All that are there, each cut to `limit` statements."""
    seeds = read(ROOT / "seeds/statements.csv")
    sets = [
        DataSet("seeds, stance", "stance", seeds, multi=True),
        DataSet("seeds, sentiment", "sentiment", seeds)]
    tweets = DATA / "semeval2017-sentiment/train.csv"
    if tweets.exists():
        sets.append(DataSet("English tweets, sentiment", "sentiment", read(tweets)))
    arabic = sorted(DATA.glob("mawqif/*/train.csv"))
    if arabic:
        rows = [row for path in arabic for row in read(path)]
        sets.append(DataSet("Arabic tweets, sentiment", "sentiment", rows))
    for data in sets:
        random.Random(1).shuffle(data.rows)
        del data.rows[limit:]
    return sets


def write(path, rows, columns):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def stance(*arguments):
    """What the tool prints; its complaints end the program."""
    done = subprocess.run([STANCE, *map(str, arguments)], capture_output=True)
    if done.returncode != 0:
        raise SystemExit(f"stance {arguments[0]}: {done.stderr.decode()}")
    return done.stdout


def stance_json(*arguments):
    return json.loads(stance(*arguments, "--format", "json"))


def table(header, rows):
    """Lines of GitHub's Markdown."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1)] + rows
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
