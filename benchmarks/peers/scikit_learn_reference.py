"""What scikit-learn reaches with the usual recipes on given folds.

usage: scikit_learn_reference.py STATEMENTS.csv TASK FOLDS.json

FOLDS.json has each statement's fold. Recipe (words 1-2, characters 2-5 within words, both), C and class
weight are chosen for each fold by the macro F1 of the others, so that nothing is chosen by the
statements that it is judged on. Prints the out-of-fold labels as JSON.
"""
import csv
import itertools
import json
import sys
import warnings

import numpy as np
from scipy.sparse import hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

warnings.simplefilter("ignore", ConvergenceWarning)
path, task, folds = sys.argv[1:]
with open(path, encoding="utf-8-sig", newline="") as file:
    records = list(csv.DictReader(file))
texts = [record["text"] for record in records]
gold = np.array([record[task].strip() for record in records])
folds = np.array(json.load(open(folds)))

BLOCKS = [
    lambda: TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
    lambda: TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
]
settings = list(itertools.product(
    ((0,), (1,), (0, 1)), (0.3, 1, 3, 10, 30), (None, "balanced")))
found = {setting: np.empty(len(gold), dtype=object) for setting in settings}
for fold in np.unique(folds):
    train, held = np.flatnonzero((folds != fold) & (gold != "")), np.flatnonzero(folds == fold)
    blocks = []
    for make in BLOCKS:
        vectorizer = make()
        blocks.append((vectorizer.fit_transform([texts[i] for i in train]),
                       vectorizer.transform([texts[i] for i in held])))
    for setting in settings:
        chosen, cost, weight = setting
        x, y = (hstack([blocks[i][side] for i in chosen]).tocsr() for side in (0, 1))
        model = LogisticRegression(C=cost, class_weight=weight, max_iter=300)
        found[setting][held] = model.fit(x, gold[train]).predict(y)
answer = np.empty(len(gold), dtype=object)
for fold in np.unique(folds):
    others, held = np.flatnonzero((folds != fold) & (gold != "")), folds == fold
    best = max(settings, key=lambda setting: f1_score(
        gold[others], found[setting][others], average="macro"))
    answer[held] = found[best][held]
print(json.dumps([label for label, known in zip(answer, gold) if known]))
