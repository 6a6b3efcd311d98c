"""Annotates raw news with the teacher, and names in the gold sentences that have none; names are made consistent by votes.

python -m recipe.silver [--teacher FILE --transformer WHEEL] [--continue MODEL] --vectors WHEEL --treebanks DIR --raw JSONL.GZ --segmenter PROGRAM
    --knowledge DIR --words N --part I/N --out FILE
"""
import argparse, collections, gzip, json, pathlib, pickle, random, subprocess

import torch

from . import losses, vocabulary, warm
from .batches import collate, ordered
from .data import DEMONYMS, NER, TITLES, Sentence, demonyms
from .lexicon import PATTERN, load as load_lexicon

CLASSES = ['PER', 'ORG', 'LOC', 'NORP']


def raw_sentences(path, segmenter, words, seed=7):
    """[(document, Sentence)] of about `words` words; documents without capitals only as a small share"""
    docs = []
    for line in gzip.open(path, 'rt', encoding='utf8'):
        r = json.loads(line)
        docs.append((r['title'] + '\n\n' if r['title'] else '') + r['text'].replace('\x0c', ' '))
    rng = random.Random(seed)
    lower = lambda d: sum(c.isupper() for c in d) < .01 * len(d)
    docs = [d for d in docs if not lower(d) or rng.random() < .12]
    rng.shuffle(docs)
    out = subprocess.run([segmenter], input='\x0c'.join(docs), capture_output=True, text=True, check=True).stdout
    sentences, n = [], 0
    for i, doc in enumerate(out.split('\x0c\n')):
        for line in doc.split('\n'):
            forms = [f for f in line.split(' ') if f]
            if 2 <= len(forms) <= 70:
                sentences.append((i, Sentence(forms)))
                n += len(forms)
        if n > words:
            break
    return sentences


def together(model, student, batch):
    """Outputs of the teacher, or of teacher and student in common: the mean of their scores, brought to one measure"""
    with torch.autocast('cpu', torch.bfloat16):
        outs = [(m, {k: x.float() for k, x in m(batch).items()}) for m in (model, student) if m]
        arcs = sum(losses.mask_arcs(o['arcs'], batch['lengths']).log_softmax(-1) for _, o in outs) / len(outs)
        heads = arcs.argmax(-1)
        labels = sum(m.heads.labels(o, heads).log_softmax(-1) for m, o in outs) / len(outs)
    return arcs, heads, labels, {k: sum(o[k].log_softmax(-1) for _, o in outs) / len(outs) for k in ('upos', 'xpos', 'ner')}


@torch.no_grad()
def annotate(model, gather, sentences, student=None, trees=True):
    """Fills the sentences; returns, for each, the spans of names with their class weights"""
    v, names = model.vocabulary, [None] * len(sentences)
    done = 0
    for ids in ordered(sentences, 2500):
        batch = gather([sentences[i] for i in ids], v)
        arcs, heads, logits, o = together(model, student, batch)
        sure = arcs.softmax(-1).amax(-1)
        logits[:, :, v.index['deprel']['root']] += torch.where(heads == 0, 1e4, -1e4)
        labels, prob = logits.argmax(-1), o['ner'].softmax(-1)
        upos, xpos = o['upos'].argmax(-1), o['xpos'].argmax(-1)
        for b, i in enumerate(ids):
            s, n = sentences[i], len(sentences[i].forms)
            if trees:
                s.heads, s.deprels = heads[b, :n].tolist(), [v.deprel[x] for x in labels[b, :n]]
                s.upos, s.xpos = [v.upos[x] for x in upos[b, :n]], [v.xpos[x] for x in xpos[b, :n]]
                s.weight = float(sure[b, :n].mean())
            tags = [NER[x] for x in losses.viterbi(o['ner'][b, :n])]
            p = prob[b, :n]
            names[i] = {(lo, hi): [float(p[lo:hi, 1 + 2 * c:3 + 2 * c].sum(1).mean()) for c in range(4)] for lo, hi, _ in losses.spans(tags)}
        done += len(ids)
        if done % 3000 < len(ids):
            print(done, 'of', len(sentences), flush=True)
    return names


