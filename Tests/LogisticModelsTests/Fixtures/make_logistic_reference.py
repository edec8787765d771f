"""Reference coefficients of scikit-learn's LogisticRegression and scores of its calibration.

Run with `python3 make_logistic_reference.py` where scikit-learn is installed; writes
logistic_reference.json beside this file.
"""

import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.optimize import minimize
from sklearn.calibration import _sigmoid_calibration
from sklearn.linear_model import LogisticRegression

ROWS, FEATURES, LABELS, CLASSES = 80, 14, 3, 4
generator = np.random.default_rng(20240611)
# Few non-zeros in falling frequency, as words have; the last column is empty.
present = generator.random((ROWS, FEATURES)) < np.linspace(0.8, 0.08, FEATURES)
present[:, -1] = False
features = np.round(generator.gamma(2.0, 0.5, (ROWS, FEATURES)), 4) * present
planted = generator.normal(0, 1.5, (FEATURES, LABELS))
positive = features @ planted + generator.logistic(0, 1, (ROWS, LABELS)) > 0.8
planted = generator.normal(0, 1.5, (FEATURES, CLASSES))
classes = np.argmax(features @ planted + generator.gumbel(0, 1, (ROWS, CLASSES)), axis=1)
weights = np.round(generator.uniform(0.1, 3.0, ROWS), 3)
weights[5] = 0.0


def effective_sum(target, row_weights, balanced):
    """The sum of row weight times class weight, with classes counted by row weights."""
    if not balanced:
        return row_weights.sum()
    sums = np.bincount(target, weights=row_weights)
    return (row_weights * (row_weights.sum() / (np.count_nonzero(sums) * sums))[target]).sum()


def fit(target, l2_penalty, weighted, balanced):
    row_weights = weights if weighted else np.ones(ROWS)
    penalty = 1.0 / (l2_penalty * effective_sum(target, row_weights, balanced))
    model = LogisticRegression(
        C=penalty, tol=1e-10, max_iter=1_000_000, solver="lbfgs",
        class_weight="balanced" if balanced else None)
    model.fit(features, target, sample_weight=row_weights)
    return model.coef_, model.intercept_


cases = []
for l2_penalty in (1e-3, 0.05):
    for weighted in (False, True):
        for balanced in (False, True):
            fits = [fit(positive[:, l].astype(int), l2_penalty, weighted, balanced)
                    for l in range(LABELS)]
            coefficients, intercepts = fit(classes, l2_penalty, weighted, balanced)
            cases.append({
                "l2Penalty": l2_penalty, "weighted": weighted, "balanced": balanced,
                "labelCoefficients": [list(c[0]) for c, _ in fits],
                "labelIntercepts": [i[0] for _, i in fits],
                "classCoefficients": [list(c) for c in coefficients],
                "classIntercepts": list(intercepts),
            })

# Platt's sigmoid is 1 / (1 + exp(a f + b)) there, so slope = -a and offset = -b.
scores = np.round(generator.normal(0, 2, ROWS), 4)
answers = scores * 0.8 - 0.5 + generator.logistic(0, 1, ROWS) > 0
a, b = _sigmoid_calibration(scores, answers.astype(float))
logits = np.round(generator.normal(0, 3, (ROWS, CLASSES)), 4)
picked = np.argmax(logits / 2.5 + generator.gumbel(0, 1, (ROWS, CLASSES)), axis=1)


# Smoothed targets: (n + 1)/(n + k) for a row's class, 1/(n + k) for the others.
smoothed = np.full((ROWS, CLASSES), 1 / (ROWS + CLASSES))
smoothed[np.arange(ROWS), picked] = (ROWS + 1) / (ROWS + CLASSES)


def temperature_loss(x):
    scaled = logits * np.exp(-x[0])
    return (scipy.special.logsumexp(scaled, axis=1) - (smoothed * scaled).sum(axis=1)).mean()


temperature = np.exp(minimize(temperature_loss, [0.0], tol=1e-14, method="Nelder-Mead").x[0])
document = {
    "made": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}",
    "features": features.tolist(), "positive": positive.tolist(), "classes": classes.tolist(),
    "weights": weights.tolist(), "cases": cases,
    "platt": {"scores": scores.tolist(), "positives": answers.tolist(),
              "slope": -a, "offset": -b},
    "temperature": {"scores": logits.tolist(), "classes": picked.tolist(),
                    "temperature": temperature},
}
path = pathlib.Path(__file__).with_name("logistic_reference.json")
path.write_text(json.dumps(document, indent=None, separators=(",", ":")) + "\n")
