"""Judges the sentences of a CSV file with a kept pipeline, to JSONL on standard output.

usage: scikit_learn_score.py MODEL.joblib FILE.csv
"""
import json
import sys

import joblib
import pandas

pipeline = joblib.load(sys.argv[1])
data = pandas.read_csv(sys.argv[2], keep_default_na=False)
probabilities = pipeline.predict_proba(data.text)
labels = list(pipeline.classes_)
for text, row in zip(data.text, probabilities):
    best = labels[row.argmax()]
    scores = {label: round(float(value), 6) for label, value in zip(labels, row)}
    print(json.dumps({"text": text, "era": {"labels": [best], "probabilities": scores}}))
