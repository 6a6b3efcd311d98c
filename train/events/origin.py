"""Of which country somebody is for whom the words name none: models/origin.tsv."""
from collections import Counter

import numpy as np
from sklearn.model_selection import GroupKFold

from .common import Features, fit, likely, scorer, write


def train(reports, out):
    """Learns from gold parties whose name is that of a member without a country of its own."""
    slots = []
    for n, (_, gold, _, _, answer) in enumerate(reports):
        names = {e["id"]: e["name"] for e in answer["entities"]}
        parties = [p for g in gold for p in g["actors"] + g["recipients"]]
        for entity, candidates in answer["training"]["origins"]:
            told = Counter(p["country"] for p in parties if scorer["same_name"](p["name"], names[entity]))
            if told and candidates:
                wanted = {c for c, k in told.items() if k == max(told.values())}
                slots.append((n, wanted, candidates))
    rows = [f for _, _, candidates in slots for _, f in candidates]
    y = np.array([c in wanted for _, wanted, candidates in slots for c, _ in candidates])
    groups = np.array([n for n, _, candidates in slots for _ in candidates])
    features = Features(rows, 4)
    x = features.matrix(rows)
    best = None
    for c in (0.03, 0.1, 0.3):
        p = np.zeros(len(y))
        for a, b in GroupKFold(8).split(x, y, groups):
            p[b] = likely(fit(x[a], y[a], c).decision_function(x[b]))
        for limit in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3):
            at = right = 0
            for _, wanted, candidates in slots:
                q = p[at : at + len(candidates)]
                at += len(candidates)
                top = int(np.argmax(q))
                right += (candidates[top][0] if q[top] >= limit else None) in wanted
            if best is None or right > best[0]:
                best = (right, limit, c)
    right, limit, c = best
    print(f"origin: {len(slots)} members, right country {right / len(slots):.3f} cross-validated, C {c}")
    write(out, "origin", {"threshold": limit}, features, fit(x, y, c))
