"""Labelled statements for simulations: seeds/ and, where $STANCE_DATA names a folder that has them,
two public data sets that are no part of this repository: the English tweets of SemEval-2017 task 4A
(semeval2017-sentiment/train.csv) and the Arabic tweets of Mawqif (mawqif/TARGET/train.csv), each with
the columns text and sentiment."""
import csv
import json
import os
import random
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STANCE = os.environ.get("STANCE", str(ROOT / ".build/release/stance"))
DATA = Path(os.environ["STANCE_DATA"]) if "STANCE_DATA" in os.environ else None
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
    if DATA:
        tweets = read(DATA / "semeval2017-sentiment/train.csv")
        sets.append(DataSet("English tweets, sentiment", "sentiment", tweets))
        arabic = [row for path in sorted(DATA.glob("mawqif/*/train.csv")) for row in read(path)]
        sets.append(DataSet("Arabic tweets, sentiment", "sentiment", arabic))
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
