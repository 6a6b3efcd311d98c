"""What the tests work on: the examples of the project, and the command built from it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"
SHUTTLE = EXAMPLES / "shuttle.txt"
STRAIT = EXAMPLES / "strait"
CRISIS = EXAMPLES / "crisis"


@pytest.fixture(scope="session")
def command():
    """Runs the command `dateline` and gives what it writes."""
    path = Path(os.environ.get("DATELINE_COMMAND", ROOT / "target/release/dateline"))
    if not path.exists():
        pytest.fail(f"{path} is not there: cargo build --release, or set DATELINE_COMMAND")

    def run(*args) -> str:
        done = subprocess.run([path, *map(str, args)], capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def crisis():
    """The reports of a crisis as rows: identifier and text."""
    return [{"id": path.stem, "text": path.read_text()} for path in sorted(CRISIS.glob("*.txt"))]
