#!/usr/bin/env python3
"""Trains the ranker of whose word an event rests on: models/whose.tsv.

usage: whose.py TRAINING.jsonl TEXTS.jsonl GOLD_DIR SCORER.py OUT.tsv

TRAINING  what `dateline-eval predict events-training` wrote for TEXTS
SCORER    the script that pairs answers with gold events; its notion of agreement labels the candidates

One logistic regression (L2) over candidates, deterministic; the threshold is chosen by cross-validation over reports for
the best F1 of sources; all that are likely enough are taken. Needs numpy and scikit-learn.
"""
import json
import sys
import numpy as np
from collections import Counter
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

training, texts, gold_dir, scorer, out = sys.argv[1:6]
sys.argv = [scorer]
space = {"__file__": scorer, "__name__": "scorer"}
exec(compile(open(scorer, encoding="utf8").read().replace("\nmain()", ""), scorer, "exec"), space)
docs = {d["id"]: d for d in map(json.loads, open(texts, encoding="utf8"))}
answers = {d["id"]: d for d in map(json.loads, open(training, encoding="utf8"))}

# Of events that are none for sure only the candidates are learned from.
rows, labels, slots, groups, names_of, wanted, counted = [], [], [], [], [], [], []
for n, (key, doc) in enumerate(docs.items()):
    gold, _ = space["load_gold"](gold_dir, doc)
    answer = answers.get(key) or answers[space["mask_id"](key)]
    events, _ = space["load_pred"](answer, doc["text"])
    seen = {t["event"]: t for t in answer["training"]["acts"]}
    for i, j in space["pair"](gold, events):
        g, act = gold[i], seen.get(answer["events"][j]["id"])
        if act is None:
            continue
        sure = g.get("sure", True)
        for name, features in act["source"]:
            rows.append(features)
            slots.append(len(wanted))
            groups.append(n)
            names_of.append(name)
            labels.append(any(space["same_name"](x, name) for x in g["sources"]))
            counted.append(sure)
        wanted.append(g["sources"] if sure else [])

counts = Counter(f for row in rows for f in set(row))
names = sorted(f for f, c in counts.items() if c >= 5)
index = {f: k for k, f in enumerate(names)}
cells = np.array([(r, index[f]) for r, row in enumerate(rows) for f in set(row) if f in index])
X = csr_matrix((np.ones(len(cells)), (cells[:, 0], cells[:, 1])), shape=(len(rows), len(names)))
y, slots, groups = np.array(labels), np.array(slots), np.array(groups)
members = [np.flatnonzero(slots == s) for s in range(len(wanted))]


def fit(x, z, c):
    return LogisticRegression(C=c, max_iter=3000, solver="liblinear", random_state=0, fit_intercept=False).fit(x, z)


def outcome(p, threshold):
    """F1 of the sources that are taken."""
    right = answered = 0
    for k, told in zip(members, wanted):
        left = [names_of[i] for i in k if counted[i] and p[i] >= threshold]
        answered += len(left)
        for x in told:
            hit = next((y for y in left if space["same_name"](x, y)), None)
            if hit is not None:
                left.remove(hit)
                right += 1
    return 2 * right / (answered + sum(map(len, wanted)))


best = None
for c in (0.03, 0.1, 0.3, 1.0):
    p = np.zeros(len(y))
    for a, b in GroupKFold(8).split(X, y, groups):
        p[b] = 1 / (1 + np.exp(-fit(X[a], y[a], c).decision_function(X[b])))
    for t in np.linspace(0.1, 0.7, 25):
        best = max(best or (0,), (outcome(p, t), t, c))
good, threshold, c = best
print(f"whose: acts {len(wanted)}, cross-validated F1 {good:.3f} at {threshold:.2f}, C {c}, features {len(names)}")
model = fit(X, y, c)
with open(out, "w", encoding="utf8") as f:
    f.write("# Weights of the ranker `whose`, made by train/ranker/whose.py. feature, weight\n")
    f.write(f"threshold\t{threshold:.3f}\n")
    for name, w in zip(names, model.coef_[0]):
        f.write(f"{name}\t{w:.4f}\n")
