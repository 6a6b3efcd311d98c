"""Which tellings are of one act: models/same.tsv."""
import numpy as np

from .common import scorer


def code_points(text):
    """For every byte of a text the code point it belongs to."""
    points = np.zeros(len(text.encode()) + 1, dtype=int)
    at = 0
    for k, character in enumerate(text):
        size = len(character.encode())
        points[at : at + size] = k
        at += size
    points[at] = len(text)
    return points


def pairs(reports):
    """Features, labels and reports of pairs of tellings that both are of some gold event."""
    over = scorer["over"]
    rows, labels, groups = [], [], []
    for n, (doc, gold, _, _, answer) in enumerate(reports):
        points = code_points(doc["text"])
        span = lambda s: (points[s["start"]], points[s["end"]]) if isinstance(s, dict) else (points[s[0]], points[s[1]])
        told = []
        for kind, trigger, clause in answer["training"]["tellings"]:
            trigger, clause = span(trigger), span(clause)
            kin = [(i, g) for i, g in enumerate(gold) if g["type"] == kind]
            exact = {i for i, g in kin if any(over(trigger, t) for _, t in g["m"])}
            loose = {i for i, g in kin if any(over(trigger, c) and over(t, clause) for c, t in g["m"])}
            told.append(exact or (loose if len(loose) == 1 else set()))
        for i, j, features in answer["training"]["pairs"]:
            if told[i] and told[j]:
                rows.append(features)
                labels.append(bool(told[i] & told[j]))
                groups.append(n)
    return rows, np.array(labels), np.array(groups)
