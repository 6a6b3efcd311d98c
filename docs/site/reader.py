"""What the `dateline` command gives, for the pages that are made of it. DATELINE_COMMAND names the command."""

import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("DATELINE_COMMAND", ROOT / "target/release/dateline")


def run(*words, told=None):
    """Standard output of `dateline WORDS`; an error where it fails."""
    done = subprocess.run([COMMAND, *words], input=told, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, f"dateline {' '.join(words)}: {done.stderr}"
    return done.stdout


def records(sentences):
    """The records of sentences, each a report of its own, by sentence."""
    told = list(dict.fromkeys(sentences))
    rows = "".join(json.dumps({"id": str(n), "text": s}) + "\n" for n, s in enumerate(told))
    lines = run("read", "-", "--input-format", "jsonl", "--format", "jsonl", told=rows).splitlines()
    return {told[int(record["id"])]: record for record in map(json.loads, lines)}
