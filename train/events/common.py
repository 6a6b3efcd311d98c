"""What all parts share: annotated reports beside what Dateline made of them, and linear models over named features."""
import json
import os

import numpy as np
from collections import Counter
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

scorer = {}


def use_scorer(path):
    """Takes over the functions of the script that pairs answers with gold events, so that training and scoring agree."""
    source = open(path, encoding="utf8").read().replace("\nmain()", "")
    scorer.update({"__file__": path, "__name__": "scorer"})
    exec(compile(source, path, "exec"), scorer)


def load(folder, answers):
    """(text, gold events, answers' events, pairs, whole answer) of every report of a set: `texts.jsonl` and `gold/`."""
    docs = [json.loads(line) for line in open(os.path.join(folder, "texts.jsonl"), encoding="utf8")]
    by_id = {d["id"]: d for d in map(json.loads, open(answers, encoding="utf8"))}
    read = []
    for doc in docs:
        gold, _ = scorer["load_gold"](os.path.join(folder, "gold"), doc)
        answer = by_id.get(doc["id"]) or by_id[scorer["mask_id"](doc["id"])]
        events, _ = scorer["load_pred"](answer, doc["text"])
        for event, record in zip(events, answer["events"]):
            event["record"] = record
        read.append((doc, gold, events, scorer["pair"](gold, events), answer))
    return read


class Features:
    """The features that are seen often enough, numbered."""

    def __init__(self, rows, rarest):
        counts = Counter(f for row in rows for f in set(row))
        self.names = sorted(f for f, c in counts.items() if c >= rarest)
        self.index = {f: k for k, f in enumerate(self.names)}

    def matrix(self, rows):
        cells = [(r, self.index[f]) for r, row in enumerate(rows) for f in set(row) if f in self.index]
        shape = (len(rows), len(self.names))
        if not cells:
            return csr_matrix(shape)
        return csr_matrix((np.ones(len(cells)), tuple(np.array(cells).T)), shape=shape)


def fit(x, y, c):
    return LogisticRegression(C=c, max_iter=3000, solver="liblinear", random_state=0, fit_intercept=False).fit(x, y)


def likely(z):
    return 1 / (1 + np.exp(-z))


def write(path, name, limits, features, model):
    """A table of weights: limits first, then the features that weigh anything."""
    with open(path, "w", encoding="utf8") as f:
        f.write(f"# Weights of the ranker `{name}`, made by train/events. feature, weight\n")
        for key, value in limits.items():
            f.write(f"{key}\t{value}\n")
        for feature, weight in zip(features.names, model.coef_[0]):
            if abs(weight) >= 0.005:
                f.write(f"{feature}\t{weight:.3f}\n")
