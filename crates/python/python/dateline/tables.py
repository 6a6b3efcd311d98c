"""Flat tables that speak the Arrow C stream: DuckDB, Polars, pandas and pyarrow take them without a copy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _native, display

if TYPE_CHECKING:
    from .record import Record

names_of_tables = ("documents", "events", "statements", "entities", "places", "mentions", "errors")
"""The flat tables, as `docs/tables.md` describes them, and the reports that could not be read."""

_SHOWN = {
    "events": ("doc_id", "type", "mode", "status", "actors", "recipients", "place", "when_start", "confidence", "text"),
    "documents": ("doc_id", "published", "publisher", "title", "events"),
    "mentions": ("doc_id", "event_id", "sentence", "trigger", "text"),
    "clusters": ("id", "type", "mode", "status", "disputed", "documents", "sources", "first_reported", "text"),
    "plans": ("state", "origin", "type", "due", "announced", "text"),
    "stories": ("id", "begin", "end", "documents", "title"),
    "timeline": ("date", "types", "actors", "recipients", "place", "sources", "text"),
}


class Table:
    """A table of Arrow batches.

    `duckdb.sql("from events")` finds a variable of this kind, `polars.DataFrame(events)` and `pyarrow.table(events)` take it.
    """

    def __init__(self, native: _native.Table, name: str) -> None:
        self._native, self.name = native, name

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __len__(self) -> int:
        return self._native.num_rows

    @property
    def column_names(self) -> list[str]:
        return self._native.column_names

    @property
    def shape(self) -> tuple[int, int]:
        return len(self), len(self.column_names)

    def to_arrow(self) -> Any:
        """A pyarrow table over the same memory."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> Any:
        """A pandas frame (needs pyarrow)."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """A Polars frame over the same memory."""
        import polars

        return polars.DataFrame(self)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes one file: Arrow IPC where its name ends in `.arrow`, else Parquet."""
        self._native.write(Path(path))

    def _shown(self) -> list[str]:
        have = self.column_names
        return [name for name in _SHOWN.get(self.name, have[:12]) if name in have]

    def __repr__(self) -> str:
        return f"<dateline.Table {self.name}: {len(self)} rows, {len(self.column_names)} columns>"

    def _repr_html_(self) -> str:
        columns, rows = self._shown(), 20
        more = f"{len(self)} rows, {len(self.column_names)} columns"
        return display.table(columns, self._native.head(rows, columns), more)


class Tables:
    """What was read in many reports: a table each of documents, events, statements, entities, places, mentions, errors."""

    documents: Table
    events: Table
    statements: Table
    entities: Table
    places: Table
    mentions: Table
    errors: Table

    def __init__(self, **tables: Table) -> None:
        self.__dict__.update(tables)

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> Tables:
        """The tables in a folder, as `save` or `dateline read --format parquet --output FOLDER/` writes them."""
        folder = Path(folder)
        tables = {}
        for name in names_of_tables[:-1]:
            paths = [folder / f"{name}{ending}" for ending in (".parquet", ".arrow")]
            path = next((path for path in paths if path.exists()), paths[0])
            tables[name] = Table(_native.Table.read(name, path), name)
        return cls(**tables)

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Writes a Parquet file a table."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for table in self:
            table.write(folder / f"{table.name}.parquet")

    def __getitem__(self, name: str) -> Table:
        return self.__dict__[name]

    def __iter__(self) -> Iterator[Table]:
        return (self.__dict__[name] for name in names_of_tables if name in self.__dict__)

    def records(self) -> list[Record]:
        """The records that the tables hold, whole."""
        from .record import Record

        return [Record(native) for native in _native.Record.of_tables(self._flat())]

    def _flat(self) -> dict[str, Table]:
        return {table.name: table for table in self if table.name not in ("mentions", "errors")}

    def __repr__(self) -> str:
        return f"<dateline.Tables {', '.join(f'{len(table)} {table.name}' for table in self)}>"

    def _repr_html_(self) -> str:
        rows = [(table.name, str(len(table)), ", ".join(table.column_names[:8]) + " …") for table in self]
        return display.table(("table", "rows", "columns"), rows)
