"""Scores against annotated reports."""

from __future__ import annotations

import json

import dateline
import pandas as pd
import pytest

TEXT = "LIMA, March 3 - Peruvian President Ana Ruiz met Chilean Foreign Minister Luis Vega in Lima on Tuesday."
SIDES = {
    "actors": [{"name": "Ana Ruiz", "country": "PER", "sector": "GOV"}],
    "recipients": [{"name": "Luis Vega", "country": "CHL", "sector": "GOV"}],
}


@pytest.fixture
def annotated(tmp_path):
    """A folder of annotations and the file of their texts: one event that is told, one that is not."""

    def write(**changes):
        event = {"type": "CONSULT", "status": "happened", "sure": True, "mentions": [
            {"quote": "Ana Ruiz met Chilean Foreign Minister Luis Vega", "trigger": "met"}]} | SIDES | changes
        gold, texts = tmp_path / "gold", tmp_path / "texts.jsonl"
        gold.mkdir(exist_ok=True)
        (gold / "a.json").write_text(json.dumps({"id": "a", "events": [event], "statements": []}))
        texts.write_text(json.dumps({"id": "a", "date": "2026-03-04", "text": TEXT}) + "\n")
        return gold, texts

    return write


def test_what_is_read_rightly_counts(annotated):
    score = dateline.eval(*annotated())
    assert score.documents == 1
    assert score["trigger"] == ("trigger", 1.0, 1.0, 1.0, 1)
    assert score["parties"].f1 == 1.0
    assert ("CONSULT", 1, 1, 1) in score.types
    frame = pd.DataFrame(score)
    assert list(frame.columns) == ["name", "precision", "recall", "f1", "n"] and len(frame) == len(score)
    assert "trigger" in repr(score) and "<table>" in score._repr_html_()


def test_what_is_read_otherwise_does_not(annotated):
    score = dateline.eval(*annotated(type="ASSAULT"))
    assert score["trigger"].f1 == 0.0 and score["trigger"].n == 1


def test_it_is_what_the_command_says(annotated, command):
    gold, texts = annotated()
    told = json.loads(command("eval", gold, texts, "--format", "json"))
    score = dateline.eval(gold, texts, reader=dateline.Reader(), jobs=2)
    assert [(m.name, m.precision, m.recall, m.f1, m.n) for m in score] == [
        (line["name"], line["p"], line["r"], line["f1"], line["n"]) for line in told
    ]


def test_what_does_not_fit_together_is_told(annotated, tmp_path):
    gold, texts = annotated(mentions=[{"quote": "words that nobody wrote there", "trigger": "words"}])
    with pytest.raises(dateline.FormatError, match="is not in the text") as error:
        dateline.eval(gold, texts)
    assert error.value.kind == "annotation"
    with pytest.raises(FileNotFoundError):
        dateline.eval(gold, tmp_path / "none.jsonl")
    with pytest.raises(KeyError):
        dateline.eval(*annotated())["nothing"]
