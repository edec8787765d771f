"""Trains and keeps a pipeline of the shipped model's n-grams, or judges one statement with it.

usage: scikit_learn_one.py train STATEMENTS.csv MODEL.joblib
       scikit_learn_one.py judge MODEL.joblib STATEMENT
"""
import sys

import joblib

if sys.argv[1] == "judge":
    print(joblib.load(sys.argv[2]).predict_proba([sys.argv[3]]))
else:
    import csv

    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.preprocessing import MultiLabelBinarizer

    rows = list(csv.DictReader(open(sys.argv[2], encoding="utf-8-sig", newline="")))
    labels = [[label for label in row["stance"].split(";") if label] for row in rows]
    pipeline = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)),
        OneVsRestClassifier(LogisticRegression(C=5, max_iter=1000)))
    pipeline.fit([row["text"] for row in rows], MultiLabelBinarizer().fit_transform(labels))
    joblib.dump(pipeline, sys.argv[3])
