#!/usr/bin/env python3
"""Trains the weights of certainty (models/factuality.tsv).

usage: train.py TRAIN.jsonl TRAIN.features.jsonl OUT.tsv [DEV.jsonl DEV.features.jsonl]

TRAIN.jsonl  sentences with event words and their values from -3 to 3 (Stanovsky's unified set)
*.features   what `dateline-eval predict factuality-training X.jsonl --output Y` wrote for them

Ridge regression, deterministic. With development files their Pearson r a corpus is told. Needs numpy and scikit-learn.
"""
import collections
import json
import sys
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import Ridge

RIDGE = 4.0
RARE = 3


def read(gold, features):
    seen = {d["id"]: d for d in map(json.loads, open(features, encoding="utf8"))}
    for doc in map(json.loads, open(gold, encoding="utf8")):
        told = {e["token"]: e["features"] for e in seen[doc["id"]]["events"]}
        for event in doc["events"]:
            yield doc["corpus"], event["value"], told[event["token"]]


def main():
    train = list(read(*sys.argv[1:3]))
    counts = collections.Counter(f for _, _, row in train for f in row)
    names = sorted(f for f, c in counts.items() if c >= RARE)
    index = {f: k for k, f in enumerate(names)}

    def matrix(rows):
        pairs = [(r, index[f]) for r, (_, _, row) in enumerate(rows) for f in row if f in index]
        return csr_matrix((np.ones(len(pairs)), tuple(np.array(pairs).T)), shape=(len(rows), len(index)))

    model = Ridge(alpha=RIDGE, solver="sparse_cg", tol=1e-6, fit_intercept=False)
    model.fit(matrix(train), [value for _, value, _ in train])
    if len(sys.argv) > 4:
        dev = list(read(*sys.argv[4:6]))
        answer = np.clip(model.predict(matrix(dev)), -3, 3)
        for corpus in sorted({c for c, _, _ in dev}):
            k = [i for i, (c, _, _) in enumerate(dev) if c == corpus]
            print(corpus, len(k), f"r {np.corrcoef(answer[k], [dev[i][1] for i in k])[0, 1]:.3f}")
    with open(sys.argv[3], "w", encoding="utf8") as f:
        f.write("# Weights of how certain an act is, made by train/factuality. feature, weight\n")
        for name, weight in zip(names, model.coef_):
            if abs(weight) >= 0.005:
                f.write(f"{name}\t{weight:.3f}\n")


if __name__ == "__main__":
    main()
