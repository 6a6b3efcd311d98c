#!/usr/bin/env python3
"""Tells whether `confidence` can be trusted: how often type and parties are right where it says so.

usage: calibration.py ANSWERS.jsonl TEXTS.jsonl GOLD_DIR SCORER.py

ANSWERS  what `dateline-eval predict events` wrote for TEXTS
SCORER   the script that pairs answers with gold events (its functions are used)

The expected calibration error is the mean distance of confidence and share of right events over ten bins of equal width,
weighted by their size. Of reports that the scorer was trained on it is flattered; `train.py` tells the cross-validated one.
No third-party module is needed.
"""
import json
import sys

answers, texts, gold_dir, scorer = sys.argv[1:5]
sys.argv = [scorer]
space = {"__file__": scorer, "__name__": "scorer"}
exec(compile(open(scorer, encoding="utf8").read().replace("\nmain()", ""), scorer, "exec"), space)

docs = {d["id"]: d for d in map(json.loads, open(texts, encoding="utf8"))}
told = {d["id"]: d for d in map(json.loads, open(answers, encoding="utf8"))}
bins = [[] for _ in range(10)]
for key, doc in docs.items():
    gold, _ = space["load_gold"](gold_dir, doc)
    answer = told.get(key) or told[space["mask_id"](key)]
    events, _ = space["load_pred"](answer, doc["text"])
    pairs = {j: i for i, j in space["pair"](gold, events)}
    for j, (event, record) in enumerate(zip(events, answer["events"])):
        found = gold[pairs[j]] if j in pairs else None
        # What the readers were not sure of, and history that they left out, counts neither way.
        if (found is not None and not found.get("sure", True)) or (found is None and event["background"]):
            continue
        right = found is not None and bool(space["parties_agree"](found, event))
        bins[min(9, int(10 * record["confidence"]))].append((record["confidence"], right))

total = sum(map(len, bins))
error = 0.0
print("confidence      events  said  right")
for k, b in enumerate(bins):
    if b:
        said, right = sum(c for c, _ in b) / len(b), sum(r for _, r in b) / len(b)
        error += len(b) / total * abs(said - right)
        print(f"{k / 10:.1f} to {k / 10 + 0.1:.1f} {len(b):8} {said:5.2f} {right:6.2f}")
print(f"expected calibration error {error:.3f} over {total} events")