def trim(s, spans):
    """Spans without articles and titles in front and loose words behind"""
    out = {}
    for (lo, hi), p in spans.items():
        front = {'the', 'a', 'an'} | (TITLES if p[0] == max(p) else set())
        while hi - lo > 1 and s.forms[lo].lower() in front:
            lo += 1
        while hi - lo > 1 and s.forms[hi - 1].lower() in {'of', 'the', 'and', 'for', 'in', "'s", '’s', ',', '-', '(', ':'}:
            hi -= 1
        if p[0] < max(p) or s.forms[lo].lower() not in TITLES:
            out[lo, hi] = p
    return grow(s, out) if s.heads else out


def grow(s, spans):
    """Spans with the parts of a name that the tree ties to them"""
    n, out, done = len(s.forms), {}, -1
    proper = lambda i: s.upos[i] == 'PROPN' and s.forms[i][:1].isupper()
    order = sorted(spans.items())
    taken = {i: (lo, hi) for (lo, hi), _ in order for i in range(lo, hi)}
    for (lo, hi), p in order:
        if lo < done:
            continue
        best = max(p)
        while hi < n and proper(hi) and s.deprels[hi] == 'flat' and lo < s.heads[hi] <= hi and (hi not in taken or max(spans[taken[hi]]) == spans[taken[hi]][p.index(best)]):
            hi = max(hi + 1, taken[hi][1] if hi in taken else 0)
        if p[1] == best or p[2] == best:
            while lo > done and lo > 0 and proper(lo - 1) and lo - 1 not in taken and s.deprels[lo - 1] in ('compound', 'flat') and lo < s.heads[lo - 1] <= hi:
                lo -= 1
        out[lo, hi] = p
        done = hi
    return out


def vote(documents, sentences, names, lexicon, surnames):
    """Writes BIO tags into the sentences: each name gets the class that its document, the corpus and the lexicon agree on"""
    names = [trim(s, spans) for s, spans in zip(sentences, names)]
    corpus, local, matches = collections.defaultdict(lambda: [0.] * 4), collections.defaultdict(lambda: [0.] * 4), collections.Counter()
    for doc, s, spans in zip(documents, sentences, names):
        for (lo, hi), p in spans.items():
            k = ' '.join(s.forms[lo:hi])
            for c in range(4):
                corpus[k][c] += p[c]
                local[doc, k][c] += p[c]
            if hi - lo > 1 and max(p) == p[0]:
                local[doc, s.forms[hi - 1]][0] += 1.
            if hi + 2 < len(s.forms) and s.forms[hi] == '(' and s.forms[hi + 1].isupper() and s.forms[hi + 2] == ')':
                local[doc, s.forms[hi + 1]][max(range(4), key=p.__getitem__)] += 2.

    def decide(doc, k, p):
        total = sum(corpus[k]) or 1
        score = [p[c] + 2 * local[doc, k][c] / (sum(local[doc, k]) or 1) + min(2, total / 3) * corpus[k][c] / total for c in range(4)]
        if k in lexicon:
            score[CLASSES.index(lexicon[k])] += 3
        elif k in surnames:
            score[0] += .7
        last = k.split(' ')[-1]
        if (last in PATTERN or k.split(' ')[0] in PATTERN and ' of ' in k) and k not in lexicon:
            score[1] += 1.5
        return CLASSES[max(range(4), key=score.__getitem__)]

    # Names that the teacher saw in most places are names everywhere.
    known = {tuple(k.split(' ')): sum(v) for k, v in corpus.items() if sum(v) >= 3 and k[0].isupper()}
    known.update({tuple(k.split(' ')): 1e9 for k in lexicon if len(k) > 2 and (' ' in k or k.isupper() or lexicon[k] == 'LOC' or k in ORG_ALONE)})
    first = collections.defaultdict(list)
    for k in known:
        first[k[0]].append(k)
    for l in first.values():
        l.sort(key=len, reverse=True)

    def occurrences(s):
        i = 0
        while i < len(s.forms):
            k = next((k for k in first.get(s.forms[i], ()) if tuple(s.forms[i:i + len(k)]) == k), None)
            if k:
                yield i, i + len(k), k
            i += len(k) if k else 1

    for s in sentences:
        for _, _, k in occurrences(s):
            matches[k] += 1
    added = 0
    for doc, s, spans in zip(documents, sentences, names):
        tags, n = ['O'] * len(s.forms), len(s.forms)
        for (lo, hi), p in sorted(spans.items()):
            c = decide(doc, ' '.join(s.forms[lo:hi]), p)
            for i in range(lo, hi):
                tags[i] = ('B-' if i == lo else 'I-') + c
        big = lambda i: 0 <= i < n and s.upos and s.upos[i] == 'PROPN' and s.forms[i][:1].isupper()
        for lo, hi, k in occurrences(s):
            inside = {t[2:] for t in tags[lo:hi]} - {''}
            if len(k) > 1 and known[k] >= 1e9 and (inside and tags[lo:hi] != ['B-' + lexicon[' '.join(k)]] + ['I-' + lexicon[' '.join(k)]] * (hi - lo - 1)
                                                   and not tags[lo].startswith('I-') and (hi == n or not tags[hi].startswith('I-'))):
                tags[lo:hi] = ['O'] * (hi - lo)
            if known[k] / matches[k] > .5 and all(t == 'O' for t in tags[lo:hi]) and not big(lo - 1) and not big(hi) and s.upos and s.upos[hi - 1] in ('PROPN', 'ADJ', 'NOUN'):
                c = decide(doc, ' '.join(k), [0.] * 4)
                for i in range(lo, hi):
                    tags[i] = ('B-' if i == lo else 'I-') + c
                added += 1
        for i, f in enumerate(s.forms):
            alone = tags[i] in ('B-PER', 'B-LOC', 'O') and not (i + 1 < n and tags[i + 1].startswith('I-'))
            if alone and (f in DEMONYMS or lexicon.get(f) == 'NORP') and s.upos and s.upos[i] in ('ADJ', 'PROPN', 'NOUN'):
                tags[i] = 'B-NORP'
        s.ner = demonyms(s.forms, tags, s.upos) if s.upos else tags
    print('names added by lookup', added, flush=True)


