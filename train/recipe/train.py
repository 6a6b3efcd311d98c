"""Trains the student: python -m recipe.train --treebanks DIR --vectors WHEEL --out FILE [...]"""
import argparse, collections, copy, gzip, json, pathlib, pickle, random, re, time

import torch

from . import data, losses, vocabulary, warm
from .batches import collate, shuffled
from .model import Student
from .vectors import load as load_vectors


def save(path, model, ema, extra):
    part = pathlib.Path(str(path) + '.part')
    torch.save({'model': model.state_dict(), 'ema': ema, 'config': model.config, 'vocabulary': {k: v for k, v in model.vocabulary.__dict__.items() if k not in ('row', 'vrow', '_memo', 'index')}} | extra, part)
    part.rename(path)


def load(path, matrix):
    """A student from a checkpoint, with the averaged weights."""
    state = torch.load(path, weights_only=False)
    model = Student(vocabulary.Vocabulary(state['vocabulary']), matrix, **state['config'])
    model.load_state_dict(state['ema'], strict=False)
    return model, state


def gold(bank):
    """The sentences whose annotation people made."""
    ewt, gum = data.conllu(bank / 'ewt-train.conllu'), data.conllu(bank / 'gum-train-nonNC.conllu', entities=True)
    return ewt + gum, data.bio(bank / 'ner' / 'crossner-politics-train.bio')


def raw_counts(path):
    """Rough word counts of raw text, for the vocabulary."""
    count = collections.Counter()
    for line in gzip.open(path, 'rt', encoding='utf8') if path else ():
        r = json.loads(line)
        count.update(re.findall(r"[^\W_]+(?:\.[^\W_]\.)*|'s|n't|[^\w\s]", r['title'] + ' ' + r['text']))
    return count


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--treebanks', type=pathlib.Path, required=True)
    a.add_argument('--vectors', required=True)
    a.add_argument('--raw', default=None)
    a.add_argument('--silver', default=None, help='sentences written by recipe.silver')
    a.add_argument('--start', default=None, help='checkpoint to go on from')
    a.add_argument('--continue', dest='file', default=None, help='model file to go on from')
    a.add_argument('--out', required=True)
    a.add_argument('--epochs', type=int, default=30)
    a.add_argument('--stop', type=int, default=None, help='epochs after which to stop before the learning rate is at its end')
    a.add_argument('--minutes', type=float, default=None, help='stop by the clock instead; not reproducible')
    a.add_argument('--share', type=float, default=1.0, help='silver sentences an epoch for each gold one')
    a.add_argument('--every', type=int, default=1, help='epochs between two measures of the development data')
    a.add_argument('--seed', type=int, default=1)
    a.add_argument('--lr', type=float, default=2e-3)
    a.add_argument('--final', type=float, default=.05, help='last learning rate as a share of the first')
    a.add_argument('--arguments', type=float, default=.5, help='additional weight of subjects and objects in the loss')
    a.add_argument('--average', type=float, default=.996, help='share of the old weights in the running average, every fourth step')
    a.add_argument('--dropout', type=float, default=.25)
    a.add_argument('--words', type=int, default=1600)
    a.add_argument('--layers', type=int, default=4, help='more than the checkpoint has are put on top')
    a.add_argument('--width', type=int, default=320)
    a.add_argument('--rows', type=int, default=36000)
    o = a.parse_args()
    torch.manual_seed(o.seed)
    torch.set_num_threads(1)
    rng = random.Random(o.seed)
    trees, names = gold(o.treebanks)
    if o.file:
        model = warm.student(o.file, load_vectors(o.vectors)[0], trees + names)
    elif o.start:
        model, state = load(o.start, load_vectors(o.vectors)[0])
        model.deepen(o.layers)
    else:
        vocab, matrix = vocabulary.build(trees + names, raw_counts(o.raw), o.vectors, o.rows)
        model = Student(vocab, matrix, layers=o.layers, d=o.width)
    v = model.vocabulary
    silver, found = pickle.load(open(o.silver, 'rb')) if o.silver else ([], [])
    for s, ner in zip([s for s in trees if s.ner is None], found):
        s.ner = ner
    dev = {'ewt': data.conllu(o.treebanks / 'ewt-dev.conllu'), 'gum': data.conllu(o.treebanks / 'gum-dev.conllu'),
           'world': data.bio(o.treebanks / 'ner' / 'worldwide-dev.bio')}
    opt = torch.optim.AdamW(model.parameters(), lr=o.lr, betas=(.9, .98), weight_decay=1e-3)
    shadow = copy.deepcopy(model).eval()
    print('parameters', sum(p.numel() for p in model.parameters()), 'rows', len(v.hashes), 'vectors', len(v.vector_hashes), 'trees', len(trees), 'silver', len(silver), flush=True)
    start, step = time.time(), 0
    for epoch in range((o.stop or o.epochs) if o.minutes is None else 10**6):
        pool = trees + names * 3 + rng.sample(silver, min(len(silver), int(o.share * len(trees))))
        total = tokens = 0
        began = time.process_time()
        model.train()
        batches = shuffled(pool, rng, o.words)
        for i, sentences in enumerate(batches):
            done = (epoch + (i + 1) / len(batches)) / o.epochs if o.minutes is None else (time.time() - start) / 60 / o.minutes
            step += 1
            lr = o.lr * min(1, step / 200) * max(o.final, 1 - (1 - o.final) * done)
            for g in opt.param_groups:
                g['lr'] = lr
            batch = collate(sentences, v, rng, .6)
            with torch.autocast('cpu', torch.bfloat16):
                out = model(batch, o.dropout)
            out = {k: x.float() for k, x in out.items()}
            l = losses.loss(model, out, batch, o.arguments)
            opt.zero_grad(set_to_none=True)
            l.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.)
            opt.step()
            if step % 4 == 0:
                with torch.no_grad():
                    k = min(o.average, step / (step + 40))
                    for p, q in zip(shadow.parameters(), model.parameters()):
                        p.lerp_(q, 1 - k)
            total += l.item()
            tokens += int(batch['lengths'].sum())
            if done >= 1:
                break
        scores = {k: losses.measure(shadow, s) for k, s in dev.items()} if done >= 1 or epoch + 1 == o.stop or (epoch + 1) % o.every == 0 else {}
        print(f'epoch {epoch} step {step} wall {(time.time() - start) / 60:.1f} cpu {time.process_time() - began:.0f} lr {lr:.5f} loss {total:.1f} words {tokens}', json.dumps(scores), flush=True)
        save(o.out, model, shadow.state_dict(), {'scores': scores, 'epoch': epoch})
        if done >= 1:
            break


if __name__ == '__main__':
    main()
