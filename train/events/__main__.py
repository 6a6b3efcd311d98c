"""Trains everything that weighs events, on annotated reports, and writes the tables under models/.

usage: python -m events --eval DATELINE_EVAL --scorer score_events.py --mask mask.py --work DIR --out models SET [SET ...]

SET     a folder with `texts.jsonl` and `gold/`, as the annotation guidelines have it; the first one's habits count
scorer  the script that pairs answers with gold events; its functions are used, so that training and scoring agree
mask    the script that leaves of a set what a reader may see

The parts stand on each other: countries (origin), then tellings of one act (same), then parties, then the scorer. Each is
trained on what the ones before it made of reports they were not trained on (three parts of the reports, in turn), for on
their own reports they are better than they will ever be. Deterministic. Needs numpy, scipy and scikit-learn.
"""
import argparse
import itertools
import json
import os
import shutil
import subprocess
import sys

import numpy as np

from . import common, origin, parties, same, scorer
from .common import Features, fit, likely, load, write

FOLDS = 3
SAME_LIMIT = 0.4

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("--eval", required=True)
options.add_argument("--scorer", required=True)
options.add_argument("--mask", required=True)
options.add_argument("--work", required=True)
options.add_argument("--out", required=True)
options.add_argument("sets", nargs="+")
options = options.parse_args()
common.use_scorer(options.scorer)
work = lambda *path: os.path.join(options.work, *path)
os.makedirs(options.work, exist_ok=True)

inputs = []
for k, folder in enumerate(options.sets):
    masked = subprocess.run([sys.executable, options.mask, "events", os.path.join(folder, "texts.jsonl")],
                            check=True, capture_output=True, text=True).stdout
    inputs.append([line + "\n" for line in masked.splitlines()])


def predict(lines, weights, name):
    source, target = work(f"{name}.in"), work(f"{name}.out")
    open(source, "w", encoding="utf8").writelines(lines)
    subprocess.run([options.eval, "predict", "events-training", source, "--weights", weights, "--output", target], check=True)
    return {json.loads(line)["id"]: line for line in open(target, encoding="utf8")}


def read(answers):
    """All sets with answers that are given by id."""
    reports = []
    for k, folder in enumerate(options.sets):
        path = work(f"set{k}.jsonl")
        ids = [json.loads(line)["id"] for line in inputs[k]]
        open(path, "w", encoding="utf8").writelines(answers[i] for i in ids)
        reports += load(folder, path)
    return reports


def weights(name):
    """A folder of weights that begins with those of the start."""
    folder = work(name)
    os.makedirs(folder, exist_ok=True)
    for table in os.listdir(work("start")):
        shutil.copy(work("start", table), folder)
    return folder


# Before anything is trained: every telling stands alone, every slot keeps what it holds, everybody is of the main country.
os.makedirs(work("start"), exist_ok=True)
open(work("start", "origin.tsv"), "w").write("threshold\t0\nrank 0\t1\n")
open(work("start", "parties.tsv"), "w").write("limit told\t0\n")
open(work("start", "same.tsv"), "w").write("limit same\t0.5\nbias\t-1.5\nrule true false\t3\nrule true true\t3\n")
every = list(itertools.chain(*inputs))
origin.train(read(predict(every, work("start"), "all")), work("start", "origin.tsv"))

reports = read(predict(every, work("start"), "all"))
masked_id = common.scorer["mask_id"]
fold = {masked_id(report[0]["id"]): n % FOLDS for n, report in enumerate(reports)}
part = lambda groups: np.array([groups[n] % FOLDS for n in range(len(groups))])


def unseen(name):
    """Every report as the weights read it that were trained on the others."""
    answers = {}
    for k in range(FOLDS):
        answers |= predict([line for line in every if fold[json.loads(line)["id"]] == k], work(f"fold{k}"), name)
    return read(answers)


rows, y, groups = same.pairs(reports)
features = Features(rows, 5)
x = features.matrix(rows)
for k in range(FOLDS + 1):
    use = part(groups) != k
    write(os.path.join(weights(f"fold{k}"), "same.tsv"), "same", {"limit same": SAME_LIMIT}, features, fit(x[use], y[use], 0.05))
print(f"same: {len(y)} pairs, {y.mean():.2f} of one act")

reports = unseen("told")
found = parties.slots(reports)
rows = [c[1] for s in found for c in s["candidates"]]
y = np.array([bool(c[2]) for s in found for c in s["candidates"]])
groups = np.array([s["report"] for s in found for _ in s["candidates"]])
features = Features(rows, 4)
x, p, models = features.matrix(rows), np.zeros(len(y)), []
for k in range(FOLDS + 1):
    use = part(groups) != k
    models.append(fit(x[use], y[use], 0.1))
    if k < FOLDS:
        p[~use] = likely(models[k].decision_function(x[~use]))
bounds = np.cumsum([0] + [len(s["candidates"]) for s in found])
first = len(inputs[0])
ours = [k for k, s in enumerate(found) if s["report"] < first]
slots, likelihoods = [found[k] for k in ours], [p[bounds[k] : bounds[k + 1]] for k in ours]
names = ("told", "open")
grid = itertools.product((0.1, 0.2, 0.3, 0.35, 0.4), (0.25, 0.3, 0.35, 0.4, 0.45))
best, limits = max((parties.share_right(slots, likelihoods, dict(zip(names, g))), g) for g in grid)
limits = {f"limit {name}": value for name, value in zip(names, limits)}
print(f"parties: {len(found) // 2} acts, all parties right {best:.3f} cross-validated on the first set, {limits}")
for k in range(FOLDS + 1):
    write(work(f"fold{k}", "parties.tsv"), "parties", limits, features, models[k])

scorer.train(unseen("judged"), first, os.path.join(options.out, "scorer.tsv"))
for table in ("origin", "same", "parties"):
    shutil.copy(work(f"fold{FOLDS}", f"{table}.tsv"), options.out)
