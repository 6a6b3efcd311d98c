#!/usr/bin/env python3
"""Trains the choice of where and when an act took place: models/where.tsv, models/when.tsv.

usage: choose.py where|when SCORER.py OUT.tsv TRAINING.jsonl SET [TRAINING.jsonl SET ...]

SCORER    the script that pairs answers with gold events; its notion of agreement labels the candidates
TRAINING  what `dateline-eval predict events-training` wrote for the set behind it: every act, with the features of every
          candidate and of "none of them"
SET       a folder with `texts.jsonl` and `gold/`; strength and threshold are chosen for the first one, the others help

One linear score for each candidate, softmax over the candidates of an act, L2; deterministic. Strength and threshold are
chosen by cross-validation over reports, the first by likelihood, the second by F1 of choices; gold events that a second
reader might not see count half in training and not at all in measuring. For `where`, so do acts that tell a gold event again
or under another type; and as annotators differ in how freely they give places, every set behind the first one has weights of
its own besides the shared ones, of which only the latter are written down. Both make `when` worse. Needs numpy and scipy.
"""
import json
import os
import sys
from collections import Counter

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags, hstack

FOLDS = 8
RAREST = 3
ALIKE = 0.005

what, scorer, out, *sets = sys.argv[1:]
sys.argv = [scorer]
space = {"__file__": scorer, "__name__": "scorer"}
exec(compile(open(scorer, encoding="utf8").read().replace("\nmain()", ""), scorer, "exec"), space)


def pairs(gold, events):
    """Gold events and the acts that tell them, and whether the scorer pairs the two."""
    paired = space["pair"](gold, events)
    yield from ((i, j, True) for i, j in paired)
    if what == "when":
        return
    over = space["over"]
    for j in sorted(set(range(len(events))) - {j for _, j in paired}):
        triggers = [t for _, t in events[j]["m"]]
        hits = [sum(over(t, u) for t in triggers for _, u in g["m"]) for g in gold]
        if any(hits):
            yield int(np.argmax(hits)), j, False


rows, labels, sizes, groups, sure, told, sets_of = [], [], [], [], [], [], []
for k, (training, folder) in enumerate(zip(sets[::2], sets[1::2])):
    docs = [json.loads(line) for line in open(os.path.join(folder, "texts.jsonl"), encoding="utf8")]
    answers = {d["id"]: d for d in map(json.loads, open(training, encoding="utf8"))}
    for n, doc in enumerate(docs):
        gold, _ = space["load_gold"](os.path.join(folder, "gold"), doc)
        answer = answers.get(doc["id"]) or answers[space["mask_id"](doc["id"])]
        events, _ = space["load_pred"](answer, doc["text"])
        places = {p["id"]: p["name"] for p in answer["places"]}
        # Acts of frames that do not wholly fit teach less than they confuse.
        fitting = [t for t in answer["training"]["acts"] if "unmet" not in t["features"]]
        seen = {t["event"]: t["place" if what == "where" else "time"] for t in fitting}
        for i, j, is_paired in pairs(gold, events):
            if answer["events"][j]["id"] not in seen:
                continue
            wanted = gold[i]["place" if what == "where" else "when"]
            for name, features in seen[answer["events"][j]["id"]]:
                if name is None or not wanted:
                    right = name is None and not wanted
                elif what == "where":
                    right = space["same_name"](wanted["name"], places[name])
                else:
                    right = name == f"{wanted['start']} {wanted['end']}"
                rows.append(features)
                labels.append(right)
            sizes.append(len(seen[answer["events"][j]["id"]]))
            groups.append((k, n))
            sure.append(gold[i].get("sure", True) and k == 0 and is_paired)
            told.append(bool(wanted))
            sets_of.extend([k] * len(seen[answer["events"][j]["id"]]))

