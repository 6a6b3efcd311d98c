#!/usr/bin/env python3
"""The commonest classes of error on annotated reports: errors.py SCORER GOLD_DIR TEXTS.jsonl RECORDS.jsonl

SCORER is the scorer of events (score_events.py), whose pairing and whose notion of agreement are used; GOLD_DIR and TEXTS what it
takes; RECORDS what `dateline read TEXTS.jsonl --format jsonl` wrote. Prints how often each class of error occurs, the commonest
first. An event may show several."""
import collections
import importlib.util
import json
import pathlib
import sys


def load(path):
    """The scorer as a module; its last line runs it, and is left out."""
    sys.path.insert(0, str(pathlib.Path(path).parent))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("scorer", loader=None))
    module.__file__ = path
    source = pathlib.Path(path).read_text().rstrip().removesuffix("main()").rstrip()
    exec(compile(source.removesuffix('if __name__ == "__main__":'), path, "exec"), module.__dict__)
    return module


def rows(path):
    return {row["id"]: row for row in map(json.loads, open(path, encoding="utf-8"))}


def met(scorer, event, others):
    """Whether any of the others is told by the same words, whatever its type."""
    return any(scorer.over(t, c) and scorer.over(u, d) for o in others for c, u in event["m"] for d, t in o["m"])


def side(scorer, name, gold, answer):
    """What is wrong with one side of an event."""
    told, answered = gold[name], answer[name]
    left = [p for p in answered if not any(scorer.same_party(g, p) for g in told)]
    for party in told:
        if any(scorer.same_party(party, p) for p in answered):
            continue
        if not answered:
            yield f"{name}: none where there is one"
        elif any(party.get("country") and party["country"] == p["country"] for p in answered):
            yield f"{name}: right country, other party"
        else:
            yield f"{name}: another country's, or nobody's"
    if left and not told:
        yield f"{name}: one where there is none"
    elif len(answered) > len(told) and told:
        yield f"{name}: one too many"


def place(scorer, gold, answer):
    if gold and not answer:
        yield "place: none where there is one"
    elif answer and not gold:
        yield "place: one where there is none"
    elif gold and not scorer.same_name(gold["name"], answer["name"]):
        same = gold.get("country") and gold["country"] == answer.get("country")
        yield "place: another one in the right country" if same else "place: in another country"


def date(gold, answer):
    days = lambda when: when and (when.get("start"), when.get("end"))
    if days(gold) == days(answer):
        return
    if not answer:
        yield "date: none where there is one"
    elif not gold:
        yield "date: one where there is none"
    elif gold["start"] <= answer["end"] and answer["start"] <= gold["end"]:
        yield "date: overlaps, longer or shorter"
    else:
        yield "date: another one"


def main():
    scorer = load(sys.argv[1])
    texts, records = rows(sys.argv[3]), rows(sys.argv[4])
    classes, events = collections.Counter(), 0
    for name, text in sorted(texts.items()):
        gold, _ = scorer.load_gold(sys.argv[2], text)
        answers, _ = scorer.load_pred(records[name], text["text"])
        pairs = scorer.pair(gold, answers)
        events += sum(g.get("sure", True) for g in gold)
        paired = {i for i, _ in pairs}
        taken = {j for _, j in pairs}
        for i, event in enumerate(gold):
            if i not in paired and event.get("sure", True):
                other_type = met(scorer, event, answers)
                classes["event: read with another type" if other_type else f"event: overlooked, {event['type']}"] += 1
        for j, answer in enumerate(answers):
            if j not in taken and not answer["background"]:
                again = met(scorer, answer, gold)
                classes["event: told once more, or of another type" if again else f"event: invented, {answer['type']}"] += 1
        for i, j in pairs:
            one, other = gold[i], answers[j]
            if not one.get("sure", True):
                continue
            if not scorer.parties_agree(one, other):
                for name_of_side in ("actors", "recipients"):
                    classes.update(side(scorer, name_of_side, one, other))
            if one["status"] != other["status"]:
                classes[f"status: {one['status']} read as {other['status']}"] += 1
            if one.get("mode") and one["mode"] != other.get("mode"):
                classes["mode: another" if other.get("mode") else "mode: none where there is one"] += 1
            classes.update(place(scorer, one["place"], other["place"]))
            classes.update(date(one["when"], other["when"]))
    print(f"{len(texts)} reports, {events} events annotated as sure")
    for name, count in classes.most_common(40):
        print(f"{count:5}  {name}")


if __name__ == "__main__":
    main()
