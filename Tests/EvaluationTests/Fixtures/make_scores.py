#!/usr/bin/env python3
"""Writes scores.json: scores of seeded random answers, computed by scikit-learn.

usage: python3 make_scores.py        (needs scikit-learn 1.7 or later, for brier_score_loss)
"""
import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    accuracy_score, balanced_accuracy_score, brier_score_loss, confusion_matrix, hamming_loss,
    log_loss, multilabel_confusion_matrix, precision_recall_curve,
    precision_recall_fscore_support)

SEED = 20240913
generator = np.random.default_rng(SEED)


def per_label_and_averages(gold, predicted, labels, supported):
    precision, recall, f1, support = precision_recall_fscore_support(
        gold, predicted, labels=labels, zero_division=0)
    averages = {
        average: precision_recall_fscore_support(
            gold, predicted, labels=supported if average == "macro" else labels,
            average=average, zero_division=0)[:3]
        for average in ("macro", "micro")}
    return {
        "precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(),
        "support": support.tolist(),
        "macro": [float(value) for value in averages["macro"]],
        "micro": [float(value) for value in averages["micro"]]}


def single_label(rows, label_count, gold_label_count):
    """Answers that are right about half the time; labels from gold_label_count on have no support."""
    gold = generator.integers(0, gold_label_count, rows)
    predicted = np.where(
        generator.random(rows) < 0.5, gold, generator.integers(0, label_count, rows))
    labels = list(range(label_count))
    return {
        "labelCount": label_count, "gold": gold.tolist(), "predicted": predicted.tolist(),
        "matrix": confusion_matrix(gold, predicted, labels=labels).tolist(),
        "accuracy": accuracy_score(gold, predicted),
        "balancedAccuracy": balanced_accuracy_score(gold, predicted),
        "scores": per_label_and_averages(gold, predicted, labels, sorted(set(gold.tolist())))}


def multi_label(rows, rates):
    """Indicators with the given base rates; the predictions flip a quarter of them."""
    gold = (generator.random((rows, len(rates))) < np.array(rates)).astype(int)
    flipped = (generator.random(gold.shape) < 0.25).astype(int)
    predicted = gold ^ flipped
    labels = list(range(len(rates)))
    supported = [label for label in labels if gold[:, label].any()]
    tables = multilabel_confusion_matrix(gold, predicted)
    return {
        "labelCount": len(rates),
        "gold": [np.flatnonzero(row).tolist() for row in gold],
        "predicted": [np.flatnonzero(row).tolist() for row in predicted],
        # TN, FP, FN, TP
        "binary": tables.reshape(len(rates), 4).tolist(),
        "exactMatch": accuracy_score(gold, predicted),
        "hammingLoss": hamming_loss(gold, predicted),
        "scores": per_label_and_averages(gold, predicted, labels, supported)}


def expected_calibration_error(positives, probabilities, bins):
    observed, mean = calibration_curve(positives, probabilities, n_bins=bins, strategy="uniform")
    counts = np.bincount(
        np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], probabilities), minlength=bins)
    counts = counts[counts > 0]
    return float(np.sum(counts / counts.sum() * np.abs(observed - mean)))


def binary_probabilities(rows, decimals):
    """Miscalibrated probabilities; few decimals make ties, and certain mistakes at 0 and 1."""
    probabilities = generator.random(rows)
    if decimals is not None:
        probabilities = np.round(probabilities, decimals)
    positives = generator.random(rows) < probabilities ** 2
    if decimals is not None:
        probabilities = np.append(probabilities, [0, 1, 0, 1])
        positives = np.append(positives, [True, False, False, True])
    precision, recall, _ = precision_recall_curve(positives, probabilities)
    total = precision + recall
    f1 = np.divide(2 * precision * recall, total, out=np.zeros_like(total), where=total > 0)
    return {
        "probabilities": probabilities.tolist(), "positives": positives.tolist(),
        "logLoss": log_loss(positives, probabilities),
        "brierScore": brier_score_loss(positives, probabilities),
        # Bin edges i / bins differ in the last bit between libraries; only unrounded
        # probabilities are sure not to lie on one.
        "expectedCalibrationErrors": [] if decimals is not None else [
            {"bins": bins, "value": expected_calibration_error(positives, probabilities, bins)}
            for bins in (1, 10, 15)],
        "bestF1": float(f1.max())}


def class_probabilities(rows, label_count):
    probabilities = generator.dirichlet(np.full(label_count, 0.7), rows)
    gold = np.array([generator.choice(label_count, p=row) for row in probabilities])
    labels = list(range(label_count))
    return {
        "labelCount": label_count, "gold": gold.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "logLoss": log_loss(gold, probabilities, labels=labels),
        "brierScore": brier_score_loss(
            gold, probabilities, labels=labels, scale_by_half=False)}


references = {
    "generator": f"make_scores.py, scikit-learn {sklearn.__version__}, seed {SEED}",
    "singleLabel": [single_label(60, 3, 3), single_label(40, 5, 4), single_label(9, 2, 1)],
    "multiLabel": [
        multi_label(60, [0.5, 0.2, 0.1, 0.3]), multi_label(50, [0.4, 0.0, 0.3]),
        multi_label(20, [0.1, 0.1])],
    "binaryProbabilities": [
        binary_probabilities(80, None), binary_probabilities(60, 1), binary_probabilities(40, 2)],
    "classProbabilities": [class_probabilities(50, 3), class_probabilities(30, 2)],
}
path = Path(__file__).with_name("scores.json")
path.write_text(json.dumps(references, separators=(",", ":")) + "\n", encoding="utf-8")
print(f"{path.name}: {path.stat().st_size} bytes")
