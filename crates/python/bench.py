"""What Python and Spark cost beside the command, on the same reports.

    python bench.py COMMAND REPORTS.jsonl [rounds]

Each round runs the command, Python and, where pyspark is there, Spark once, one after the other, with two threads each, and tells
the processor time spent in user mode (the machine may be busy) and the time on the clock. Spark is warm: it has read once before.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PYTHON = """
import sys, dateline, pathlib
tables = dateline.read_many(pathlib.Path(sys.argv[1]), jobs=2)
tables.save(sys.argv[2])
"""


def child(*command: object) -> tuple[float, float]:
    """User time and time on the clock of a process."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, time.perf_counter()
    subprocess.run([str(part) for part in command], check=False, stderr=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, time.perf_counter() - start


def workers() -> float:
    """User time of the Python workers of Spark so far, in seconds."""
    ticks = 0
    for proc in Path("/proc").glob("[0-9]*"):
        try:
            if b"pyspark.daemon" in (proc / "cmdline").read_bytes():
                ticks += int((proc / "stat").read_text().rpartition(")")[2].split()[11])
        except OSError:
            continue
    return ticks / 100


def main() -> None:
    command, reports = sys.argv[1], Path(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    number = sum(1 for _ in reports.open())
    runs: dict[str, list[tuple[float, float]]] = {"command": [], "python": []}
    spark = warm = None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from pyspark.sql import SparkSession

        import dateline.spark

        spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        frame = spark.read.json(str(reports)).select("id", "date", "source", "title", "text").repartition(8).cache()

        def warm() -> tuple[float, float]:
            before, start = workers(), time.perf_counter()
            dateline.spark.read(frame).write.format("noop").mode("overwrite").save()
            return workers() - before, time.perf_counter() - start

        warm()
        runs["spark"] = []
    except ImportError:
        print("no pyspark: Spark is left out")
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as out:
            line = ("read", reports, "--format", "parquet", "--output", f"{out}/c/", "--jobs", 2)
            runs["command"].append(child(command, *line))
            runs["python"].append(child(sys.executable, "-c", PYTHON, reports, f"{out}/p"))
        if warm is not None:
            runs["spark"].append(warm())
    user = {name: statistics.median(run[0] for run in of) for name, of in runs.items()}
    for name, of in runs.items():
        clock = statistics.median(run[1] for run in of)
        print(
            f"{name:8} {user[name]:7.2f} s user, {clock:7.2f} s; {number / user[name]:6.1f} reports a second of one core; "
            f"{user[name] / user['command']:.3f} of the command"
        )


if __name__ == "__main__":
    main()
