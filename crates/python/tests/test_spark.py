"""Spark: the same records, byte for byte, and the same stories and events as one machine; whatever becomes of a worker."""

from __future__ import annotations

import functools
import http.server
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

import dateline
import pytest
from conftest import CRISIS, EXAMPLES, ROOT, STRAIT

pyspark = pytest.importorskip("pyspark")
pytestmark = pytest.mark.spark

import pyarrow as pa  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402

import dateline.spark  # noqa: E402


def session(master: str) -> SparkSession:
    running = SparkSession.getActiveSession()
    if running is not None:
        running.stop()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    return (
        SparkSession.builder.master(master)
        .appName("dateline tests")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.python.worker.reuse", "true")
        .getOrCreate()
    )


def reports() -> list[dict[str, str | None]]:
    """Reports of two affairs, with copies cut short, an update of one address, a withdrawal, and two that cannot be read."""
    rows = []
    for path in sorted([*CRISIS.glob("*.txt"), *STRAIT.glob("*.txt")]):
        rows.append({"id": path.stem, "text": path.read_text(), "url": None, "publisher": None})
    for number, row in enumerate(rows[:20]):
        text = row["text"]
        rows.append({**row, "id": f"copy-{number:02}", "text": text[: 2 * len(text) // 3], "publisher": f"P{number % 3}"})
    for number, take in enumerate(("", "UPDATE 1-", "UPDATE 2-")):
        text = f"{take}Envoy leaves for Cairo\n\nCAIRO, June {number + 3}, 2031 - The envoy left for Cairo on Monday to meet ministers."
        rows.append({"id": f"take-{number}", "text": text, "url": "https://example.org/envoy", "publisher": "P1"})
    rows.append({"id": "empty", "text": " ", "url": None, "publisher": None})
    rows.append({"id": "none", "text": None, "url": None, "publisher": None})
    return rows


@pytest.fixture(scope="module")
def alone():
    """What one machine reads and links."""
    tables = dateline.read_many(pa.Table.from_pylist(reports()))
    return tables, dateline.link(tables)


@pytest.fixture(scope="module")
def spark():
    spark = session("local[2]")
    yield spark
    spark.stop()


def frame(spark, partitions=3):
    return spark.createDataFrame(reports(), "id string, text string, url string, publisher string").repartition(partitions)


def lines(records) -> list[str]:
    return sorted(row.record for row in records.where("record is not null").collect())


def rows(table) -> list[str]:
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in table.to_arrow().to_pylist())


def spark_rows(table) -> list[str]:
    return sorted(json.dumps(row.asDict(recursive=True), default=str, sort_keys=True) for row in table.collect())


def test_records_are_those_of_one_machine(spark, alone):
    tables, _ = alone
    records = dateline.spark.read(frame(spark)).persist()
    assert records.schema.simpleString() == (
        "struct<doc_id:string,published:date,record:string,error_kind:string,error_reason:string>"
    )
    assert lines(records) == sorted(record.to_json() for record in tables.records())
    errors = {row.doc_id: row.error_kind for row in dateline.spark.errors(records).collect()}
    assert errors == {"empty": "empty", None: "no_text"}


def test_tables_have_the_columns_of_one_machine(spark, alone):
    tables, _ = alone
    records = dateline.spark.read(frame(spark)).persist()
    for name in ("events", "documents"):
        assert spark_rows(dateline.spark.table(records, name)) == rows(tables[name])
    statements = dateline.spark.table(records, "statements")
    assert statements.columns == [*tables.statements.column_names, "published"]
    assert spark_rows(statements.drop("published")) == rows(tables.statements)


def test_links_are_those_of_one_machine(spark, alone):
    _, linked = alone
    found = dateline.spark.link(dateline.spark.read(frame(spark, 5)))
    assert spark_rows(found.documents) == rows(linked.documents)
    assert any(row.copy for row in found.documents.collect())
    assert spark_rows(found.stories) == rows(linked.stories)
    assert spark_rows(found.clusters) == rows(linked.clusters)


def test_columns_have_names_or_are_found(spark):
    shown = spark.createDataFrame([("The envoy left Cairo on Tuesday.", "2012-11-21")], "Body string, day string")
    (row,) = dateline.spark.read(shown, text="Body", date="day").collect()
    assert str(row.published) == "2012-11-21" and len(row.doc_id) == 16
    addressed = shown.withColumn("link", F.lit("https://example.org/a"))
    assert dateline.spark.read(addressed).first().doc_id == "https://example.org/a"
    with pytest.raises(ValueError, match="no such column"):
        dateline.spark.read(shown, text="text")
    with pytest.raises(TypeError, match="no field headline"):
        dateline.spark.read(shown, headline="Body")
    with pytest.raises(ValueError, match="which column"):
        dateline.spark.read(shown.select("day"))


def test_parts_are_found_by_the_cluster_and_by_the_driver(spark):
    from dateline.spark.components import components

    # Chains, a star, a ring; named so that the first of a part is not always the first that is met.
    edges = [(f"c{n * 7 % 40:02}", f"c{(n + 1) * 7 % 40:02}") for n in range(39)]
    edges += [("s9", f"s{n}") for n in range(9)] + [(f"r{n}", f"r{(n + 1) % 6}") for n in range(6)]
    frame = spark.createDataFrame(edges, "a string, b string")
    want = {node: f"{node[0]}{'00' if node[0] == 'c' else '0'}" for edge in edges for node in edge}
    for most in (0, 1000):
        assert {row.node: row.first for row in components(frame, most).collect()} == want


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """Web archives, one a story, as crawlers write them."""
    folder = tmp_path_factory.mktemp("warc")
    for number, stem in enumerate(("a", "b")):
        record = b""
        for path in sorted(STRAIT.glob("*.txt"))[number::2]:
            paragraphs = "".join(f"<p>{part}</p>" for part in path.read_text().split("\n\n"))
            body = f"<html><head><title>{path.stem}</title></head><body><article>{paragraphs}</article></body></html>".encode()
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            record += (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/2031/03/0{number + 3}/{path.stem}\r\n"
                f"WARC-Date: 2031-03-08T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{path.stem[0]:0>12}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            ).encode() + answer + b"\r\n\r\n"
        (folder / f"{stem}.warc").write_bytes(record)
    return folder


def test_archives_are_read_a_file_a_task(spark, archives, command, tmp_path):
    written = sorted(command("read", *sorted(archives.glob("*.warc")), "--format", "jsonl").splitlines())
    assert len(written) == 7
    paths = sorted(archives.glob("*.warc"))
    records = dateline.spark.read_files(spark, [*paths, archives / "gone.warc"])
    assert records.rdd.getNumPartitions() == 3
    assert lines(records) == written
    (error,) = dateline.spark.errors(records).collect()
    assert error.error_kind == "io" and "gone.warc" in error.error_reason

    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(archives))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        fetched = dateline.spark.read_files(spark, [f"http://127.0.0.1:{server.server_port}/{path.name}" for path in paths])
        near = [json.loads(line) | {"path": None} for line in lines(fetched)]
        server.shutdown()
    assert sorted(near, key=lambda r: r["id"]) == sorted(
        (json.loads(line) | {"path": None} for line in written), key=lambda r: r["id"]
    )

    dateline.spark.write(records, str(tmp_path / "out"))
    days = sorted(path.name for path in (tmp_path / "out/events").glob("published=*"))
    assert days and all(day.startswith("published=2031-03-0") for day in days)
    events = spark.read.parquet(str(tmp_path / "out/events"))
    assert events.count() == sum(len(json.loads(line)["events"]) for line in written)


def test_the_example_runs(archives, tmp_path):
    """`spark-submit` with the example of the documentation, in a process of its own."""
    import subprocess

    home = Path(pyspark.__file__).parent
    listed = tmp_path / "list.txt"
    listed.write_text("".join(f"{path}\n" for path in sorted(archives.glob("*.warc"))))
    job = ROOT / "crates/python/examples/common_crawl_news.py"
    done = subprocess.run(
        [home / "bin/spark-submit", "--master", "local[2]", "--conf", "spark.ui.enabled=false", job, listed, tmp_path / "out"],
        env=os.environ | {"SPARK_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert list((tmp_path / "out/records").glob("published=2031-03-*")), done.stdout
    assert list((tmp_path / "out/events").glob("published=2031-03-*"))


def executors() -> list[int]:
    """The processes of Spark's workers that descend from this one."""
    found = []
    for proc in Path("/proc").glob("[0-9]*"):
        try:
            command = (proc / "cmdline").read_bytes()
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in command and descends(int(proc.name)):
            found.append(int(proc.name))
    return found


def descends(pid: int) -> bool:
    while pid > 1:
        if pid == os.getpid():
            return True
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return False
    return False


def test_a_killed_worker_changes_nothing(alone):
    tables, linked = alone
    spark = session("local-cluster[2,1,1024]")
    try:
        records = dateline.spark.read(frame(spark, 8)).persist()
        assert records.count() == len(reports())
        before = executors()
        assert len(before) == 2

        killed = []

        def kill():
            time.sleep(4)
            os.kill(before[0], signal.SIGKILL)
            killed.append(before[0])

        killer = threading.Thread(target=kill)
        killer.start()
        found = dateline.spark.link(records)
        clusters = spark_rows(found.clusters)
        killer.join()
        assert killed and before[0] not in executors()
        assert clusters == rows(linked.clusters)
        assert spark_rows(found.documents) == rows(linked.documents)
        assert lines(records) == sorted(record.to_json() for record in tables.records())
    finally:
        spark.stop()
