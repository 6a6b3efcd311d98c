"""Lays all pages of the site into a folder, as mkdocs wants them: stage.py FOLDER

The pages keep their places in the repository, so that links between them hold in both. Made pages join them: the codebook
(codebook.py), the reference of the command (reference.py).
"""

import pathlib
import re
import shutil
import sys

import codebook
import reference
from reader import ROOT

PAGES = ["*.md", "docs/*.md", "docs/notebooks/*.ipynb", "train/README.md", "examples/README.md"]


def for_site(text):
    r"""A page as the site has it: blocks that are not run lose the words that say so, NOTICE is a page, and within code a table
    needs no mark before a bar.

    >>> for_site("```sh no-run: the network\nx\n```\n[NOTICE](../NOTICE)")
    '```sh\nx\n```\n[NOTICE](../NOTICE.md)'
    >>> for_site("| `a \\| b` | c \\| d |")
    '| `a | b` | c \\| d |'
    """
    text = re.sub(r"^(```\w+) .*$", r"\1", text, flags=re.M)
    cell = lambda code: code[0].replace("\\|", "|")
    text = re.sub(r"^\|.*", lambda row: re.sub(r"`[^`]*`", cell, row[0]), text, flags=re.M)
    return re.sub(r"\]\((\.\./)?NOTICE\)", r"](\1NOTICE.md)", text)


def main(folder):
    shutil.rmtree(folder, ignore_errors=True)
    pages = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for glob in PAGES for path in sorted(ROOT.glob(glob))}
    pages["NOTICE.md"] = f"# Notice\n\n```text\n{(ROOT / 'NOTICE').read_text(encoding='utf-8')}```\n"
    pages["docs/reference.md"] = reference.page()
    pages |= {f"docs/codebook/{name}": text for name, text in codebook.pages().items()}
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(for_site(text) if name.endswith(".md") else text, encoding="utf-8")
    for name in ("iframe-worker.js", "style.css"):
        shutil.copy(ROOT / "docs/site" / name, folder)
    print(f"site: {sum(name.endswith('.md') for name in pages)} pages")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
