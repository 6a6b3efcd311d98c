"""What notebooks and displaCy show."""

from __future__ import annotations

from html.parser import HTMLParser

import dateline
import pytest
from conftest import CRISIS, SHUTTLE

EVIL = 'Clinton met Netanyahu in Jerusalem on Tuesday. <script>alert(1)</script> <img src=x onerror="alert(2)">'


class Tags(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def test_notebooks_show_safe_pages():
    record = dateline.read(EVIL, title="<b>T</b>", id='"><i>', date="2012-11-21")
    tables = dateline.read_many({"<u>": EVIL})
    shown = [record._repr_html_(), record.events._repr_html_(), tables.events._repr_html_(), tables._repr_html_()]
    for page in shown:
        tags = Tags(page)
        assert tags.tags <= {"div", "style", "b", "bdi", "span", "table", "thead", "tbody", "tr", "th", "td", "p"}, tags.tags
        assert tags.attributes <= {"class", "title", "dir", "scope", "style"}, tags.attributes
    assert "prefers-color-scheme:dark" in shown[0] and "&lt;script&gt;" in shown[0]


def test_displacy_gets_what_it_draws():
    record = dateline.read(SHUTTLE, date="2012-11-21")
    ents = record.to_displacy()
    assert ents["text"] == record.text and len(ents["ents"]) > 10
    ends = [0] + [ent["end"] for ent in ents["ents"]]
    assert all(ent["start"] >= end for ent, end in zip(ents["ents"], ends)), "nothing overlaps"
    assert {"PLACE"} < {ent["label"] for ent in ents["ents"]}
    spans = record.to_displacy("span")
    assert all(0 <= s["start_token"] < s["end_token"] <= len(spans["tokens"]) for s in spans["spans"])
    met = next(s for s in spans["spans"] if s["label"].startswith("CONSULT"))
    assert spans["tokens"][met["start_token"]] in record.text
    with pytest.raises(ValueError, match="no style"):
        record.to_displacy("dep")


def test_words_for_the_console():
    tables = dateline.read_many(CRISIS)
    assert "events" in repr(tables) and "rows" in repr(tables.events)
    linked = dateline.link(tables)
    assert "40 reports" in repr(linked)
