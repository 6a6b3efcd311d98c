#!/usr/bin/env python3
"""Trains the weights that tell attributions from other clauses (models/voices.tsv).

usage: train.py CANDIDATES.jsonl GOLD.jsonl OUT.tsv [DEV_CANDIDATES.jsonl DEV_GOLD.jsonl]

CANDIDATES  what `dateline-eval predict attribution-training` wrote for the masked GOLD: every candidate with its features
GOLD        rows {id, text, attributions: [{source, cue, content}]}, lists of [start, end] in code points

A candidate is right when some attribution has half of its content, its cue and its source. One logistic regression (L2)
over all candidates, deterministic; the threshold is the one with the best F1 of relations, one answer a cue, over
predictions by cross-validation. The table holds features (words and shapes), no text. Needs numpy and scikit-learn.
"""
import json
import re
import sys
from collections import Counter
import hashlib
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

LEAST = 6  # candidates that must show a feature
STRENGTH = 0.12


def load(candidates, gold):
    golds = {r["id"]: r for r in map(json.loads, open(gold, encoding="utf8"))}
    masked = {"d" + hashlib.sha1(("dateline " + k).encode()).hexdigest()[:12]: k for k in golds}
    for row in map(json.loads, open(candidates, encoding="utf8")):
        doc = golds.get(row["id"]) or golds[masked[row["id"]]]
        words = [m.span() for m in re.finditer(r"\w+", doc["text"])]
        starts = np.array([w[0] for w in words])
        ends = np.array([w[1] for w in words])

        def tokens(spans):
            found = set()
            for a, b in spans:
                found.update(range(int(np.searchsorted(ends, a, "right")), int(np.searchsorted(starts, b, "left"))))
            return found

        def roles(x):
            return [tokens(x[r]) for r in ("source", "cue", "content")]

        yield [roles(a) for a in doc["attributions"]], [(roles(c), c) for c in row["candidates"]]


def overlap(a, b):
    return len(a & b) / len(a | b) if a | b else 0.0


def right(gold, c):
    return (
        overlap(gold[2], c[2]) >= 0.5
        and (overlap(gold[0], c[0]) >= 0.3 or not gold[0] and not c[0])
        and (bool(gold[1] & c[1]) or not gold[1])
    )


def table(docs):
    rows, labels, groups, cues, fit, total = [], [], [], [], [], 0
    for n, (gold, candidates) in enumerate(docs):
        total += len(gold)
        first = len(rows)
        for spans, c in candidates:
            rows.append(c["features"])
            groups.append(n)
            cues.append((n, c["token"]))
            labels.append(next((k for k, g in enumerate(gold) if right(g, spans)), -1))
            fit.append(overlap(gold[labels[-1]][2], spans[2]) if labels[-1] >= 0 else 0.0)
        # Of the candidates of one cue for one attribution only the closest is right.
        best = Counter()
        for k in range(first, len(rows)):
            best[cues[k], labels[k]] = max(best[cues[k], labels[k]], fit[k])
        for k in range(first, len(rows)):
            if fit[k] < best[cues[k], labels[k]]:
                labels[k] = -1
    return rows, np.array(labels), np.array(groups), cues, total


def relations(scores, labels, groups, cues, total, threshold):
    """F1 when every cue gives its best candidate above the threshold."""
    best = {}
    for k in np.flatnonzero(scores > threshold):
        if cues[k] not in best or scores[k] > scores[best[cues[k]]]:
            best[cues[k]] = k
    hits = len({(groups[k], labels[k]) for k in best.values() if labels[k] >= 0})
    p, r = hits / max(len(best), 1), hits / total
    return 2 * p * r / max(p + r, 1e-9), p, r


def matrix(rows, index):
    cells = np.array([(r, index[f]) for r, row in enumerate(rows) for f in set(row) if f in index])
    return csr_matrix((np.ones(len(cells)), (cells[:, 0], cells[:, 1])), shape=(len(rows), len(index)))


def main():
    rows, labels, groups, cues, total = table(load(*sys.argv[1:3]))
    counts = Counter(f for row in rows for f in set(row))
    names = sorted(f for f, c in counts.items() if c >= LEAST)
    index = {f: k for k, f in enumerate(names)}
    x, y = matrix(rows, index), labels >= 0
    print(len(rows), "candidates", int(y.sum()), "right", len({(g, l) for g, l in zip(groups, labels) if l >= 0}), "of", total, "reachable", len(names), "features")
    model = lambda: LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=200, tol=1e-3)
    scores = np.zeros(len(rows))
    for train, test in GroupKFold(2).split(x, y, groups):
        scores[test] = model().fit(x[train], y[train]).decision_function(x[test])
    tried = [(relations(scores, labels, groups, cues, total, t), t) for t in np.arange(-2.0, 1.0, 0.1)]
    (f1, p, r), threshold = max(tried)
    print(f"cross-validated relations: F1 {f1:.4f} P {p:.4f} R {r:.4f} at {threshold:.1f}")
    fitted = model().fit(x, y)
    weights, bias = fitted.coef_[0], float(fitted.intercept_[0])
    if len(sys.argv) > 4:
        d_rows, d_labels, d_groups, d_cues, d_total = table(load(*sys.argv[4:6]))
        d_scores = fitted.decision_function(matrix(d_rows, index))
        print("development:", relations(d_scores, d_labels, d_groups, d_cues, d_total, threshold))
    with open(sys.argv[3], "w", encoding="utf8") as out:
        out.write("# Weights that tell attributions from other clauses, made by train/voices. feature, weight\n")
        out.write(f"threshold\t{threshold - bias:.3f}\n")
        for name, weight in zip(names, weights):
            if abs(weight) >= 0.05:
                out.write(f"{name}\t{weight:.3f}\n")


main()
