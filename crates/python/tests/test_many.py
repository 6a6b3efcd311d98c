"""Many reports to tables."""

from __future__ import annotations

import datetime
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import dateline
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import CRISIS, EXAMPLES, STRAIT


def lines(tables):
    return [record.to_json() for record in tables.records()]


def test_texts_and_mappings(crisis):
    texts = [row["text"] for row in crisis]
    tables = dateline.read_many(texts, jobs=2)
    assert len(tables.documents) == len(texts) and len(tables.errors) == 0
    assert tables.documents.to_arrow()["doc_id"][0].as_py() == "text-1"
    named = dateline.read_many({row["id"]: row["text"] for row in crisis})
    assert named.documents.to_arrow()["doc_id"].to_pylist() == [row["id"] for row in crisis]
    assert len(named.events) == len(tables.events) > 40


def test_every_frame_reads_alike(crisis):
    want = lines(dateline.read_many({row["id"]: row["text"] for row in crisis}))
    arrow = pa.Table.from_pylist(crisis)
    views = arrow.set_column(1, "text", arrow["text"].cast(pa.string_view()))
    frames = {
        "pandas": pd.DataFrame(crisis),
        "polars": pl.DataFrame(crisis),
        "pyarrow": arrow,
        "string views": views,
        "batches": pa.RecordBatchReader.from_batches(arrow.schema, arrow.to_batches(max_chunksize=7)),
        "duckdb": duckdb.sql("select * from arrow"),
    }
    for name, frame in frames.items():
        assert lines(dateline.read_many(frame, jobs=2)) == want, name


def test_columns_may_have_any_name_and_type():
    rows = [
        {"key": 7, "Body": "The envoy left Cairo on Tuesday.", "day": datetime.date(2012, 11, 21)},
        {"key": 8, "Body": None, "day": datetime.date(2012, 11, 21)},
        {"key": 7, "Body": "The envoy met the minister in Cairo.", "day": None},
    ]
    tables = dateline.read_many(pd.DataFrame(rows), text="Body", date="day", id="key")
    documents = tables.documents.to_arrow().to_pylist()
    assert [(d["doc_id"], d["published"]) for d in documents] == [("7", datetime.date(2012, 11, 21)), ("7-2", None)]
    assert any("taken" in warning for warning in documents[1]["warning_list"])
    (error,) = tables.errors.to_arrow().to_pylist()
    assert (error["kind"], error["state"], error["position"]) == ("no_text", "skipped", 2)
    stamps = pl.DataFrame({"text": [rows[0]["Body"]], "date": [datetime.datetime(2012, 11, 21, 8)]})
    assert dateline.read_many(stamps).documents.to_arrow()["published"].to_pylist() == [datetime.date(2012, 11, 21)]
    pages = pa.table({"html": [(STRAIT / "3-shots.html").read_bytes()]})
    assert len(dateline.read_many(pages).events) > 0


def test_paths_read_as_the_command_reads(command, tmp_path):
    tables = dateline.read_many(EXAMPLES, jobs=2)
    written = command("read", EXAMPLES, "--format", "jsonl").splitlines()
    assert lines(tables) == written
    command("read", EXAMPLES, "--format", "parquet", "--output", f"{tmp_path}/")
    for table in tables:
        if table.name != "errors":
            assert table.to_arrow().equals(pq.read_table(tmp_path / f"{table.name}.parquet")), table.name
    assert lines(dateline.Tables.load(tmp_path)) == written
    tables.save(tmp_path / "own")
    assert lines(dateline.Tables.load(tmp_path / "own")) == written


def test_threads_make_no_difference():
    one, four = (dateline.read_many([CRISIS, STRAIT], jobs=jobs) for jobs in (1, 4))
    assert lines(one) == lines(four)


def test_tables_are_taken_without_a_copy():
    events = dateline.read_many(CRISIS).events
    assert duckdb.sql("select count(*) from events").fetchall()[0][0] == len(events)
    assert duckdb.sql("from events where type = 'ASSAULT'").fetchall()
    frame = pl.DataFrame(events)
    assert frame.shape == events.shape
    assert len(events.to_pandas()) == len(events)
    first, again = (pa.table(events)["text"].chunk(0) for _ in range(2))
    assert first.buffers()[2].address == again.buffers()[2].address, "both views lie in the same memory"


def test_errors_have_their_place(tmp_path):
    good = "The envoy met the minister in Cairo on Tuesday."
    (tmp_path / "wire.jsonl").write_text(f'{{"text": "{good}"}}\n{{"title": "x"}}\nnot json\n')
    tables = dateline.read_many(tmp_path)
    assert len(tables.documents) == 1
    errors = tables.errors.to_arrow().to_pylist()
    assert [(e["kind"], e["unit"], e["position"]) for e in errors] == [("no_text", "line", 2), ("malformed", "line", 3)]
    assert dateline.read_many(["", good]).errors.to_arrow()["kind"].to_pylist() == ["empty"]
    assert len(dateline.read_many([]).documents) == 0


def test_wrong_input_is_told():
    with pytest.raises(TypeError, match="one string is one report"):
        dateline.read_many("a text")
    with pytest.raises(TypeError, match="not int"):
        dateline.read_many([1, 2])
    with pytest.raises(ValueError, match="no field `headline`"):
        dateline.read_many(["x"], headline="y")


def test_progress_is_shown_where_it_is_asked_for(crisis, monkeypatch):
    err = io.StringIO()
    monkeypatch.setattr(sys, "stderr", err)
    dateline.read_many(pd.DataFrame(crisis), progress=True)
    assert f"{len(crisis)}/{len(crisis)}" in err.getvalue()


def test_a_user_can_stop():
    code = (
        "import dateline, pathlib\n"
        f"text = pathlib.Path({str(EXAMPLES / 'shuttle.txt')!r}).read_text()\n"
        "dateline.read_many(['The envoy left.'])\nprint('ready', flush=True)\n"
        "dateline.read_many([text] * 100_000, jobs=1)"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    time.sleep(1.0)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=30)
    assert "KeyboardInterrupt" in err


def test_a_forked_child_reads_on():
    dateline.read("The envoy left.")
    pid = os.fork()
    if pid == 0:
        tables = dateline.read_many(["The envoy met the minister in Cairo on Tuesday."] * 8, jobs=2)
        os._exit(0 if len(tables.documents) == 8 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_folders_are_paths():
    assert len(dateline.read_many(Path(STRAIT)).documents) == 8
