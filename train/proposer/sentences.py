#!/usr/bin/env python3
"""Sentences with two marked parties and the type of what passes between them, from our own tables.

usage: sentences.py KNOWLEDGE_FRAMES_DIR EXAMPLES.txt > OUT.tsv      (columns uid, root, marked_sentence)

The examples of the frame tables and the sentences that `examples.txt` unfolds to; its head tells the notation. CONCEDE and
RETREAT become YIELD, the one class that PLOVER once had for both. Deterministic.
"""
import csv
import glob
import os
import random
import re
import sys

# So many sentences are drawn from a line of alternatives.
DRAWS = 14
ONE_CLASS = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def frames(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.tsv"))):
        name = os.path.basename(path)[:-4]
        for number, line in enumerate(open(path, encoding="utf8"), 1):
            if line.strip() and not line.startswith("#"):
                yield f"frame.{name}.{number}", name.upper(), line.rstrip("\n").split("\t")[5]


def unfolded(line, macros):
    """Different sentences that a line stands for, at most DRAWS."""
    rng = random.Random(line)
    found = []
    for _ in range(3 * DRAWS):
        used = set()

        def name(match):
            choice = rng.choice([x for x in macros[match[1]] if x not in used])
            used.add(choice)
            return choice

        text = re.sub(r"@(\w+)", name, line)
        while "(" in text:
            text = re.sub(r"\(([^()]*)\)", lambda m: rng.choice(m[1].split("|")), text)
        text = re.sub(r" +", " ", text).replace(" .", ".").replace(" ,", ",").strip()
        text = re.sub(r"\w", lambda m: m[0].upper(), text, count=1)
        if text not in found:
            found.append(text)
        if len(found) == DRAWS:
            break
    return found


def examples(path):
    macros, kind = {}, None
    for number, line in enumerate(open(path, encoding="utf8"), 1):
        line = line.strip()
        head = re.match(r"@(\w+) (?!and)(.*\|.*)", line)
        if not line or line.startswith("#"):
            continue
        if head and "[" not in line:
            macros[head[1]] = [x.strip() for x in head[2].split("|")]
        elif line.startswith("= "):
            kind = line[2:]
        else:
            for k, text in enumerate(unfolded(line, macros)):
                yield f"own.{number}.{k}", kind, text


def main():
    out = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    out.writerow(["uid", "root", "marked_sentence"])
    tags = str.maketrans({"[": "<s>", "]": "</s>", "{": "<t>", "}": "</t>"})
    for uid, kind, text in [*frames(sys.argv[1]), *examples(sys.argv[2])]:
        out.writerow([uid, ONE_CLASS.get(kind, kind), text.translate(tags)])


if __name__ == "__main__":
    main()
