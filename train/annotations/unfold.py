#!/usr/bin/env python3
"""Joins our annotation with the raw news it is of, into a set that can be trained on: `texts.jsonl` and `gold/`.

usage: unfold.py RAW.jsonl.gz OUT_DIR

RAW  news reports, one {"id", "date", "source", "title", "text"} a line; they are no part of this project
"""
import gzip
import json
import os
import sys

raw, out = sys.argv[1:3]
here = os.path.dirname(os.path.abspath(__file__))
news = {r["id"]: r for r in map(json.loads, gzip.open(raw, "rt", encoding="utf8"))}
os.makedirs(os.path.join(out, "gold"), exist_ok=True)
with open(os.path.join(out, "texts.jsonl"), "w", encoding="utf8") as texts:
    for n, line in enumerate(open(os.path.join(here, "events.jsonl"), encoding="utf8")):
        annotation = json.loads(line)
        report = news[annotation["report"]]
        name = f"own{n:03}"
        text = report["text"][: annotation["length"]]
        row = {"id": name, "date": report["date"][:10], "source": report["source"], "title": report["title"], "text": text}
        texts.write(json.dumps(row, ensure_ascii=False) + "\n")
        for event in annotation["events"]:
            event["mentions"] = [{"clause": m[:2], "trigger": m[2:]} for m in event["mentions"]]
            event["place"], event["when"] = event.get("place"), event.get("when")
            event["mode"], event["sources"] = event.get("mode"), event.get("sources", [])
        gold = {"id": name, "events": annotation["events"], "statements": []}
        with open(os.path.join(out, "gold", f"{name}.json"), "w", encoding="utf8") as f:
            json.dump(gold, f, ensure_ascii=False)
