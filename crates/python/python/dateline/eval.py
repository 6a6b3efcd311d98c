"""Readings measured against what people annotated."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from . import _native
from .reader import Reader, _cores, _default


class Measure(NamedTuple):
    """What was measured, by its name: precision, recall, F1, and how many there are to find."""

    name: str
    precision: float
    recall: float
    f1: float
    n: int


class TypeCount(NamedTuple):
    """A type of event: how many of what is there were found, how many there are, how many were answered."""

    name: str
    right: int
    there: int
    answered: int


class Score:
    """How far readings agree with annotations; `docs/desk.md` defines every measure.

    `score["trigger"].f1` is one figure; `pandas.DataFrame(score)` are all; `score.types` counts by type of event.
    """

    def __init__(self, told: str) -> None:
        read = json.loads(told)
        self.documents: int = read["documents"]
        self.types = [TypeCount(*row) for row in read["types"]]
        self._lines = [Measure(line["name"], line["p"], line["r"], line["f1"], line["n"]) for line in read["lines"]]

    def __iter__(self) -> Iterator[Measure]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, name: str) -> Measure:
        for line in self._lines:
            if line.name == name:
                return line
        raise KeyError(f"{name}: there are {', '.join(line.name for line in self._lines)}")

    def __repr__(self) -> str:
        rows = (f"{m.name:<15}{m.precision:7.3f}{m.recall:7.3f}{m.f1:7.3f}{m.n:7}" for m in self)
        return "\n".join([f"{'':<15}{'p':>7}{'r':>7}{'f1':>7}{'n':>7}", *rows])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in ("", "p", "r", "f1", "n"))
        body = "".join(
            f"<tr><th>{html.escape(m.name)}</th><td>{m.precision:.3f}</td><td>{m.recall:.3f}</td>"
            f"<td>{m.f1:.3f}</td><td>{m.n}</td></tr>"
            for m in self
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def eval(
    gold: str | os.PathLike[str],
    texts: str | os.PathLike[str],
    *,
    reader: Reader | None = None,
    jobs: int | None = None,
) -> Score:
    """Reads annotated texts anew and scores what is read, as `dateline eval GOLD TEXTS` does.

    `gold` is the folder of annotations, one JSON file a report, and `texts` the file of their texts, a JSON line each: what the
    desk exports. Raises `FormatError` (its `kind` is annotation) where they do not fit together.
    """
    with_ = reader or _default()
    return Score(_native.score(with_._native, Path(gold), Path(texts), jobs or _cores()))
