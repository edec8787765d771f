"""Trains TF-IDF features and a softmax regression as `stance train` does, and keeps the pipeline.

usage: scikit_learn_train.py TRAIN.csv LONGEST_NGRAM SOLVER TOLERANCE MODEL.joblib
"""
import sys

import joblib
import model_objective
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

path, longest, solver, tolerance, model_path = sys.argv[1:]
texts, classes = model_objective.read(path)
vectorizer = model_objective.vectorizer(int(longest))
features = vectorizer.fit_transform(texts)
# C = 1 is λ = 1/n.
regression = LogisticRegression(C=1, solver=solver, tol=float(tolerance), max_iter=5000)
regression.fit(features, classes)
joblib.dump(make_pipeline(vectorizer, regression), model_path)
