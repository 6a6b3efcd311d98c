#!/usr/bin/env python3
"""Trains the proposer (models/proposer.tsv).

usage: train.py PLV.tsv PLV.jsonl OWN.tsv OWN.jsonl OUT.tsv [--folds N]

PLV.tsv   the training rows of the PLV set (uid, gold_root, marked_sentence)
OWN.tsv   what sentences.py writes
*.jsonl   their features: `dateline-eval predict plv-training X.tsv --output X.jsonl`

Linear support vector machines, one a type, over named features. Every weight has a part that all sentences share and a part
of the PLV rows alone; the table holds their sum. The score is told by cross-validation over the PLV rows, with rows that
begin alike in one fold; a row's fold decides nothing but which rows are held out. Needs numpy and scikit-learn.
"""
import argparse
import collections
import csv
import json
import re
import numpy as np
from scipy.sparse import csr_matrix, diags, hstack, vstack
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC

# In the order of `TYPES` in crates/events/src/proposer.
CLASSES = "ACCUSE AGREE AID ASSAULT COERCE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST SANCTION SUPPORT THREATEN YIELD".split()
C = 1.0
WEIGHT = {"plv": 1.0, "own": 0.5, "frame": 0.15}
# Own examples of a frame match that frame by design, which says nothing of how far frames can be trusted.
OF_FRAMES = re.compile(r"(f|pf|v\df|v\do|v\d&o|v\dfl&o):")


def read(table, features):
    rows = {r["uid"]: r for r in csv.DictReader(open(table, encoding="utf8", newline=""), delimiter="\t")}
    for line in open(features, encoding="utf8"):
        seen = json.loads(line)
        row = rows[seen["uid"]]
        source = seen["uid"].split(".")[0] if "." in seen["uid"] else "plv"
        names = [f for f in seen["features"] if source != "frame" or not OF_FRAMES.match(f)]
        yield source, CLASSES.index(row.get("gold_root") or row["root"]), names, row["marked_sentence"]


def matrix(rows, index):
    """A row a sentence, its features as equal parts of a vector of length one."""
    pairs = [(r, index[f]) for r, row in enumerate(rows) for f in row if f in index]
    x = csr_matrix((np.ones(len(pairs)), tuple(np.array(pairs).T)), shape=(len(rows), len(index)))
    return diags(1 / np.sqrt(np.maximum(1, np.asarray(x.sum(1)).ravel()))) @ x


class Linear:
    """The shared and the own part of the weights, added up."""

    def __init__(self, rows, sources, y, keep):
        counts = collections.Counter(f for row in rows for f in row)
        names = sorted(f for f, c in counts.items() if c >= 2)
        self.fit(names, rows, sources, y)
        if len(names) > keep:
            strength = np.abs(self.w).max(0) * np.sqrt([counts[f] for f in names])
            self.fit(sorted(names[k] for k in np.argsort(-strength, kind="stable")[:keep]), rows, sources, y)

    def fit(self, names, rows, sources, y):
        self.index = {f: k for k, f in enumerate(names)}
        x = matrix(rows, self.index)
        of_plv = diags((sources == "plv").astype(float)) @ x
        weight = np.array([WEIGHT[s] for s in sources])
        svm = LinearSVC(C=C, tol=1e-3, max_iter=400, random_state=0).fit(hstack([x, of_plv]).tocsr(), y, sample_weight=weight)
        n = len(names)
        self.w, self.b = svm.coef_[:, :n] + svm.coef_[:, n:], svm.intercept_

    def scores(self, rows):
        return matrix(rows, self.index) @ self.w.T + self.b


def main():
    p = argparse.ArgumentParser()
    p.add_argument("files", nargs=5)
    p.add_argument("--folds", type=int, default=10)
    p.add_argument("--keep", type=int, default=16000, help="features in the table")
    p.add_argument("--pred", help="write the cross-validated answers here")
    a = p.parse_args()
    plv_table, plv_features, own_table, own_features, out = a.files
    data = [*read(plv_table, plv_features), *read(own_table, own_features)]
    sources, y = np.array([d[0] for d in data]), np.array([d[1] for d in data])
    rows = [d[2] for d in data]
    plv = np.flatnonzero(sources == "plv")
    group = {}
    for k in plv:
        start = re.sub(r"[^a-z ]", "", re.sub(r"</?[st]>", "", data[k][3]).lower())[:40]
        group[k] = start
    order = {g: k for k, g in enumerate(np.random.RandomState(1).permutation(sorted(set(group.values()))))}
    fold = np.array([order[group[k]] % a.folds for k in plv])
    scores = np.zeros((len(plv), len(CLASSES)))
    for k in range(a.folds):
        held = set(plv[fold == k])
        train = [i for i in range(len(rows)) if i not in held]
        model = Linear([rows[i] for i in train], sources[train], y[train], a.keep)
        scores[fold == k] = model.scores([rows[i] for i in plv[fold == k]])
    gold, answer = y[plv], scores.argmax(1)
    print(f"cross-validated over {len(plv)} rows in {len(order)} groups: macro-F1 {f1_score(gold, answer, average='macro'):.3f}, accuracy {(gold == answer).mean():.3f}")

    def loss(sharpness):
        z = scores * sharpness
        return np.mean(np.log(np.exp(z - z.max(1, keepdims=True)).sum(1)) + z.max(1) - z[np.arange(len(z)), gold])

    sharpness = min(np.arange(1, 8, 0.25), key=loss)
    z = np.exp(sharpness * (scores - scores.max(1, keepdims=True)))
    sure = (z / z.sum(1, keepdims=True)).max(1)
    error = sum(abs((gold == answer)[b].sum() - sure[b].sum()) for k in range(10) for b in [(sure > k / 10) & (sure <= (k + 1) / 10)]) / len(gold)
    print(f"sharpness {sharpness}, calibration error {error:.3f}")
    if a.pred:
        with open(a.pred, "w", encoding="utf8") as f:
            for k, i in zip(plv, answer):
                f.write(f"{CLASSES[y[k]]}\t{CLASSES[i]}\t{data[k][3]}\n")
    model = Linear(rows, sources, y, a.keep)
    with open(out, "w", encoding="utf8") as f:
        f.write("# Weights of the proposer in hundredths, made by train/proposer. feature, then: " + " ".join(CLASSES) + "\n")
        for name, w in [("bias", model.b), *((n, model.w[:, k]) for n, k in model.index.items())]:
            f.write(name + "\t" + " ".join(str(round(100 * sharpness * x)) for x in w) + "\n")


if __name__ == "__main__":
    main()
