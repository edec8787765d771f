#!/usr/bin/env python3
"""Writes confident_learning.json: suspects of seeded random labels, found by cleanlab.

usage: python3 make_confident_learning.py        (needs cleanlab 2.6 or later)
"""
import json
from pathlib import Path

import cleanlab
import numpy as np
from cleanlab.count import compute_confident_joint, get_confident_thresholds
from cleanlab.rank import get_label_quality_scores

SEED = 20210414
generator = np.random.default_rng(SEED)


def case(rows, label_count, noise):
    """Probabilities that lean to the true label; `noise` of the given labels are drawn anew."""
    true = generator.integers(0, label_count, rows)
    given = np.where(generator.random(rows) < noise, generator.integers(0, label_count, rows), true)
    scores = generator.normal(size=(rows, label_count)) + 1.5 * np.eye(label_count)[true]
    exponentials = np.exp(scores)
    # Six digits, so that both sides read the same numbers.
    probabilities = np.round(exponentials / exponentials.sum(axis=1, keepdims=True), 6)
    _, suspects = compute_confident_joint(
        given, probabilities, calibrate=False, return_indices_of_off_diagonals=True)
    confidences = get_label_quality_scores(
        given, probabilities, method="self_confidence", adjust_pred_probs=False)
    return {
        "labelCount": label_count, "given": given.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "thresholds": get_confident_thresholds(given, probabilities).tolist(),
        "suspects": [int(row) for row in suspects],
        "confidences": [float(confidences[row]) for row in suspects]}


cases = [case(60, 2, 0.2), case(80, 3, 0.2), case(100, 5, 0.4)]
path = Path(__file__).with_name("confident_learning.json")
path.write_text(
    json.dumps({"cleanlab": cleanlab.__version__, "seed": SEED, "cases": cases}) + "\n")
