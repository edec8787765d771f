"""The objective, mean loss + λ/2 ‖W‖² with λ = 1/n, that a stance model reaches on its training file.

usage: model_objective.py TRAIN.csv LONGEST_NGRAM MODEL.safetensors

Independent of the tool: the file is read here and its features are made by scikit-learn.
"""
import json
import struct
import sys

import numpy
import pandas
from scipy.special import logsumexp
from sklearn.feature_extraction.text import TfidfVectorizer


def read(path):
    """The texts and classes of a file."""
    data = pandas.read_csv(path, usecols=["text", "era"], keep_default_na=False)
    return data.text, data.era


def vectorizer(longest, **options):
    """What `stance train --words 1-LONGEST` does."""
    return TfidfVectorizer(
        ngram_range=(1, longest), min_df=2, sublinear_tf=True,
        token_pattern=r"(?u)\b\w+(?:'\w+)*", **options)


def objective(features, classes, names, coefficients, intercepts):
    """coefficients: classes × features."""
    scores = features @ coefficients.T + intercepts
    rows = numpy.arange(scores.shape[0])
    gold = numpy.searchsorted(names, classes)
    loss = numpy.mean(logsumexp(scores, axis=1) - scores[rows, gold])
    return loss + (coefficients ** 2).sum() / (2 * len(rows))


def load(path):
    """The terms, labels, coefficients (labels × terms) and intercepts of a model of words."""
    content = open(path, "rb").read()
    length, = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length])
    kinds = {"U8": "u1", "U32": "<u4", "F32": "<f4", "F64": "<f8"}

    def tensor(name):
        entry = header[name]
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        return numpy.frombuffer(content[start:end], kinds[entry["dtype"]]).reshape(entry["shape"])

    description = json.loads(header["__metadata__"]["stancekit.model"])
    labels = [label["name"] for label in description["codebook"]["tasks"][0]["labels"]]
    text, offsets = tensor("words.terms").tobytes(), tensor("words.term-offsets")
    terms = [text[a:b].decode() for a, b in zip(offsets, offsets[1:])]
    return terms, labels, tensor("era.coefficients").T.astype(float), tensor("era.intercepts")


if __name__ == "__main__":
    path, longest, model = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    texts, classes = read(path)
    terms, labels, coefficients, intercepts = load(model)
    features = vectorizer(longest, vocabulary=terms).fit_transform(texts)
    order = numpy.argsort(labels)
    print(json.dumps({
        "objective": objective(
            features, classes, numpy.array(labels)[order], coefficients[order], intercepts[order]),
        "features": len(terms),
    }))
