#!/usr/bin/env python3
"""Trains the event scorer (models/scorer.tsv).

usage: train.py FEATURES.jsonl TEXTS.jsonl GOLD_DIR SCORER.py OUT.tsv

FEATURES  what `dateline-eval predict events-training` wrote for TEXTS, with an empty models/scorer.tsv (so that every
          candidate is there: two rows, `bias 0 0` and `threshold -100 0`)
SCORER    the script that pairs answers with gold events (its functions are used, so that training and scoring agree)
OUT       feature, weight for keeping an event, weight for its parties being right; the row `threshold` holds the log odds
          from which an event is kept, chosen by cross-validation over reports for the best mean of trigger and parties F1

Two logistic regressions (L2), deterministic. Needs numpy and scikit-learn.
"""
import json
import sys
import numpy as np
from collections import Counter
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

features, texts, gold_dir, scorer, out = sys.argv[1:6]
sys.argv = [scorer]
source = open(scorer, encoding="utf8").read().replace("\nmain()", "")
space = {"__file__": scorer, "__name__": "scorer"}
exec(compile(source, scorer, "exec"), space)

docs = {d["id"]: d for d in map(json.loads, open(texts, encoding="utf8"))}
answers = {d["id"]: d for d in map(json.loads, open(features, encoding="utf8"))}
rows, paired, right, groups, total = [], [], [], [], 0
for n, (key, doc) in enumerate(docs.items()):
    gold, _ = space["load_gold"](gold_dir, doc)
    answer = answers.get(key) or answers[space["mask_id"](key)]
    events, _ = space["load_pred"](answer, doc["text"])
    total += sum(g.get("sure", True) for g in gold)
    pairs = {j: i for i, j in space["pair"](gold, events)}
    seen = {t["event"]: t["features"] for t in answer["training"]}
    for j, (event, record) in enumerate(zip(events, answer["events"])):
        if record["id"] not in seen:
            continue
        g = gold[pairs[j]] if j in pairs else None
        if g is not None and not g.get("sure", True):
            continue
        if g is None and event["background"]:
            continue
        rows.append(seen[record["id"]])
        paired.append(g is not None)
        right.append(g is not None and bool(space["parties_agree"](g, event)))
        groups.append(n)

counts = Counter(f for row in rows for f in set(row))
names = sorted(f for f, c in counts.items() if c >= 4)
index = {f: k for k, f in enumerate(names)}
pairs = [(r, index[f]) for r, row in enumerate(rows) for f in set(row) if f in index]
X = csr_matrix((np.ones(len(pairs)), tuple(np.array(pairs).T)), shape=(len(rows), len(names)))
paired, right, groups = np.array(paired), np.array(right), np.array(groups)


def fit(x, y, c):
    return LogisticRegression(C=c, max_iter=3000, solver="liblinear", random_state=0).fit(x, y)


def cross(y, c):
    p = np.zeros(len(y))
    for a, b in GroupKFold(8).split(X, y, groups):
        p[b] = fit(X[a], y[a], c).decision_function(X[b])
    return p


def f1(hit, answered):
    return 2 * hit / (answered + total)


best = max((np.mean(np.log(1 / (1 + np.exp(-np.where(right, z, -z))))), c) for c in (0.05, 0.1, 0.2, 0.4) for z in [cross(right, c)])[1]
keep, sure = cross(paired, best), cross(right, best)
blend = keep
choices = []
for t in np.quantile(blend, np.linspace(0, 0.95, 96)):
    k = blend >= t
    choices.append((f1(paired[k].sum(), k.sum()) + f1(right[k].sum(), k.sum()), t, f1(paired[k].sum(), k.sum()), f1(right[k].sum(), k.sum()), k.sum()))
_, threshold, trigger, parties, kept = max(choices)
probability = 1 / (1 + np.exp(-sure[blend >= threshold]))
hits = right[blend >= threshold]
error = sum(abs(hits[b].sum() - probability[b].sum()) for k in range(10) for b in [(probability >= k / 10) & (probability < (k + 1) / 10)]) / max(1, len(hits))
print(f"candidates {len(rows)}, paired {paired.sum()}, parties right {right.sum()}, features {len(names)}, C {best}")
print(f"cross-validated: trigger {f1(paired.sum(), len(rows)):.3f} -> {trigger:.3f}, parties {f1(right.sum(), len(rows)):.3f} -> {parties:.3f}, kept {kept}, calibration error {error:.3f}")

a, b = fit(X, paired, best), fit(X, right, best)
with open(out, "w", encoding="utf8") as f:
    f.write("# Weights of the event scorer, made by train/scorer. feature, weight for keeping, weight for right parties\n")
    f.write(f"threshold\t{threshold:.4f}\t0\n")
    for name, x, y in zip(names, a.coef_[0] + 0, b.coef_[0] + 0):
        if name == "bias":
            x, y = x + a.intercept_[0], y + b.intercept_[0]
        f.write(f"{name}\t{x:.4f}\t{y:.4f}\n")