counts = Counter(f for row in rows for f in set(row))
names = sorted(f for f, c in counts.items() if c >= RAREST)
index = {f: k for k, f in enumerate(names)}
cells = np.array([(r, index[f]) for r, row in enumerate(rows) for f in set(row) if f in index])
X = csr_matrix((np.ones(len(cells)), (cells[:, 0], cells[:, 1])), shape=(len(rows), len(names)))
y, sizes, sure, told, sets_of = map(np.array, (labels, sizes, sure, told, sets_of))
if what == "where":
    X = hstack([X] + [diags((sets_of == k).astype(float)) @ X for k in range(1, len(sets) // 2)]).tocsr()
starts = np.concatenate([[0], np.cumsum(sizes)])
# What is to be found but is no candidate teaches nothing.
learnable = np.add.reduceat(y, starts[:-1]) > 0
weights = np.where(learnable, np.where(sure, 1.0, 0.5), 0.0)
kinds = sorted(g for g in set(groups) if g[0] == 0)
np.random.RandomState(0).shuffle(kinds)
parts = {g: k % FOLDS for k, g in enumerate(map(tuple, kinds))}
# Reports of the other sets are in no part: they always help and are never measured.
fold = np.array([parts.get(g, FOLDS) for g in groups])


def softmax(z, lengths):
    """Log of the sum over each act, and the chances of its candidates."""
    at = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    top = np.maximum.reduceat(z, at)
    e = np.exp(z - np.repeat(top, lengths))
    total = np.add.reduceat(e, at)
    return top + np.log(total), e / np.repeat(total, lengths)


def part(acts):
    """The rows of some acts."""
    mask = np.repeat(acts, sizes)
    return X[mask], y[mask], sizes[acts], weights[acts]


def fit(acts, strength):
    x, right, lengths, w = part(acts & (weights > 0))
    spread = np.repeat(w, lengths)

    def loss(b):
        z = x @ b
        everything, p = softmax(z, lengths)
        good, q = softmax(np.where(right, z, -1e9), lengths)
        return w @ (everything - good) + strength / 2 * b @ b, x.T @ (spread * (p - q)) + strength * b

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x


def chances(strength):
    """Of each candidate, by a model that has not seen its report."""
    p = np.zeros(len(y))
    for k in range(FOLDS):
        x, _, lengths, _ = part(fold == k)
        p[np.repeat(fold == k, sizes)] = softmax(x @ fit(fold != k, strength), lengths)[1]
    return p


def f1(p, threshold):
    right = answered = 0
    for act in np.flatnonzero(sure & (sizes > 1)):
        best = starts[act] + 1 + np.argmax(p[starts[act] + 1 : starts[act + 1]])
        answered += p[best] >= threshold
        right += p[best] >= threshold and y[best]
    return 2 * right / (answered + (told & sure).sum())


def likelihood(p):
    good = np.add.reduceat(np.where(y, p, 0), starts[:-1])[learnable & sure]
    return np.log(good).mean()


trials = {strength: chances(strength) for strength in (4.0, 8.0, 16.0, 32.0)}
strength = max(trials, key=lambda s: likelihood(trials[s]))
p = trials[strength]
scores = [(f1(p, t), t) for t in np.linspace(0.1, 0.6, 11)]
# Of thresholds that do alike the one that claims less.
score, threshold = max((s for s in scores if s[0] >= max(scores)[0] - ALIKE), key=lambda s: s[1])
model = fit(np.full(len(sizes), True), strength)
print(
    f"{what}: acts {sure.sum()}, told {(told & sure).sum()}; cross-validated F1 {score:.3f} at {threshold:.2f}, "
    f"log likelihood {likelihood(p):.3f}, L2 {strength:g}, features {len(names)}"
)
with open(out, "w", encoding="utf8") as f:
    f.write(f"# Weights of the choice `{what}`, made by train/ranker/choose.py. feature, weight\n")
    f.write(f"threshold\t{threshold:.3f}\n")
    for name, w in zip(names, model):
        if abs(w) >= 0.00005:
            f.write(f"{name}\t{w:.4f}\n")
