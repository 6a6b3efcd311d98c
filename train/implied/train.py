#!/usr/bin/env python3
"""Trains the model of parties that a clause leaves out (models/implied.tsv).

usage: train.py TRAINING.jsonl TEXTS.jsonl GOLD_DIR SCORER.py OUT.tsv

TRAINING  what `dateline-eval predict events-training` wrote for TEXTS, with an empty models/implied.tsv (the one row
          `threshold 1.1`) and an empty models/scorer.tsv, so that every candidate is there and every open slot open
SCORER    the script that pairs answers with gold events; its notion of the same party labels the candidates

One logistic regression (L2) over candidates of open slots, deterministic; the threshold is chosen by cross-validation over
reports for the most slots right. Needs numpy and scikit-learn.
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

rows, labels, slots, groups, empty = [], [], [], [], []
for n, (key, doc) in enumerate(docs.items()):
    gold, _ = space["load_gold"](gold_dir, doc)
    answer = answers.get(key) or answers[space["mask_id"](key)]
    events, _ = space["load_pred"](answer, doc["text"])
    entities = {e["id"]: e for e in answer["entities"]}
    seen = {t["event"]: t["slots"] for t in answer["training"]}
    for i, j in space["pair"](gold, events):
        g, e, record = gold[i], events[j], answer["events"][j]
        if not g.get("sure", True) or record["id"] not in seen:
            continue
        reciprocal = g["type"] in space["RECIPROCAL"]
        for side, candidates in zip(("actors", "recipients"), seen[record["id"]]):
            if e[side] or not candidates:
                continue
            wanted = g["actors"] + g["recipients"] if reciprocal else g[side]
            wanted = [w for w in wanted if not any(space["same_party"](w, p) for p in e["actors"] + e["recipients"])]
            slot = len(empty)
            empty.append(not wanted)
            for entity, features in candidates:
                x = entities[entity]
                party = {"name": x["name"], "country": x["country"], "sector": x["sector"]}
                rows.append(features)
                labels.append(any(space["same_party"](w, party) for w in wanted))
                slots.append(slot)
                groups.append(n)

counts = Counter(f for row in rows for f in set(row))
names = sorted(f for f, c in counts.items() if c >= 5)
index = {f: k for k, f in enumerate(names)}
cells = np.array([(r, index[f]) for r, row in enumerate(rows) for f in set(row) if f in index])
X = csr_matrix((np.ones(len(cells)), (cells[:, 0], cells[:, 1])), shape=(len(rows), len(names)))
y, slots, groups, empty = np.array(labels), np.array(slots), np.array(groups), np.array(empty)


def fit(x, z, c):
    return LogisticRegression(C=c, max_iter=3000, solver="liblinear", random_state=0, fit_intercept=False).fit(x, z)


def outcome(p, threshold):
    good = bad = 0
    for s in range(len(empty)):
        k = np.flatnonzero(slots == s)
        b = k[np.argmax(p[k])]
        if p[b] >= threshold:
            good += y[b]
            bad += empty[s]
        else:
            good += empty[s]
    return good


best = None
for c in (0.03, 0.1, 0.3):
    p = np.zeros(len(y))
    for a, b in GroupKFold(8).split(X, y, groups):
        p[b] = 1 / (1 + np.exp(-fit(X[a], y[a], c).decision_function(X[b])))
    for t in np.linspace(0.1, 0.9, 17):
        best = max(best or (0,), (outcome(p, t), t, c))
good, threshold, c = best
print(f"open slots {len(empty)}, of them rightly open {empty.sum()}; right after filling {good} at {threshold:.2f}, C {c}, features {len(names)}")
model = fit(X, y, c)
with open(out, "w", encoding="utf8") as f:
    f.write("# Weights for parties that the clause leaves out, made by train/implied. feature, weight\n")
    f.write(f"threshold\t{threshold:.3f}\n")
    for name, w in zip(names, model.coef_[0]):
        f.write(f"{name}\t{w:.4f}\n")
