"""Averages the weights of students that went on from the same checkpoint: python -m recipe.average OUT FILE FILE..."""
import sys

import torch


def main():
    out, paths = sys.argv[1], sys.argv[2:]
    states = [torch.load(p, weights_only=False) for p in paths]
    first = states[0]
    first['ema'] = {k: sum(s['ema'][k].double() for s in states).div(len(states)).to(t.dtype) for k, t in first['ema'].items()}
    first['scores'] = [s['scores'] for s in states]
    torch.save(first, out)


if __name__ == '__main__':
    main()
