"""One report to its record."""

from __future__ import annotations

import datetime
import json
import pickle
import subprocess
import sys
import threading
import time

import dateline
import pytest
from conftest import SHUTTLE, STRAIT

TEXT = "Clinton met Netanyahu in Jerusalem on Tuesday."


def test_three_lines_give_events():
    record = dateline.read(TEXT, date="2012-11-21")
    (event,) = record.events
    assert (event.type, event.status) == ("CONSULT", "happened")
    assert [party.name for party in event.actors + event.recipients] == ["Clinton", "Netanyahu"]
    assert event.place.name == "Jerusalem" and event.place.country == "ISR"
    assert event.when.start == datetime.date(2012, 11, 20)
    assert record.text[slice(*event.mentions[0].trigger)] == event.trigger == "met"
    assert record.published == datetime.date(2012, 11, 21)


def test_dates_may_be_days_or_words():
    day = datetime.date(2012, 11, 21)
    records = [dateline.read(TEXT, date=date) for date in (day, "2012-11-21", datetime.datetime(2012, 11, 21, 9, 30))]
    assert records[0] == records[1] == records[2]
    with pytest.raises(ValueError, match="no day"):
        dateline.read(TEXT, date="tomorrow")


def test_a_record_is_what_the_command_writes(command):
    for path in [SHUTTLE, *sorted(STRAIT.glob("*.*"))]:
        written = json.loads(command("read", path, "--format", "jsonl"))
        read = dateline.read(path).to_dict()
        assert read | {"path": None} == written | {"path": None}
        line = command("read", path, "--format", "jsonl").rstrip("\n")
        assert dateline.Record.from_json(line).to_json() == line


def test_offsets_count_code_points():
    text = "“Paix!” 🕊 — In Genève, Clinton met Netanyahu on Tuesday. Mr. Köhler said: “We are glad that it took place.”"
    record = dateline.read(text, date="2012-11-21")
    assert record.text == text
    assert "met" in [event.trigger for event in record.events]
    for entity in record.entities:
        assert all(text[slice(*span)] for span in entity.mentions)
    assert any("glad" in statement.text for statement in record.statements)


def test_records_can_be_kept():
    record = dateline.read(SHUTTLE, date="2012-11-21")
    assert pickle.loads(pickle.dumps(record)) == record
    assert "planned CONSULT" in str(record)
    assert record.to_html().startswith("<!DOCTYPE html>") and record.to_markdown().startswith("# ")


@pytest.mark.parametrize(
    ("report", "kind"),
    [("", "empty"), (b"\x7fELF\x00\x01\x02\x00\x00\x00", "binary"), ("Das ist ein Bericht über die Sitzung des "
     "Ausschusses, der am Montag in Berlin über den Haushalt und die Lage der Stadt beraten hat, wie es hieß.", "language")],
)
def test_what_cannot_be_read_is_an_exception_with_its_kind(report, kind):
    with pytest.raises(dateline.UnreadableError) as raised:
        dateline.read(report)
    assert raised.value.kind == kind and str(raised.value)
    assert isinstance(raised.value, dateline.Error)


def test_wrong_words_are_told():
    with pytest.raises(ValueError, match="no format"):
        dateline.read(TEXT, format="pdf")
    with pytest.raises(dateline.FormatError) as raised:
        dateline.Record.from_json('{"id": 3}')
    assert raised.value.kind == "record"
    with pytest.raises(FileNotFoundError):
        dateline.read(SHUTTLE.with_name("gone.txt"))
    with pytest.raises(dateline.FormatError) as raised:
        dateline.Reader(knowledge=SHUTTLE.with_name("gone"))
    assert raised.value.kind == "knowledge"


def test_a_panic_is_an_exception_and_nothing_else_happens():
    with pytest.raises(dateline.InternalError, match="as asked") as raised:
        dateline._native._panic()
    assert raised.value.kind == "internal"
    assert len(dateline.read(TEXT, date="2012-11-21").events) == 1


def test_explanations_name_the_frame():
    told = dateline.explain(TEXT, date="2012-11-21")
    assert "«met»" in told and "frame" in told


def test_other_threads_go_on_while_a_report_is_read():
    reader = dateline.Reader()
    text = SHUTTLE.read_text() * 40
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.002)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    reader.read(text, date="2012-11-21")
    end = time.perf_counter()
    done.set()
    thread.join()
    during = [at for at in ticks if start < at < end]
    assert len(during) > (end - start) / 0.1, f"{len(during)} ticks in {end - start:.2f} s"


def test_threads_share_a_reader():
    reader, records = dateline.Reader(), []
    threads = [threading.Thread(target=lambda: records.append(reader.read(SHUTTLE, date="2012-11-21"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(records) == 4 and len({record.to_json() for record in records}) == 1


def test_import_is_quick():
    # Processor time, as the machine may be busy.
    code = "import time; start = time.process_time(); import dateline; print(time.process_time() - start)"
    times = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(3)]
    assert min(times) < 0.3, times
