"""Out-of-fold macro F1 of the stances: StanceKit and scikit-learn on the same folds.

usage: scikit_learn_seeds.py STATEMENTS.csv FOLDS.jsonl

FOLDS.jsonl is what `stance cross-validate --predictions` writes. scikit-learn gets TF-IDF of words 1-2
and characters 3-5 and a balanced logistic regression with C = 5, label by label, threshold 0.5.
"""
import csv
import json
import sys

import numpy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_union

statements, folds_file = sys.argv[1:]
rows = list(csv.DictReader(open(statements, encoding="utf-8-sig", newline="")))
answers = [json.loads(line) for line in open(folds_file, encoding="utf-8")]
assert [row["id"] for row in rows] == [answer["id"] for answer in answers]
labels = list(answers[0]["stance"]["probabilities"])
texts = [row["text"] for row in rows]
languages = numpy.array([row["language"] for row in rows])
folds = numpy.array([answer["fold"] for answer in answers])
gold = numpy.array([[label in row["stance"].split(";") for label in labels] for row in rows])
ours = numpy.array([[label in answer["stance"]["labels"] for label in labels] for answer in answers])
theirs = numpy.zeros_like(gold)
for fold in sorted(set(folds)):
    training, held = numpy.flatnonzero(folds != fold), numpy.flatnonzero(folds == fold)
    vectorizer = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    )
    features = vectorizer.fit_transform([texts[row] for row in training])
    held_features = vectorizer.transform([texts[row] for row in held])
    for index in range(len(labels)):
        model = LogisticRegression(C=5, class_weight="balanced", max_iter=1000)
        model.fit(features, gold[training, index])
        theirs[held, index] = model.predict(held_features)

scores = {}
for name, predicted in [("StanceKit", ours), ("scikit-learn", theirs)]:
    scores[name] = {"all": f1_score(gold, predicted, average="macro")}
    for language in sorted(set(languages)):
        chosen = languages == language
        scores[name][language] = f1_score(gold[chosen], predicted[chosen], average="macro")
print(json.dumps(scores))
