"""Loads what scripts/layouts has written, as users do, and checks that everything is there with the right types."""

import csv
import json
import sqlite3
import sys
from importlib.metadata import files
from pathlib import Path

import pandas as pd
import pyarrow.feather
import pyarrow.parquet

TABLES = ["documents", "events", "statements", "entities", "places", "mentions"]
GDELT_MENTIONS = 16


def main() -> None:
    out = Path(sys.argv[1])
    records = [json.loads(line) for line in (out / "records.jsonl").open(encoding="utf-8")]
    events = [event for record in records for event in record["events"]]
    counts = {table: sum(len(r[table]) for r in records) for table in ["events", "statements", "entities", "places"]}
    counts["documents"] = len(records)
    assert counts["events"] > 20, counts
    typed(out, counts, events)
    flat(out, counts)
    sqlite(out, counts, records)
    polecat(out)
    gdelt(out)
    plover(out)
    cameo(out)
    print(f"layouts: {counts['events']} events in all forms and layouts load with pandas {pd.__version__}, "
          f"pyarrow {pyarrow.__version__} and sqlite3 {sqlite3.sqlite_version}")


def typed(out: Path, counts: dict, events: list) -> None:
    for table in TABLES:
        parquet = pyarrow.parquet.read_table(out / "parquet" / f"{table}.parquet")
        arrow = pyarrow.feather.read_table(out / "arrow" / f"{table}.arrow")
        assert parquet.equals(arrow), table
        assert parquet.num_rows == counts.get(table, parquet.num_rows) > 0, table
        meta = pyarrow.parquet.ParquetFile(out / "parquet" / f"{table}.parquet").metadata
        column = meta.row_group(0).column(0)
        assert column.compression == "ZSTD" and column.statistics.has_min_max, table
    frame = pd.read_parquet(out / "parquet" / "events.parquet")
    assert list(frame["event_id"]) == [event["id"] for event in events]
    assert [[p["id"] for p in parties] for parties in frame["actor_list"]] == [event["actors"] for event in events]
    assert [list(c) for c in frame["context_list"]] == [event["contexts"] for event in events]
    dated = frame["when_start"].dropna()
    assert len(dated) == sum(event["when"] is not None for event in events) > 0
    assert str(dated.iloc[0]) == next(event["when"]["start"] for event in events if event["when"])


def flat(out: Path, counts: dict) -> None:
    for form, separator in [("csv", ","), ("tsv", "\t")]:
        for table in TABLES:
            frame = pd.read_csv(out / form / f"{table}.{form}", sep=separator)
            assert len(frame) == counts.get(table, len(frame)), (form, table)
            typed = pyarrow.parquet.read_schema(out / "parquet" / f"{table}.parquet").names
            assert list(frame.columns) == typed[: len(frame.columns)], (form, table)


def sqlite(out: Path, counts: dict, records: list) -> None:
    db = sqlite3.connect(out / "news.sqlite")
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    for table, count in counts.items():
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (count,), table
    views = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert len(views) >= 6, views
    for view in views:
        pd.read_sql(f"SELECT * FROM {view}", db)
    assert len(pd.read_sql("SELECT * FROM dyads", db)) > 0
    first = records[0]
    (word,) = [w for w in first["text"].split() if w.isalpha() and len(w) > 7][:1]
    found = db.execute(
        "SELECT s.doc_id FROM sentences_fts f JOIN sentences s ON s.sentence_key = f.rowid WHERE sentences_fts MATCH ?",
        [word],
    ).fetchall()
    assert (first["id"],) in found, word


def polecat(out: Path) -> None:
    frame = pd.read_csv(out / "polecat" / "polecat.txt", sep="\t")
    assert frame.shape[1] == 40 and len(frame) > 0, frame.shape
    assert frame["Event Mode"].dropna().str.fullmatch(r"[a-z-]+").all()
    assert frame["Intensity"].between(-10, 10).all() and frame["Latitude"].dropna().between(-90, 90).all()
    pd.to_datetime(frame["Event Date"], format="%Y-%m-%d")


def gdelt(out: Path) -> None:
    names = gdelt_columns()
    frame = pd.read_csv(out / "gdelt" / "gdelt.export.CSV", sep="\t", header=None, dtype={26: str, 27: str, 28: str})
    assert frame.shape[1] == 61 and len(frame) > 0, frame.shape
    mentions = pd.read_csv(out / "gdelt" / "gdelt.mentions.CSV", sep="\t", header=None)
    assert mentions.shape == (len(frame), GDELT_MENTIONS), mentions.shape
    assert set(mentions[0]) == set(frame[0]) and frame[0].is_unique
    pd.to_datetime(frame[1].astype(str), format="%Y%m%d")
    pd.to_datetime(frame[59].astype(str), format="%Y%m%d%H%M%S")
    assert frame[29].isin([1, 2, 3, 4]).all() and frame[30].between(-10, 10).all()
    if names is None:
        print("layouts: the columns are not compared with a GDELT client's, as the package gdelt is not there")
        return
    assert len(names) == 61
    frame.columns = [name for name, _ in names]
    for name, kind in names:
        values = frame[name].dropna()
        if kind == "INTEGER":
            assert (values.astype("int64") == values).all(), name
        elif kind == "FLOAT":
            values.astype(float)


def gdelt_columns() -> list | None:
    """Names and types of the columns, as the PyPI package gdelt lists them."""
    try:
        listed = next(f for f in files("gdelt") or [] if f.name == "events2.csv").locate()
    except (ModuleNotFoundError, ImportError, StopIteration):
        return None
    with open(listed, encoding="utf-8") as lines:
        return [(row["name"], row["type"]) for row in csv.DictReader(lines)]


def plover(out: Path) -> None:
    frame = pd.read_json(out / "plover" / "plover.jsonl", lines=True)
    block = {"name", "country", "sector", "other_sectors", "title", "religion", "ethnicity"}
    assert {"id", "date", "actor", "event", "recipient", "event_loc", "event_text", "mode", "context"} <= set(frame.columns)
    assert all(block <= set(actor) for actors in frame["actor"] for actor in actors)


def cameo(out: Path) -> None:
    frame = pd.read_csv(out / "cameo" / "cameo.tsv", sep="\t", names=["date", "source", "target", "code"], dtype=str)
    assert len(frame) > 0 and frame["code"].str.fullmatch(r"\d{2,4}").all(), frame
    pd.to_datetime(frame["date"], format="%Y-%m-%d")


if __name__ == "__main__":
    main()
