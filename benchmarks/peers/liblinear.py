"""Trains liblinear's primal logistic regression, and tells how long its solver alone took.

usage: liblinear.py MATRIX [OPTION ...]

liblinear-train prints a line when its solver starts, and writes its model when it has ended: reading
the matrix lies before the one, writing the weights behind the other. Prints the seconds between the
first and the last line, and the objective ½ ‖w‖² + C Σ ln(1 + exp(−y wᵀx)) with C = 1.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy
from sklearn.datasets import load_svmlight_file

matrix, *options = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    model = os.path.join(folder, "model")
    process = subprocess.Popen(
        ["liblinear-train", "-s", "0", "-c", "1", *options, matrix, model], stdout=subprocess.PIPE)
    times = []
    for _ in iter(process.stdout.readline, b""):
        times.append(time.perf_counter())
    if process.wait() != 0:
        sys.exit("liblinear-train failed")
    header, weights = open(model).read().split("\nw\n")
fields = dict(line.split(" ", 1) for line in header.splitlines())
weights = numpy.array(weights.split(), dtype=float)
features, classes = load_svmlight_file(matrix, n_features=int(fields["nr_feature"]))
bias = float(fields["bias"])
margins = features @ weights[: features.shape[1]]
if bias > 0:
    margins += bias * weights[-1]
sign = 1 if fields["label"].split()[0] == "1" else -1
objective = 0.5 * weights @ weights + numpy.logaddexp(0, -classes * sign * margins).sum()
print(json.dumps({"seconds": times[-1] - times[0], "objective": objective}))
