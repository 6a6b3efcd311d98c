"""Reads a model file back into a student, so that training can go on from it: the reverse of export.py.

The file holds 8-bit weights and, for each word vector, only its projection; the projection matrix is found again by
least squares. What is lost (a step of 1/127 of each row's largest weight) is won back in the first hundred updates.
"""
import collections, struct

import numpy as np
import torch

from .export import checksum
from .features import features
from .model import DISTANCE, Student
from .vocabulary import Vocabulary


class Reader:
    """A cursor over the body of the file."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def array(self, kind, n):
        a = np.frombuffer(self.data, kind, n, self.at)
        self.at += a.nbytes
        return a

    def u32(self):
        return int(self.array('<u4', 1)[0])

    def text(self):
        return self.array('u1', self.u32()).tobytes().decode('utf8')

    def labels(self):
        return [self.text() for _ in range(self.u32())]

    def floats(self, *shape):
        return torch.tensor(self.array('<f4', int(np.prod(shape))).reshape(shape))

    def rows(self, n, width):
        values = torch.tensor(self.array('i1', n * width).reshape(n, width)).float()
        return values * self.floats(n)[:, None]

    def matrix(self, linear):
        """Fills a linear layer; returns what is read for those that hold several."""
        weight = self.rows(*linear.weight.shape)
        bias = self.floats(linear.weight.shape[0])
        linear.weight.data = weight
        if linear.bias is not None:
            linear.bias.data = bias


def gold_counts(gold):
    """How often the lower form's hash occurs in gold sentences."""
    count = collections.Counter()
    for form, n in collections.Counter(f for s in gold for f in s.forms).items():
        count[features(form)[0][0]] += n
    return dict(count)


def student(path, matrix, gold):
    """The student in a model file; `matrix` holds the word vectors, `gold` the sentences it was trained on."""
    data = open(path, 'rb').read()
    magic, version, total = data[:8], *struct.unpack('<IQ', data[8:20])
    if magic != b'DLREADER' or version != 1 or checksum(data[20:]) != total:
        raise SystemExit(f'{path}: not a model file of this version, or damaged')
    r = Reader(data[20:])
    r.text(), r.text()
    d, layers, emb, arc, lab, tag, name, n_rows, n_vectors, n_keys = (r.u32() for _ in range(10))
    labels = {k: r.labels() for k in ('upos', 'xpos', 'deprel', 'ner')}
    hashes, table = r.array('<u4', n_rows), r.rows(n_rows, emb)
    vector_hashes, vector_rows, projected = r.array('<u4', n_keys), r.array('<u2', n_keys), r.rows(n_vectors, emb)
    vocabulary = Vocabulary(labels | {'hashes': hashes, 'vector_hashes': vector_hashes, 'vector_rows': vector_rows, 'gold_count': gold_counts(gold)})
    m = Student(vocabulary, matrix, d=d, layers=layers, emb=emb, arc=arc, lab=lab, tag=tag, name=name)
    m.word.table.weight.data[1:] = table
    m.word.project.weight.data = torch.linalg.lstsq(m.word.vectors[1:], projected).solution.T.contiguous()
    r.matrix(m.word.mix)
    for layer in m.layers:
        r.matrix(layer.w)
        layer.v.data, layer.b.data = r.floats(2, 2, d // 2), r.floats(2, 2, d // 2)
    h = m.heads
    r.matrix(h.all)
    r.matrix(h.u)
    h.u.weight.data *= arc ** .5
    h.u.bias.data *= arc ** .5
    h.root.data, h.root_label.data, h.distance.data = r.floats(arc), r.floats(lab), r.floats(2 * len(DISTANCE))
    r.matrix(h.label)
    n = len(labels['upos'])
    both = torch.nn.Linear(tag, n + len(labels['xpos']))
    r.matrix(both)
    for part, cut in ((h.upos, slice(None, n)), (h.xpos, slice(n, None))):
        part.weight.data, part.bias.data = both.weight.data[cut].clone(), both.bias.data[cut].clone()
    r.matrix(h.ner)
    if r.at != len(r.data):
        raise SystemExit(f'{path}: {len(r.data) - r.at} bytes too many')
    return m
