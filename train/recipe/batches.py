"""Batches of sentences as tensors."""
import numpy as np
import torch

from .noise import noisy


def collate(sentences, vocabulary, rng=None, word_drop=0.0):
    """Tensors of one batch; with rng, rare words lose their identity at random."""
    T, B = max(len(s.forms) for s in sentences), len(sentences)
    index, rows, offsets, vrows = {}, [], [], []
    words = np.zeros((T, B), np.int64)

    def row(form):
        if form not in index:
            index[form] = len(offsets)
            ident, other, v, count = vocabulary.lookup(form)
            if rng and rng.random() < word_drop / (1 + .3 * count) + .01:
                ident = []
            if rng and rng.random() < .07:
                v = 0
            offsets.append(len(rows))
            rows.extend(ident)
            rows.extend(other)
            if len(rows) == offsets[-1]:
                rows.append(0)
            vrows.append(v)
        return index[form]

    pad = row('')
    words[:] = pad
    y = {k: np.full((B, T), -100, np.int64) for k in ('upos', 'xpos', 'ner', 'heads', 'deprels')}
    maps = {k: vocabulary.index[k] for k in ('upos', 'xpos', 'ner', 'deprel')}
    for b, s in enumerate(sentences):
        n = len(s.forms)
        words[:n, b] = [row(f) for f in s.forms]
        if s.upos:
            y['upos'][b, :n] = [maps['upos'][x] for x in s.upos]
            y['xpos'][b, :n] = [maps['xpos'].get(x, -100) for x in s.xpos]
        if s.heads:
            y['heads'][b, :n] = s.heads
            y['deprels'][b, :n] = [maps['deprel'].get(x, -100) for x in s.deprels]
        if s.ner:
            y['ner'][b, :n] = [maps['ner'][x] for x in s.ner]
    return {'words': torch.from_numpy(words), 'rows': torch.tensor(rows), 'offsets': torch.tensor(offsets), 'vrows': torch.tensor(vrows),
            'lengths': torch.tensor([len(s.forms) for s in sentences], dtype=torch.int32),
            'weight': torch.tensor([s.weight for s in sentences]), **{k: torch.from_numpy(v) for k, v in y.items()}}


def shuffled(sentences, rng, words):
    """Lists of sentences of similar length with about `words` words, in random order, with noise."""
    s = [noisy(x, rng) for x in sentences]
    s.sort(key=lambda x: len(x.forms) + rng.random() * 4)
    return _cut(s, words, rng)


def _cut(s, words, rng=None):
    out, cur = [], []
    for x in s:
        if cur and (len(cur) + 1) * max(len(x.forms), len(cur[-1].forms)) > words:
            out.append(cur)
            cur = []
        cur.append(x)
    out.append(cur)
    if rng:
        rng.shuffle(out)
    return out


def ordered(sentences, words=3000):
    """Index lists for measuring: every sentence once, similar lengths together."""
    ids = sorted(range(len(sentences)), key=lambda i: len(sentences[i].forms))
    out, cur = [], []
    for i in ids:
        if cur and (len(cur) + 1) * len(sentences[i].forms) > words:
            out.append(cur)
            cur = []
        cur.append(i)
    return out + [cur]
