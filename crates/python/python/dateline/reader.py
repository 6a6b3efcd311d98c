"""Reading reports, one or many."""

from __future__ import annotations

import datetime
import functools
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import _native
from .record import Record
from .tables import Table, Tables, names_of_tables


class Reader:
    """A model with its workers; any number of threads may use one at a time.

    The functions of the package use one reader that is made when it is first needed. Make one of your own for other
    knowledge: a folder of tables as `docs/knowledge.md` describes them, which are added to those of the package.
    """

    def __init__(self, knowledge: str | os.PathLike[str] | None = None) -> None:
        self._native = _native.Reader(knowledge)

    def read(
        self,
        report: str | bytes | os.PathLike[str],
        *,
        date: str | datetime.date | None = None,
        title: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
        id: str | None = None,
        format: str = "auto",
    ) -> Record:
        """Reads one report: a text, the bytes of a text or page, or a file where a path is given.

        What is told wins over what the report says. `date` is the day of publication, from which "tomorrow" is counted.
        Raises `UnreadableError` when it is no report in English; its `kind` says why.
        """
        content, id, format = _content(report, id, format)
        told = _told(date, title=title, url=url, publisher=publisher, id=id, format=format)
        return Record(self._native.read(content, told))

    def explain(
        self,
        report: str | bytes | os.PathLike[str],
        *,
        date: str | datetime.date | None = None,
        id: str | None = None,
        format: str = "auto",
    ) -> Explanation:
        """Tells, sentence by sentence, why every event was found and what was passed over."""
        content, id, format = _content(report, id, format)
        return Explanation(self._native.explain(content, _told(date, id=id, format=format)))

    def read_many(
        self,
        reports: Any,
        *,
        jobs: int | None = None,
        date: str | datetime.date | None = None,
        publisher: str | None = None,
        format: str = "auto",
        progress: bool | None = None,
        **columns: str,
    ) -> Tables:
        """Reads many reports into flat tables, on `jobs` threads (all cores when it is not given).

        `reports` may be

        * texts: a list of strings, or a mapping from identifiers to texts;
        * rows: a pandas or Polars frame, a pyarrow table, a DuckDB relation, anything that speaks the Arrow C stream.
          Columns are known by their usual names (`text`, `title`, `date`, `id`, `url`, `publisher`, `author` and the like);
          `text="body", date="day"` names others. `date` and `publisher` that name no column hold for all reports;
        * paths: a `pathlib.Path`, or a list of them, to files, folders and archives (JSON lines, CSV, Parquet, WARC, feeds).

        What cannot be read becomes a row of `errors`. A progress bar is shown where tqdm is installed and somebody looks.
        """
        source, total = _source(reports)
        names = _names(source)
        if isinstance(date, str) and date in names:
            columns["date"], date = date, None
        if publisher is not None and publisher in names:
            columns["publisher"], publisher = publisher, None
        told = _told(date, publisher=publisher, format=format)
        with _Bar(progress, total) as told_of:
            tables = self._native.read_many(source, columns, told, jobs or _cores(), told_of)
        return Tables(**{name: Table(table, name) for name, table in zip(names_of_tables, tables)})


@functools.cache
def _default() -> Reader:
    """The reader of the package: nothing in it changes what another call reads."""
    return Reader()


@functools.wraps(Reader.read)
def read(*args: Any, **options: Any) -> Record:
    return _default().read(*args, **options)


@functools.wraps(Reader.read_many)
def read_many(*args: Any, **options: Any) -> Tables:
    return _default().read_many(*args, **options)


@functools.wraps(Reader.explain)
def explain(*args: Any, **options: Any) -> Explanation:
    return _default().explain(*args, **options)


class Explanation(str):
    """Text that a notebook shows as it stands."""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


_TOLD = ("date", "title", "url", "publisher", "id", "format", "max_bytes")


def _told(date: str | datetime.date | None, **told: str | None) -> dict[str, Any]:
    if isinstance(date, datetime.datetime):
        date = date.date()
    return dict.fromkeys(_TOLD) | told | {"date": None if date is None else str(date)}


def _content(
    report: str | bytes | os.PathLike[str], id: str | None, format: str
) -> tuple[bytes, str | None, str]:
    if isinstance(report, str):
        return report.encode("utf-8", "surrogatepass"), id, format
    if isinstance(report, os.PathLike):
        path = Path(report)
        endings = {".md": "markdown", ".html": "html", ".htm": "html"}
        told = endings.get(path.suffix.lower(), "auto") if format == "auto" else format
        return path.read_bytes(), id or path.stem, told
    return bytes(report), id, format


def _source(reports: Any) -> tuple[Any, int | None]:
    """What the native reader takes, and how many reports it is where that is known."""
    if isinstance(reports, str):
        raise TypeError("one string is one report: use dateline.read, or pathlib.Path for a file or folder")
    if isinstance(reports, os.PathLike):
        return [Path(reports)], None
    if isinstance(reports, Mapping):
        return [(str(id), str(text)) for id, text in reports.items()], len(reports)
    if hasattr(reports, "__arrow_c_stream__") and _has_columns(reports):
        return reports, len(reports) if hasattr(reports, "__len__") else None
    many = list(reports.to_pylist() if hasattr(reports, "to_pylist") else reports)
    if all(isinstance(one, str) for one in many):
        return [(f"text-{number}", text) for number, text in enumerate(many, 1)], len(many)
    if all(isinstance(one, os.PathLike) for one in many):
        return [Path(one) for one in many], None
    kinds = sorted({type(one).__name__ for one in many})
    raise TypeError(f"reports must be strings or paths, not {', '.join(kinds)}")


def _has_columns(table: Any) -> bool:
    return any(hasattr(table, name) for name in ("columns", "column_names", "schema"))


def _names(table: Any) -> list[str]:
    """The names of the columns of a frame, whatever library it is of."""
    for name in ("column_names", "columns"):
        names = getattr(table, name, None)
        if names is not None and all(isinstance(one, str) for one in names):
            return list(names)
    return list(getattr(getattr(table, "schema", None), "names", ()))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Bar:
    """A progress bar, where tqdm is there and somebody looks; gives what is called with the number of reports done."""

    def __init__(self, wanted: bool | None, total: int | None) -> None:
        self._bar = None
        if wanted or (wanted is None and (sys.stderr.isatty() or "ipykernel" in sys.modules)):
            try:
                from tqdm.auto import tqdm
            except ImportError:
                return
            self._bar = tqdm(total=total, unit=" reports")

    def __enter__(self) -> Any:
        return self._bar.update if self._bar is not None else None

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.close()
