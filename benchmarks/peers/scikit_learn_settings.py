"""Finds scikit-learn's fastest way to an objective: which solver, and how exactly.

usage: scikit_learn_settings.py TRAIN.csv LONGEST_NGRAM OBJECTIVE

Prints the solver and tolerance that reach OBJECTIVE within a ten-thousandth in the shortest time.
"""
import json
import sys
import time

import model_objective
from sklearn.linear_model import LogisticRegression

path, longest, goal = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
texts, classes = model_objective.read(path)
features = model_objective.vectorizer(longest).fit_transform(texts)
best = None
for solver in ["lbfgs", "newton-cg"]:
    for tolerance in [1e-2, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 1e-6, 1e-7]:
        start = time.perf_counter()
        model = LogisticRegression(C=1, solver=solver, tol=tolerance, max_iter=5000)
        model.fit(features, classes)
        seconds = time.perf_counter() - start
        found = model_objective.objective(
            features, classes, model.classes_, model.coef_, model.intercept_)
        print(f"{solver} {tolerance:g}: {seconds:.1f} s, objective {found:.7f}", file=sys.stderr)
        if found <= goal * (1 + 1e-4):
            if best is None or seconds < best["seconds"]:
                best = {"solver": solver, "tolerance": tolerance, "seconds": seconds}
            break
print(json.dumps(best))
