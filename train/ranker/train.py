#!/usr/bin/env python3
<<<<<<< HEAD
"""Trains the ranker of whom a clause leaves out: models/implied.tsv. (Where and when: choose.py.)

usage: train.py TRAINING.jsonl TEXTS.jsonl GOLD_DIR SCORER.py OUT.tsv
=======
"""Trains the rankers of what a clause leaves out: whom (models/implied.tsv), where (models/where.tsv), when (models/when.tsv), and
on whose word an event rests (models/whose.tsv).

usage: train.py implied|where|when|whose TRAINING.jsonl TEXTS.jsonl GOLD_DIR SCORER.py OUT.tsv
>>>>>>> voices

TRAINING  what `dateline-eval predict events-training` wrote for TEXTS with an empty models/implied.tsv (the one row
          `threshold 1.1`), so that every slot is open
SCORER    the script that pairs answers with gold events; its notion of agreement labels the candidates

One logistic regression (L2) over candidates, deterministic; the threshold is chosen by cross-validation over reports for
<<<<<<< HEAD
the share of slots that are right, open ones included. Needs numpy and scikit-learn.
=======
the best F1 of choices; a time is given only when it is at least 0.3 likely; of the sources all that are likely enough are
taken. Needs numpy and scikit-learn.
>>>>>>> voices
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

<<<<<<< HEAD
rows, labels, slots, groups, empty = [], [], [], [], []
=======
rows, labels, slots, groups, empty, lost = [], [], [], [], [], 0
names_of, wanted, counted = [], [], []
>>>>>>> voices
for n, (key, doc) in enumerate(docs.items()):
    gold, _ = space["load_gold"](gold_dir, doc)
    answer = answers.get(key) or answers[space["mask_id"](key)]
    events, _ = space["load_pred"](answer, doc["text"])
    entities = {e["id"]: e for e in answer["entities"]}
    seen = {t["event"]: t for t in answer["training"]}
    for i, j in space["pair"](gold, events):
        g, e, record = gold[i], events[j], answer["events"][j]
        sure = g.get("sure", True)
        if record["id"] not in seen or not (sure or what == "whose"):
            continue
        trained = seen[record["id"]]
<<<<<<< HEAD
=======
        if what == "whose":
            # Of events that are none for sure only the candidates are learned from.
            slot, told = len(empty), g["sources"] if sure else []
            empty.append(len(told))
            for name, features in trained["source"]:
                rows.append(features)
                slots.append(slot)
                groups.append(n)
                names_of.append(name)
                labels.append(any(space["same_name"](x, name) for x in g["sources"]))
                counted.append(sure)
            wanted.append(told)
            continue
        if what != "implied":
            slot, told = len(empty), g["place" if what == "where" else "when"]
            candidates = trained["place" if what == "where" else "time"]
            if not candidates:
                lost += bool(told)
                continue
            empty.append(not told)
            for name, features in candidates:
                rows.append(features)
                slots.append(slot)
                groups.append(n)
                if what == "where":
                    labels.append(bool(told) and space["same_name"](told["name"], places[name]["name"]))
                else:
                    labels.append(bool(told) and name == f"{told['start']} {told['end']}")
            continue
>>>>>>> voices
        reciprocal = g["type"] in space["RECIPROCAL"]
        for side, candidates in zip(("actors", "recipients"), trained["slots"]):
            if e[side] or not candidates:
                continue
            wanted_here = g["actors"] + g["recipients"] if reciprocal else g[side]
            wanted_here = [w for w in wanted_here if not any(space["same_party"](w, p) for p in e["actors"] + e["recipients"])]
            slot = len(empty)
            empty.append(not wanted_here)
            for entity, features in candidates:
                x = entities[entity]
                party = {"name": x["name"], "country": x["country"], "sector": x["sector"]}
                rows.append(features)
                labels.append(any(space["same_party"](w, party) for w in wanted_here))
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
<<<<<<< HEAD
    """The share of slots that are right, open ones included."""
    right = 0
=======
    """F1 of what is chosen against what there is; for parties the share of slots right, open ones included."""
    right = answered = 0
    if what == "whose":
        for k, told in zip(members, wanted):
            left = [names_of[i] for i in k if counted[i] and p[i] >= threshold]
            answered += len(left)
            for x in told:
                hit = next((y for y in left if space["same_name"](x, y)), None)
                if hit is not None:
                    left.remove(hit)
                    right += 1
        return 2 * right / (answered + empty.sum())
>>>>>>> voices
    for k in members:
        b = k[np.argmax(p[k])]
        right += y[b] if p[b] >= threshold else empty[slots[b]]
    return right / len(empty)


members = [np.flatnonzero(slots == s) for s in range(len(empty))]
best = None
for c in (0.03, 0.1, 0.3) + (1.0,) * (what == "whose"):
    p = np.zeros(len(y))
    for a, b in GroupKFold(8).split(X, y, groups):
        p[b] = 1 / (1 + np.exp(-fit(X[a], y[a], c).decision_function(X[b])))
<<<<<<< HEAD
    for t in np.linspace(0.15, 0.9, 13):
        best = max(best or (0,), (outcome(p, t), t, c))
good, threshold, c = best
print(f"choices {len(empty)}, none right {empty.sum()}; cross-validated {good:.3f} at {threshold:.2f}, C {c}, features {len(names)}")
=======
    for t in np.linspace(0.1, 0.7, 25) if what == "whose" else np.linspace(0.3 if what == "when" else 0.15, 0.9, 13):
        best = max(best or (0,), (outcome(p, t), t, c))
good, threshold, c = best
print(f"{what}: choices {len(empty)}, {'told' if what == 'whose' else 'none right'} {empty.sum()}; cross-validated {good:.3f} at {threshold:.2f}, C {c}, features {len(names)}")
>>>>>>> voices
model = fit(X, y, c)
with open(out, "w", encoding="utf8") as f:
    f.write(f"# Weights of the ranker `implied`, made by train/ranker. feature, weight\n")
    f.write(f"threshold\t{threshold:.3f}\n")
    for name, w in zip(names, model.coef_[0]):
        f.write(f"{name}\t{w:.4f}\n")
