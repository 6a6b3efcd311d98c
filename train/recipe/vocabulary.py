"""The features the model knows: every hash that is frequent enough gets a row, in the order of the hashes."""
import collections

import numpy as np

from . import vectors
from .data import NER
from .features import VECTOR, canon, features, fnv, vector_keys


class Vocabulary:
    """Feature rows, vector rows and label lists. Row 0 of both tables is for the unknown."""

    def __init__(self, state):
        self.__dict__.update(state)
        self.row = {int(h): i + 1 for i, h in enumerate(self.hashes)}
        self.vrow = {int(h): int(r) + 1 for h, r in zip(self.vector_hashes, self.vector_rows)}
        self._memo = {}
        self.index = {k: {x: i for i, x in enumerate(getattr(self, k))} for k in ('upos', 'xpos', 'deprel', 'ner')}

    def lookup(self, form):
        """(identity rows, other rows, vector row, count in gold data of the lower form)"""
        hit = self._memo.get(form)
        if hit is None:
            f, n_id = features(form)
            rows = [self.row.get(h, 0) for h in f]
            v = next((self.vrow[k] for k in (fnv(VECTOR, s) for s in vector_keys(form)) if k in self.vrow), 0)
            hit = self._memo[form] = ([r for r in rows[:n_id] if r], [r for r in rows[n_id:] if r], v, self.gold_count.get(f[0], 0))
        return hit


def build(gold, raw_counts, wheel, limit):
    """The vocabulary of gold sentences and of counted raw words, at most `limit` rows; and the vector matrix."""
    count, weight, gold_count = collections.Counter(), collections.Counter(), collections.Counter()
    for s in gold:
        count.update(s.forms)
    both = collections.Counter(count)
    both.update(raw_counts)
    seen = {}
    for form, n in both.items():
        f, _ = features(form)
        for h in f:
            weight[h] += n
            seen[h] = seen.get(h, 0) + 1
        gold_count[f[0]] += count.get(form, 0)
    known = [h for h, _ in sorted(weight.items(), key=lambda x: (-x[1], x[0]))[:limit]]
    matrix, keys = vectors.load(wheel)
    table = {}
    for k, r in sorted(keys.items()):
        table.setdefault(fnv(VECTOR, canon(k)), r)
    order = sorted(table)
    labels = lambda f: sorted({x for s in gold if getattr(s, f) for x in getattr(s, f)})
    return Vocabulary({
        'hashes': np.array(sorted(known), np.uint32), 'vector_hashes': np.array(order, np.uint32),
        'vector_rows': np.array([table[h] for h in order], np.uint16), 'gold_count': dict(gold_count),
        'upos': labels('upos'), 'xpos': labels('xpos'), 'deprel': labels('deprels'), 'ner': NER,
    }), matrix
