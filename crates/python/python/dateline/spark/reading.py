"""Reports to records, and records to the flat tables."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from .. import _native
from ..reader import _default
from .arrow import spark_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

RECORDS = "doc_id string, published date, record string, error_kind string, error_reason string"
"""The columns of records: identifier, day of publication, the record as JSON, or what was wrong with the report."""

_FIELDS = ("text", "date", "title", "id", "url", "publisher", "author")
_IDS = ("id", "doc_id", "docid", "document_id", "article_id", "uuid", "guid")
_URLS = ("url", "link", "source_url")
_TEXTS = ("text", "body", "content", "maintext", "full_text", "fulltext", "article", "html", "story")

# Reports of a file that are read before their records are handed on.
_PORTION = 256


def read(reports: DataFrame, **columns: str) -> DataFrame:
    """Reads a row a report; `text="body", date="day"` and so on name the columns, else their usual names are tried.

    The columns of the result never change: `doc_id`, `published`, `record` (JSON, byte for byte as on one machine), and for
    what could not be read `error_kind` and `error_reason` in place of the record. Reports without a column of identifiers go
    by their address, and those without one by a hash of their text.
    """
    from pyspark.sql import functions as F

    unknown = sorted(set(columns) - set(_FIELDS))
    if unknown:
        raise TypeError(f"a report has no field {', '.join(unknown)}: name {', '.join(_FIELDS)}")
    missing = [f"{field}={name!r}" for field, name in columns.items() if name not in reports.columns]
    if missing:
        raise ValueError(f"no such column: {', '.join(missing)}; the frame has {', '.join(reports.columns)}")
    text = _column(reports, columns.get("text"), _TEXTS)
    if text is None:
        raise ValueError(f"which column holds the text? Name it with text=...; the frame has {', '.join(reports.columns)}")
    named = dict(columns)
    if _column(reports, columns.get("id"), _IDS) is None:
        url = _column(reports, columns.get("url"), _URLS)
        hashed = F.substring(F.sha2(F.col(f"`{text}`").cast("string"), 256), 1, 16)
        own = hashed if url is None else F.coalesce(F.col(f"`{url}`").cast("string"), hashed)
        reports, named["id"] = reports.withColumn("doc_id", own), "doc_id"
    return reports.mapInArrow(partial(_read, named), RECORDS)


def read_files(spark: SparkSession, paths: Iterable[str | os.PathLike[str]], **columns: str) -> DataFrame:
    """Reads files and archives (WARC, JSON lines, CSV, Parquet, feeds, pages), one a task, with the columns of `read`.

    Every worker must see the paths: a shared disk, or addresses (`https://...`), which a worker fetches when it comes to them.
    """
    frame = spark.createDataFrame([(os.fspath(path),) for path in paths], "path string")
    number = max(frame.count(), 1)
    return frame.repartitionByRange(number, "path").mapInArrow(partial(_read_files, columns), RECORDS)


def table(records: DataFrame, name: str) -> DataFrame:
    """One of the flat tables of records (documents, events, statements, entities, places, mentions), with `published`."""
    schema = pa.schema(_native.table_schema(name))
    if "published" not in schema.names:
        schema = schema.append(pa.field("published", pa.date32()))
    whole = records.where("record is not null").select("doc_id", "published", "record")
    return whole.mapInArrow(partial(_table, name), spark_schema(schema))


def errors(records: DataFrame) -> DataFrame:
    """What could not be read, and why."""
    return records.where("record is null").select("doc_id", "error_kind", "error_reason")


def write(records: DataFrame, folder: str, tables: Iterable[str] = ("events",)) -> None:
    """Writes Parquet, a folder a day of publication: `records`, then each of the tables from what was written."""
    spark = records.sparkSession
    records.write.mode("overwrite").partitionBy("published").parquet(f"{folder}/records")
    written = spark.read.schema(RECORDS).parquet(f"{folder}/records")
    for name in tables:
        table(written, name).write.mode("overwrite").partitionBy("published").parquet(f"{folder}/{name}")


def _column(frame: DataFrame, told: str | None, usual: Iterable[str]) -> str | None:
    if told is not None:
        return told
    lower = {name.lower(): name for name in frame.columns}
    return next((lower[name] for name in usual if name in lower), None)


def _read(named: dict[str, str], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    # One model a worker: Spark keeps the process for the tasks that follow.
    reader = _default()._native
    for batch in batches:
        yield pa.record_batch(reader.read_rows(batch, named))


def _read_files(named: dict[str, str], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    reader = _default()._native
    for batch in batches:
        for path in batch.column(0).to_pylist():
            with _local(path) as near:
                for portion in reader.read_files([near], named, _PORTION):
                    yield pa.record_batch(portion)


@contextlib.contextmanager
def _local(path: str) -> Iterator[Path]:
    """The file where it lies, or a copy of what an address gives, as long as it is needed."""
    parts = urllib.parse.urlsplit(path)
    if parts.scheme == "file":
        yield Path(urllib.parse.unquote(parts.path))
    elif parts.scheme in ("http", "https"):
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            near = Path(folder, Path(parts.path).name or "page.html")
            with urllib.request.urlopen(path, timeout=60) as answer, near.open("wb") as out:
                shutil.copyfileobj(answer, out, 1 << 20)
            yield near
    else:
        yield Path(path)


def _table(name: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    from ..tables import names_of_tables

    number = names_of_tables.index(name)
    for batch in batches:
        rows = pa.record_batch(_native.tables_of_json(batch.column("record").to_pylist())[number])
        if "published" not in rows.schema.names:
            where = pc.index_in(rows.column("doc_id"), value_set=batch.column("doc_id"))
            rows = rows.append_column("published", batch.column("published").take(where))
        yield rows
