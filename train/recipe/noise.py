"""Noise in the training sentences, so that headlines, capitals, missing stops and either style of quotes are no surprise."""
import dataclasses

_SMALL = {'ADP', 'DET', 'CCONJ', 'PART', 'SCONJ', 'PUNCT', 'AUX', 'PRON'}


def _drop(s, k):
    """The sentence without its last word."""
    cut = lambda x: None if x is None else x[:k]
    return dataclasses.replace(s, forms=s.forms[:k], upos=cut(s.upos), xpos=cut(s.xpos), heads=cut(s.heads), deprels=cut(s.deprels), ner=cut(s.ner))


def noisy(s, rng):
    """A copy of the sentence with noise; the annotation stays right."""
    n = len(s.forms)
    headline = rng.random()
    if n > 2 and s.heads and s.upos[-1] == 'PUNCT' and s.forms[-1] in '.!?' and n not in s.heads[:-1] and s.heads[-1] and rng.random() < (.5 if headline < .12 else .06):
        s = _drop(s, n - 1)
    forms = list(s.forms)
    if headline < .04:
        forms = [f.upper() if len(f) > 1 else f for f in forms] if rng.random() < .7 else [f.upper() for f in forms]
    elif headline < .10:
        forms = [f if s.upos and s.upos[i] in _SMALL and i else f[:1].upper() + f[1:] for i, f in enumerate(forms)]
    elif headline < .12:
        forms = [f.lower() for f in forms]
    if s.xpos:
        style = rng.random()
        for i, f in enumerate(forms):
            if f in ('"', '“', '”', '``', "''") and s.xpos[i] in ('``', "''"):
                left = s.xpos[i] == '``'
                if style < .35:
                    forms[i] = '“' if left else '”'
                elif style < .6:
                    forms[i] = '"'
    return dataclasses.replace(s, forms=forms)
