"""Many reports brought together."""

from __future__ import annotations

import datetime
import json

import dateline
import duckdb
import pytest
from conftest import CRISIS


@pytest.fixture(scope="module")
def tables():
    return dateline.read_many(CRISIS)


@pytest.fixture(scope="module")
def linked(tables):
    return dateline.link(tables)


def rows(table):
    return table.to_arrow().to_pylist()


def plain(value):
    """Days as words, so that rows compare with JSON."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, datetime.date) else value


def _alike(a, b):
    if isinstance(a, float) or isinstance(b, float):
        return a == pytest.approx(b, rel=1e-6)
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_alike(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(_alike, a, b))
    return a == b


def test_tables_of_the_story_are_what_the_command_writes(linked, command, tmp_path):
    command("link", CRISIS, "--output", tmp_path)
    written = {
        "event_clusters": linked.clusters,
        "documents": linked.documents,
        "stories": linked.stories,
        "plans": linked.plans(),
    }
    for name, table in written.items():
        lines = (tmp_path / f"{name}.jsonl").read_text().splitlines()
        have = rows(table)
        assert len(have) == len(lines) > 0, name
        assert all(_alike(plain(row), json.loads(line)) for row, line in zip(have, lines)), name


def test_all_that_is_linked_gives_the_same(tables, linked, command, tmp_path):
    records = tmp_path / "records.jsonl"
    records.write_text(command("read", CRISIS, "--format", "jsonl"))
    want = rows(linked.clusters)
    assert rows(dateline.link(records).clusters) == want
    assert rows(dateline.link(tables.records()).clusters) == want
    arrow = {table.name: table.to_arrow() for table in tables}
    assert rows(dateline.link(arrow).clusters) == want
    with pytest.raises(KeyError):
        dateline.link({"events": arrow["events"]})
    records.write_text("{}\n")
    with pytest.raises(dateline.FormatError, match="line 1"):
        dateline.link(records)


def test_timeline_plans_series_and_brief(linked, command):
    timeline = dateline.timeline(linked, actor="Peru", until="2031-06-05")
    assert 0 < len(timeline) < len(dateline.timeline(linked))
    assert rows(timeline) == sorted(rows(timeline), key=lambda row: row["date"])
    kept = rows(dateline.plans(linked, "kept"))
    assert kept and all(plan["state"] == "kept" and plan["fulfilled_by"] for plan in kept)
    assert dateline.brief(linked) == command("brief", CRISIS)
    weeks = dateline.series(linked, by="day", country=True)
    assert duckdb.sql("select sum(events) from weeks where source = 'PER'").fetchall()[0][0] > 10
    assert linked.timeline_page().lower().startswith("<!doctype html>")
    assert dateline.link(dateline.read_many([])).clusters.shape[0] == 0
    with pytest.raises(ValueError, match="no step"):
        linked.series(by="year")
