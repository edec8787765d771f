#!/usr/bin/env python3
"""Writes agreement.json: coefficients of agreement of seeded random answers, by other tools.

usage: python3 make_agreement.py        (needs krippendorff, nltk, scikit-learn, statsmodels)
"""
import json
import random
from importlib.metadata import version
from pathlib import Path

import krippendorff
import numpy as np
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

SEED = 20260101
generator = random.Random(SEED)


def masi(left, right):
    """nltk's masi_distance with 2/3 and 1/3 in place of 0.67 and 0.33, and for empty sets too."""
    if left == right:
        return 0.0
    shared = len(left & right)
    factor = 0 if not shared else 2 / 3 if shared == min(len(left), len(right)) else 1 / 3
    return 1 - shared / len(left | right) * factor


def single(statements, coders, labels, error, missing):
    """Answers that are right but for an error rate, some of them missing."""
    rows = []
    for _ in range(statements):
        truth = generator.randrange(labels)
        row = [truth if generator.random() > error else generator.randrange(labels)
               for _ in range(coders)]
        rows.append([None if generator.random() < missing else value for value in row])
    return rows


def nominal(rows):
    coders = len(rows[0])
    data = np.array([[np.nan if row[coder] is None else row[coder] for row in rows]
                     for coder in range(coders)])
    case = {"answers": [[None if value is None else [value] for value in row] for row in rows],
            "alpha": krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")}
    complete = [row for row in rows if None not in row]
    if len(complete) == len(rows):
        case["fleiss"] = fleiss_kappa(aggregate_raters(np.array(rows))[0], method="fleiss")
    if coders == 2:
        case["cohen"] = cohen_kappa_score(*zip(*complete))
    return case


def sets(statements, coders, rates, error):
    rows = []
    for _ in range(statements):
        truth = [generator.random() < rate for rate in rates]
        rows.append([[label for label, isOn in enumerate(truth)
                      if isOn != (generator.random() < error)] for _ in range(coders)])
    triples = [(f"c{coder}", str(item), frozenset(value))
               for item, row in enumerate(rows) for coder, value in enumerate(row)]
    return {"answers": rows,
            "alpha": AnnotationTask(triples).alpha(),
            "masi": AnnotationTask(triples, distance=masi).alpha()}


result = {
    "seed": SEED,
    "versions": {name: version(name)
                 for name in ("krippendorff", "nltk", "scikit-learn", "statsmodels")},
    "singleLabel": [nominal(single(*case)) for case in
                    [(40, 2, 3, 0.3, 0), (40, 2, 4, 0.4, 0.15), (60, 4, 3, 0.3, 0),
                     (60, 5, 5, 0.4, 0.3)]],
    "multiLabel": [sets(*case) for case in
                   [(50, 2, [0.4, 0.3, 0.2], 0.15), (40, 4, [0.5, 0.2, 0.2, 0.1], 0.2)]],
}
Path(__file__).with_name("agreement.json").write_text(json.dumps(result) + "\n")