ORG_ALONE = {'Hamas', 'Fatah', 'Hezbollah', 'Taliban', 'Reuters', 'Interpol', 'Knesset', 'Bundestag', 'Likud', 'Isis', 'Kremlin', 'Pentagon', 'Mossad',
             'Google', 'Facebook', 'Twitter', 'Microsoft', 'Boeing', 'Gazprom', 'Greenpeace', 'Nato', 'Xinhua', 'Breitbart', 'Politico', 'Volkswagen'}


def main():
    a = argparse.ArgumentParser()
    for k in ('vectors', 'raw', 'segmenter', 'knowledge', 'out'):
        a.add_argument('--' + k, required=True)
    a.add_argument('--teacher', default=None, help='checkpoint of recipe.teacher')
    a.add_argument('--transformer', default=None, help='the wheel it was built on')
    a.add_argument('--treebanks', type=pathlib.Path, required=True)
    a.add_argument('--continue', dest='file', default=None, help='model file whose student annotates, alone or together with the teacher')
    a.add_argument('--words', type=int, default=1_000_000)
    a.add_argument('--part', default='0/1', help='which share of the sentences to annotate, to use several processes')
    a.add_argument('--merge', nargs='*', help='merge parts into --out instead')
    o = a.parse_args()
    torch.set_num_threads(1)
    from .train import gold
    trees, _ = gold(o.treebanks)
    bare = [s for s in trees if s.ner is None]
    if o.merge:
        documents, sentences, names = [], [], []
        for path in o.merge:
            d, s, n = pickle.load(open(path, 'rb'))
            documents, sentences, names = documents + d, sentences + s, names + n
        vote(documents, sentences, names, *load_lexicon(o.knowledge))
        raw = [s for d, s in zip(documents, sentences) if d is not None]
        pickle.dump((raw, [s.ner for d, s in zip(documents, sentences) if d is None]), open(o.out, 'wb'))
        print('silver', len(raw), 'words', sum(len(s.forms) for s in raw))
        return
    from .teacher import build
    from .vectors import load as load_vectors
    matrix = load_vectors(o.vectors)[0]
    student = warm.student(o.file, matrix, trees).eval() if o.file else None
    if o.teacher:
        state = torch.load(o.teacher, weights_only=False)
        model, gather = build(vocabulary.Vocabulary(state['vocabulary']), matrix, o.transformer)
        model.load_state_dict(state['ema'], strict=False)
        model.eval()
    else:
        model, gather, student = student, collate, None
    i, n = map(int, o.part.split('/'))
    raw = raw_sentences(o.raw, o.segmenter, o.words)[i::n]
    documents, sentences = [d for d, _ in raw], [s for _, s in raw]
    names = annotate(model, gather, sentences, student)
    if i == 0:
        names += annotate(model, gather, bare, student, trees=False)
        documents, sentences = documents + [None] * len(bare), sentences + bare
    pickle.dump((documents, sentences, names), open(o.out, 'wb'))


if __name__ == '__main__':
    main()
