#!/usr/bin/env python3
"""Trains the ranker of whose word an event rests on: models/whose.tsv.

usage: whose.py SCORER.py OUT.tsv TRAINING.jsonl SET [TRAINING.jsonl SET ...]

SCORER    the script that pairs answers with gold events; its notion of agreement labels the candidates
TRAINING  what `dateline-eval predict events-training` wrote for the set behind it
SET       a folder with `texts.jsonl` and `gold/`; the threshold is chosen for the first one

One logistic regression (L2) over candidates, deterministic; threshold and strength are chosen by cross-validation over the
reports of the first set, the others always help, for the best F1 of sources; all that are likely enough are taken. Needs
numpy and scikit-learn.
"""
import json
import os
import sys

import numpy as np
from collections import Counter
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

scorer, out, *sets = sys.argv[1:]
sys.argv = [scorer]
space = {"__file__": scorer, "__name__": "scorer"}
exec(compile(open(scorer, encoding="utf8").read().replace("\nmain()", ""), scorer, "exec"), space)


def load(training, folder):
    """For every event that was found: its report, the sources it has (none of one that is no event for sure), whether it is
    sure, and the candidates as name, features and whether they are a source."""
    docs = [json.loads(line) for line in open(os.path.join(folder, "texts.jsonl"), encoding="utf8")]
    answers = {d["id"]: d for d in map(json.loads, open(training, encoding="utf8"))}
    found = []
    for n, doc in enumerate(docs):
        gold, _ = space["load_gold"](os.path.join(folder, "gold"), doc)
        answer = answers.get(doc["id"]) or answers[space["mask_id"](doc["id"])]
        events, _ = space["load_pred"](answer, doc["text"])
        seen = {t["event"]: t for t in answer["training"]["acts"]}
        for i, j in space["pair"](gold, events):
            g, act = gold[i], seen.get(answer["events"][j]["id"])
            if act is None:
                continue
            source = lambda name: any(space["same_name"](x, name) for x in g["sources"])
            candidates = [(name, features, source(name)) for name, features in act["source"]]
            found.append((n, g["sources"], g.get("sure", True), candidates))
    return found


data = [load(training, folder) for training, folder in zip(sets[::2], sets[1::2])]
rows = [[c[1] for event in part for c in event[3]] for part in data]
labels = [np.array([c[2] for event in part for c in event[3]]) for part in data]
counts = Counter(f for part in rows for row in part for f in set(row))
names = sorted(f for f, c in counts.items() if c >= 5)
index = {f: k for k, f in enumerate(names)}


def matrix(part):
    cells = np.array([(r, index[f]) for r, row in enumerate(part) for f in set(row) if f in index])
    return csr_matrix((np.ones(len(cells)), (cells[:, 0], cells[:, 1])), shape=(len(part), len(names)))


def fit(x, z, c):
    model = LogisticRegression(C=c, max_iter=3000, solver="liblinear", random_state=0, fit_intercept=False)
    return model.fit(vstack([x, *others]), np.concatenate([z, *labels[1:]]))


def outcome(p, threshold):
    """F1 of the sources that are taken."""
    right = answered = wanted = k = 0
    for _, sources, sure, candidates in data[0]:
        left = [c[0] for i, c in enumerate(candidates) if p[k + i] >= threshold]
        k += len(candidates)
        if not sure:
            continue
        answered += len(left)
        wanted += len(sources)
        for x in sources:
            hit = next((y for y in left if space["same_name"](x, y)), None)
            if hit is not None:
                left.remove(hit)
                right += 1
    return 2 * right / (answered + wanted)


x, *others = map(matrix, rows)
y = labels[0]
groups = np.array([n for n, _, _, candidates in data[0] for _ in candidates])
best = None
for c in (0.03, 0.1, 0.3, 1.0):
    p = np.zeros(len(y))
    for a, b in GroupKFold(8).split(x, y, groups):
        p[b] = 1 / (1 + np.exp(-fit(x[a], y[a], c).decision_function(x[b])))
    for t in np.linspace(0.1, 0.7, 25):
        best = max(best or (0,), (outcome(p, t), t, c))
good, threshold, c = best
print(f"whose: acts {len(data[0])}, cross-validated F1 {good:.3f} at {threshold:.2f}, C {c}, features {len(names)}")
model = fit(x, y, c)
with open(out, "w", encoding="utf8") as f:
    f.write("# Weights of the ranker `whose`, made by train/ranker/whose.py. feature, weight\n")
    f.write(f"threshold\t{threshold:.3f}\n")
    for name, w in zip(names, model.coef_[0]):
        f.write(f"{name}\t{w:.4f}\n")
