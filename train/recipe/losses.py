"""The training loss, and quick scores on held-out sentences."""
import torch
import torch.nn.functional as F

from .batches import collate, ordered


def mask_arcs(arcs, lengths):
    """Arc scores with the heads beyond a sentence's end and the word itself forbidden."""
    B, T, H = arcs.shape
    j = torch.arange(H)
    bad = (j[None, None] > lengths[:, None, None].long()) | (j[None, None] == torch.arange(1, T + 1)[None, :, None])
    return arcs.masked_fill(bad, -1e4)


def loss(model, out, batch, extra=.5):
    """Sum of the losses of all layers of annotation, a word's mean each; `extra` is the additional weight of arguments."""
    heads = model.heads

    core = torch.zeros(len(model.vocabulary.deprel) + 1)
    for name in ('nsubj', 'nsubj:pass', 'obj', 'iobj', 'obl:agent'):
        core[model.vocabulary.index['deprel'][name]] = extra
    more = 1 + core[batch['deprels'].clamp(min=-1)].reshape(-1)  # who did what to whom counts most

    def ce(logits, y, more=1):
        y = y.reshape(-1)
        raw = F.cross_entropy(logits.reshape(y.shape[0], -1), y, ignore_index=-100, reduction='none', label_smoothing=.03)
        w = batch['weight'].repeat_interleave(y.shape[0] // batch['weight'].shape[0]) * (y >= 0) * more
        return (raw * w).sum() / w.sum().clamp(min=1)

    arcs = mask_arcs(out['arcs'], batch['lengths'])
    y = batch['heads'].reshape(-1)
    raw = F.cross_entropy(arcs.reshape(y.shape[0], -1), y, ignore_index=-100, reduction='none')
    w = batch['weight'].repeat_interleave(arcs.shape[1]) * (y >= 0) * more
    total = (raw * w).sum() / w.sum().clamp(min=1)
    total = total + ce(heads.labels(out, batch['heads'].clamp(min=0)), batch['deprels'], more)
    total = total + .5 * ce(out['upos'], batch['upos']) + .5 * ce(out['xpos'], batch['xpos']) + .7 * ce(out['ner'], batch['ner'])
    return total


def viterbi(scores):
    """Best BIO sequence of scores [n, 9]."""
    n, k = scores.shape
    allowed = torch.zeros(k, k)
    for j in range(2, k, 2):
        allowed[:, j] = -1e4
        allowed[j - 1, j] = allowed[j, j] = 0
    best, back = scores[0].clone(), []
    best[2::2] = -1e4
    for t in range(1, n):
        m, arg = (best[:, None] + allowed).max(0)
        best = m + scores[t]
        back.append(arg)
    path = [int(best.argmax())]
    for arg in reversed(back):
        path.append(int(arg[path[-1]]))
    return path[::-1]


@torch.no_grad()
def predict(model, sentences, collate_with=None, probabilities=False):
    """(upos, xpos, heads, deprels, ner) lists for each sentence; greedy heads, so a cycle is possible."""
    v = model.vocabulary
    out = [None] * len(sentences)
    for ids in ordered(sentences):
        batch = (collate_with or (lambda s: collate(s, v)))([sentences[i] for i in ids])
        o = model(batch)
        arcs = mask_arcs(o['arcs'], batch['lengths'])
        heads = arcs.argmax(-1)
        logits = model.heads.labels(o, heads)
        logits[:, :, v.index['deprel']['root']] += torch.where(heads == 0, 1e4, -1e4)
        labels = logits.argmax(-1)
        conf = arcs.softmax(-1).max(-1).values if probabilities else None
        for b, i in enumerate(ids):
            n = len(sentences[i].forms)
            row = ([v.upos[x] for x in o['upos'][b, :n].argmax(-1)], [v.xpos[x] for x in o['xpos'][b, :n].argmax(-1)],
                   heads[b, :n].tolist(), [v.deprel[x] for x in labels[b, :n]], [v.ner[x] for x in viterbi(o['ner'][b, :n])])
            out[i] = row + ((conf[b, :n].tolist(),) if probabilities else ())
    return out


def spans(tags):
    """(start, end, class) of BIO tags"""
    out, a = set(), None
    for i, t in enumerate(list(tags) + ['O']):
        if a is not None and (t[0] != 'I' or t[2:] != tags[a][2:]):
            out.add((a, i, tags[a][2:]))
            a = None
        if t[0] == 'B' or t[0] == 'I' and a is None:
            a = i
    return out


def arguments(sentence, heads, deprels, upos):
    """(sentence, verb, word, relation) for every subject and object of a verb"""
    return {(sentence, h, i, d) for i, (h, d) in enumerate(zip(heads, deprels)) if d in ('nsubj', 'nsubj:pass', 'nsubj:outer', 'obj', 'iobj') and h and upos[h - 1] == 'VERB'}


def measure(model, sentences, collate_with=None):
    """Percentages: upos, xpos, uas, las (no subtypes), F1 of verbs' arguments, F1 of names, as far as annotated."""
    rows = predict(model, sentences, collate_with)
    n = u = x = a = l = ls = tp = p = g = 0
    told, true = set(), set()
    for s, (upos, xpos, heads, deprels, ner) in zip(sentences, rows):
        if s.heads:
            n += len(s.forms)
            u += sum(map(str.__eq__, upos, s.upos))
            x += sum(map(str.__eq__, xpos, s.xpos))
            for h, d, H, D in zip(heads, deprels, s.heads, s.deprels):
                a += h == H
                l += h == H and d.split(':')[0] == D.split(':')[0]
                ls += h == H and d == D
            told |= arguments(id(s), heads, deprels, upos)
            true |= arguments(id(s), s.heads, s.deprels, s.upos)
        if s.ner:
            P, G = spans(ner), spans(s.ner)
            tp, p, g = tp + len(P & G), p + len(P), g + len(G)
    r = {k: round(100 * c / n, 2) for k, c in dict(upos=u, xpos=x, uas=a, las=l, las_sub=ls).items()} if n else {}
    if n:
        r['core'] = round(200 * len(told & true) / max(1, len(told) + len(true)), 2)
    return r | ({'ner': round(200 * tp / max(1, p + g), 2)} if g else {})
