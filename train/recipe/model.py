"""The student: word layer, bidirectional SRU layers, heads. The Rust runtime computes the same from int8 weights."""
import torch
import torch.nn.functional as F
from torch import nn

from .sru import sru

# Arc scores get a learned bias by signed distance; bucket of |head - dependent|, mirrored for heads on the left.
DISTANCE = [1, 2, 3, 4, 5, 7, 10, 15, 25]


def norm(x):
    """Layer normalisation without parameters (they are folded into the next matrix)."""
    return F.layer_norm(x, x.shape[-1:], eps=1e-5)


def leaky(x):
    return F.leaky_relu(x, 0.125)


class WordLayer(nn.Module):
    """A vector for each word form, from its features alone."""

    def __init__(self, rows, matrix, emb, out):
        super().__init__()
        self.table = nn.Embedding(rows + 1, emb)
        nn.init.normal_(self.table.weight, std=0.3)
        self.table.weight.data[0] = 0
        std = matrix.std() if matrix is not None else 1.0
        vec = torch.zeros(20001, 300) if matrix is None else torch.cat([torch.zeros(1, 300), torch.tensor(matrix) / float(std)])
        self.register_buffer('vectors', vec, persistent=False)
        self.project = nn.Linear(300, emb, bias=False)
        self.mix = nn.Linear(emb, 2 * out)

    def forward(self, rows, offsets, vrows):
        e = F.embedding_bag(rows, self.table.weight, offsets, mode='sum') + self.project(self.vectors[vrows])
        a, b = self.mix(norm(e)).chunk(2, -1)
        return torch.maximum(a, b)


class SruLayer(nn.Module):
    """x + context from both sides; gates from one matrix."""

    def __init__(self, d):
        super().__init__()
        self.h = d // 2
        self.w = nn.Linear(d, 3 * d, bias=False)
        nn.init.uniform_(self.w.weight, -(3 / d) ** .5, (3 / d) ** .5)
        self.v = nn.Parameter(torch.empty(2, 2, self.h).uniform_(-.2, .2))
        self.b = nn.Parameter(torch.zeros(2, 2, self.h))

    def forward(self, x, lengths, mask):
        T, B, D = x.shape
        n = norm(x)
        if mask is not None:
            n = n * mask
        u = self.w(n).float().view(T, B, 2, 3, self.h)
        return sru(u, x.reshape(T, B, 2, self.h), self.v, self.b, lengths).view(T, B, D)


class Heads(nn.Module):
    """Tags, names, arcs and labels from the encoder's output."""

    def __init__(self, d, vocabulary, arc, lab, tag, name):
        super().__init__()
        self.sizes = [arc, arc, lab, lab, tag, name]
        self.all = nn.Linear(d, sum(self.sizes))
        self.u = nn.Linear(arc, arc)
        self.root = nn.Parameter(torch.randn(arc) * .1)
        self.root_label = nn.Parameter(torch.randn(lab) * .1)
        self.distance = nn.Parameter(torch.zeros(2 * len(DISTANCE)))
        self.label = nn.Linear(3 * lab, len(vocabulary.deprel))
        self.upos = nn.Linear(tag, len(vocabulary.upos))
        self.xpos = nn.Linear(tag, len(vocabulary.xpos))
        self.ner = nn.Linear(name, len(vocabulary.ner))

    def forward(self, x, drop):
        """x [T,B,D] -> batch-first pieces"""
        x = norm(x).transpose(0, 1)
        parts = drop(leaky(self.all(drop(x)).float())).split(self.sizes, -1)
        dep, head, ldep, lhead, tag, name = parts
        B, T, _ = dep.shape
        head = torch.cat([self.root.expand(B, 1, -1), head], 1)
        lhead = torch.cat([self.root_label.expand(B, 1, -1), lhead], 1)
        arcs = self.u(dep).float() @ head.transpose(1, 2) / dep.shape[-1] ** .5
        return {'arcs': arcs + self.bias(T), 'ldep': ldep, 'lhead': lhead, 'upos': self.upos(tag).float(),
                'xpos': self.xpos(tag).float(), 'ner': self.ner(name).float()}

    def bias(self, T):
        """[T, T+1] bias of the arc from word i (row) to head j (column; 0 is the root)"""
        gap = torch.arange(T + 1)[None] - torch.arange(1, T + 1)[:, None]
        bucket = torch.bucketize(gap.abs(), torch.tensor(DISTANCE), right=True).sub(1).clamp(min=0)
        bucket = bucket + (gap > 0) * len(DISTANCE)
        return self.distance[bucket] * (torch.arange(T + 1) > 0)

    def labels(self, out, heads):
        """Label scores [B,T,L] for given heads [B,T]"""
        h = out['lhead'].gather(1, heads[..., None].expand(-1, -1, out['lhead'].shape[-1]))
        d = out['ldep']
        return self.label(torch.cat([d, h, d * h], -1)).float()


class Student(nn.Module):
    """The whole reader."""

    def __init__(self, vocabulary, matrix, d=320, layers=4, emb=96, arc=192, lab=96, tag=96, name=64):
        super().__init__()
        self.vocabulary = vocabulary
        self.config = dict(d=d, layers=layers, emb=emb, arc=arc, lab=lab, tag=tag, name=name)
        self.word = WordLayer(len(vocabulary.hashes), matrix, emb, d)
        self.layers = nn.ModuleList(SruLayer(d) for _ in range(layers))
        self.heads = Heads(d, vocabulary, arc, lab, tag, name)

    def deepen(self, layers):
        """Puts layers on top until there are so many; they begin as almost the identity."""
        while len(self.layers) < layers:
            layer = SruLayer(self.config['d'])
            layer.b.data[:, 1] = -3
            self.layers.append(layer)
            self.config['layers'] += 1

    def forward(self, batch, dropout=0.0):
        w = self.word(batch['rows'], batch['offsets'], batch['vrows']).float()[batch['words']]
        T, B, D = w.shape
        mask = None
        x = w
        for layer in self.layers:
            if dropout:
                mask = (torch.rand(1, B, D) > dropout) / (1 - dropout)
            x = layer(x, batch['lengths'], mask)
        drop = (lambda y: y * ((torch.rand(B, 1, y.shape[-1]) > dropout) / (1 - dropout))) if dropout else (lambda y: y)
        return self.heads(x, drop)
