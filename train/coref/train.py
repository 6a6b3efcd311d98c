#!/usr/bin/env python3
"""Trains the comparison of mentions of events (models/coref.tsv).

usage: train.py PAIRS.tsv GOLD.jsonl OUT.tsv [C]

PAIRS  what `dateline-eval predict eventcoref-training GOLD.jsonl --output PAIRS.tsv` wrote
GOLD   id, topic, events: [{start, end, chain}]
OUT    feature, weight; `threshold` is the average likelihood from which clusters are joined

Logistic regression (L2) on scaled features, scaled back; deterministic. Needs numpy and scikit-learn. The threshold is
set by hand, 0.35: over topics held out in turn, 0.25 to 0.4 score alike.
"""
import json
import sys
import numpy as np
from sklearn.linear_model import LogisticRegression

pairs, gold, out = sys.argv[1:4]
strength = float(sys.argv[4]) if len(sys.argv) > 4 else 1.0
chains = {}
for row in map(json.loads, open(gold, encoding="utf8")):
    chains[row["id"]] = [e["chain"] for e in row["events"]]
lines = open(pairs, encoding="utf8")
names = next(lines).rstrip("\n").split("\t")[4:]
x, y = [], []
for line in lines:
    a, m, b, n, *features = line.rstrip("\n").split("\t")
    x.append(np.array(features, dtype=np.float32))
    y.append(chains[a][int(m)] == chains[b][int(n)])
x, y = np.stack(x), np.array(y)
mean, scale = x.mean(0), x.std(0) + 1e-6
model = LogisticRegression(C=strength, max_iter=1000).fit((x - mean) / scale, y)
weights = model.coef_[0] / scale
with open(out, "w", encoding="utf8") as f:
    f.write("# Weights for two mentions of events being of one, trained by train/coref/train.py. See NOTICE.\n")
    f.write(f"bias\t{model.intercept_[0] - (weights * mean).sum():.4f}\nthreshold\t0.35\n")
    f.writelines(f"{n}\t{w:.4f}\n" for n, w in zip(names, weights))
