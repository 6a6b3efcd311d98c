"""Which acts are worth writing down, and how sure their parties are: models/scorer.tsv.

All sets teach what is an act; how often one of a type is written down is the habit of annotators, and that of the first set
counts: it has weights of its own for the features in HABITS, and it alone chooses the threshold.
"""
import numpy as np
from sklearn.model_selection import GroupKFold

from .common import Features, fit, likely, scorer

HABITS = ("bias", "type=", "status=")
# What speaks for the parties being right speaks, by so much, for writing the act down.
PARTIES = 0.5
ALIKE = 0.01


def train(reports, first, out):
    """`first` is the number of reports in the first set."""
    rows, kept, right, groups, total = [], [], [], [], 0
    for n, (_, gold, events, paired, answer) in enumerate(reports):
        total += sum(g.get("sure", True) for g in gold if n < first)
        owner = {j: i for i, j in paired}
        seen = {t["event"]: t for t in answer["training"]["acts"]}
        for j, event in enumerate(events):
            act = seen.get(event["record"]["id"])
            g = gold[owner[j]] if j in owner else None
            unsure = g is not None and not g.get("sure", True)
            if act is None or unsure or (g is None and event["background"]):
                continue
            habits = ["first " + f for f in act["features"] if f.startswith(HABITS)] if n < first else []
            rows.append(act["features"] + habits)
            kept.append(g is not None)
            right.append(g is not None and bool(scorer["parties_agree"](g, event)))
            groups.append(n)
    features = Features(rows, 4)
    x, kept, right, groups = features.matrix(rows), np.array(kept), np.array(right), np.array(groups)
    ours = groups < first

    def cross(y, c):
        z = np.zeros(len(y))
        for a, b in GroupKFold(8).split(x, y, groups):
            z[b] = fit(x[a], y[a], c).decision_function(x[b])
        return z

    def f1(hits, answers):
        return 2 * hits / (answers + total)

    keep, sure = cross(kept, 0.05), cross(right, 0.05)
    keep, sure = keep + PARTIES * sure, likely(sure)
    choices = []
    for t in np.quantile(keep[ours], np.linspace(0, 0.95, 96)):
        k = ours & (keep >= t)
        trigger, parties = f1(kept[k].sum(), k.sum()), f1(right[k].sum(), k.sum())
        choices.append((trigger + parties, t, trigger, parties, k.sum()))
    # The best of all is an accident among those that do nearly alike; of these one is taken that keeps rather more, for what is
    # left out nobody can judge.
    nearly = sorted((c for c in choices if c[0] >= max(choices)[0] - ALIKE), key=lambda c: c[1])
    _, threshold, trigger, parties, count = nearly[len(nearly) // 3]
    sure, good = sure[ours], right[ours]
    steps = np.minimum((sure * 10).astype(int), 9)
    gap = sum(abs(sure[steps == s].mean() - good[steps == s].mean()) * (steps == s).mean() for s in set(steps))
    print(f"scorer: cross-validated trigger {trigger:.4f}, parties {parties:.4f}, keeps {count} of {ours.sum()} acts; "
          f"expected calibration error of confidence {gap:.4f} (all on the first set)")
    keep, sure = fit(x, kept, 0.05), fit(x, right, 0.05)
    with open(out, "w", encoding="utf8") as f:
        f.write("# Weights of the event scorer, made by train/events. feature, weight for keeping, weight for right parties\n")
        f.write(f"threshold\t{threshold:.4f}\t0\n")
        weights = {name: (a + PARTIES * b, b) for name, a, b in zip(features.names, keep.coef_[0], sure.coef_[0])}
        for name, (a, b) in weights.items():
            if not name.startswith("first "):
                more, surer = weights.get("first " + name, (0, 0))
                f.write(f"{name}\t{a + more:.4f}\t{b + surer:.4f}\n")
