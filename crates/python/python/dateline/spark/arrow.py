"""Between Spark's batches and columns of Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

Columns = dict[str, list[Any]]

# Rows of a batch that goes back to Spark.
_ROWS = 10_000


def spark_schema(table: Any) -> StructType:
    """The schema of a table as Spark has it."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(pa.schema(table))


def map_batches(frame: DataFrame, work: Callable[[Columns], Columns], schema: str) -> DataFrame:
    """What `work` makes of each batch."""
    return frame.mapInArrow(partial(_each, work, schema), schema)


def map_parts(frame: DataFrame, work: Callable[[Columns], Columns], schema: str) -> DataFrame:
    """What `work` makes of each whole partition."""
    return frame.mapInArrow(partial(_whole, work, schema), schema)


def _each(
    work: Callable[[Columns], Columns], schema: str, batches: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from _batches(work(batch.to_pydict()), schema)


def _whole(
    work: Callable[[Columns], Columns], schema: str, batches: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    parts = list(batches)
    if sum(part.num_rows for part in parts):
        yield from _batches(work(pa.Table.from_batches(parts).to_pydict()), schema)


def held(frame: DataFrame) -> DataFrame:
    """What a frame holds, worked out once and kept: plans behind it stay short.

    Where the session has a folder for checkpoints it lies there; else on two workers, so that one may die.
    """
    from pyspark import StorageLevel

    if frame.sparkSession.sparkContext.getCheckpointDir() is not None:
        return frame.checkpoint()
    return frame.localCheckpoint(storageLevel=StorageLevel.MEMORY_AND_DISK_2)


_TYPES = {
    "string": pa.string(),
    "int": pa.int32(),
    "long": pa.int64(),
    "float": pa.float32(),
    "boolean": pa.bool_(),
    "binary": pa.binary(),
    "date": pa.date32(),
    "array<long>": pa.list_(pa.int64()),
    "array<int>": pa.list_(pa.int32()),
}


def _batches(columns: Columns, schema: str) -> Iterator[pa.RecordBatch]:
    fields = [field.split() for field in schema.split(", ")]
    typed = pa.schema([(name, _TYPES[kind]) for name, kind in fields])
    yield from pa.Table.from_pydict(columns, schema=typed).to_batches(max_chunksize=_ROWS)


def columns(names: str, rows: Iterable[tuple[Any, ...]]) -> Columns:
    """Columns of rows; `names` are parted by spaces."""
    named = names.split()
    turned = list(zip(*rows)) or [()] * len(named)
    return {name: list(values) for name, values in zip(named, turned)}
