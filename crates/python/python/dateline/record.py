"""The record of one report, as objects. Offsets count code points of `text`, as Python's slices do."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from . import _native, display
from .tables import Table, names_of_tables

Span = tuple[int, int]
T = TypeVar("T")


@dataclass(frozen=True)
class Entity:
    """A person, organization, group or country."""

    id: str
    name: str
    kind: str
    title: str | None
    country: str | None
    sector: str
    code: str
    wikidata: str | None
    mentions: tuple[Span, ...] = field(repr=False)

    def __str__(self) -> str:
        return f"{self.name} [{self.code}]"


@dataclass(frozen=True)
class Place:
    """A place with its coordinates."""

    id: str
    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    precision: str
    mentions: tuple[Span, ...] = field(repr=False)

    def __str__(self) -> str:
        return self.name if self.country is None else f"{self.name}, {self.country}"


@dataclass(frozen=True)
class When:
    """Days, the last one included, and the words that tell them."""

    start: datetime.date
    end: datetime.date
    precision: str
    text: str


@dataclass(frozen=True)
class Source:
    """On whose word an event rests."""

    name: str | None
    entity: Entity | None
    kind: str
    stance: str
    cue: Span | None


@dataclass(frozen=True)
class Magnitude:
    """Numbers told of an event."""

    killed: int | None
    injured: int | None
    arrested: int | None
    size: int | None


@dataclass(frozen=True)
class About:
    """What is demanded, promised, threatened or refused."""

    type: str
    mode: str | None
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    when: When | None


@dataclass(frozen=True)
class Mention:
    """Where an event is told."""

    sentence: int
    clause: Span
    trigger: Span
    rule: str


@dataclass(frozen=True)
class Event:
    """Who did, said or plans what, to whom, where, when, and on whose word."""

    id: str
    type: str
    mode: str | None
    status: str
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    place: Place | None
    when: When | None
    sources: tuple[Source, ...]
    magnitude: Magnitude
    about: About | None
    contexts: tuple[str, ...]
    background: bool
    plover: str | None
    cameo: str | None
    quad: int
    score: float
    confidence: float
    mentions: tuple[Mention, ...] = field(repr=False)
    text: str
    trigger: str

    def __str__(self) -> str:
        kind = self.type if self.mode is None else f"{self.type}/{self.mode}"
        sides = [", ".join(party.name for party in side) for side in (self.actors, self.recipients) if side]
        return f"{kind} {self.status}: {' → '.join(sides) or '?'}"


@dataclass(frozen=True)
class Statement:
    """Who said what."""

    id: str
    speaker: Entity | None
    name: str | None
    quoted: bool
    span: Span
    cue: Span | None
    addressee: str | None
    place: Place | None
    when: When | None
    topics: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Dateline:
    """The line that opens wire copy."""

    place: Place | None
    date: datetime.date | None


class Rows(Sequence[T], Generic[T]):
    """Objects of one kind; also the table of them, for whatever reads Arrow."""

    def __init__(self, rows: tuple[T, ...], record: Record, name: str) -> None:
        self._rows, self._record, self._name = rows, record, name

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: Any) -> Any:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[T]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return "\n".join(map(str, self._rows)) or f"no {self._name}"

    @property
    def table(self) -> Table:
        """The flat table of these rows."""
        return self._record.table(self._name)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> Any:
        """A pandas frame (needs pyarrow)."""
        return self.table.to_pandas()

    def to_polars(self) -> Any:
        """A Polars frame."""
        return self.table.to_polars()

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


class Record:
    """What was read in one report."""

    def __init__(self, native: _native.Record) -> None:
        self._native = native

    @classmethod
    def from_json(cls, json: str) -> Record:
        """The record in a line of `dateline read --format jsonl`."""
        return cls(_native.Record.from_json(json))

    def __reduce__(self) -> Any:
        return Record.from_json, (self.to_json(),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.id)

    def to_json(self) -> str:
        """One line of JSON, byte for byte as the command writes it."""
        return self._native.json()

    def to_dict(self) -> dict[str, Any]:
        """The record as `docs/schema.md` describes it."""
        return json.loads(self.to_json())

    @cached_property
    def _data(self) -> dict[str, Any]:
        return self.to_dict()

    @property
    def id(self) -> str:
        return self._data["id"]

    @property
    def path(self) -> str | None:
        return self._data["path"]

    @property
    def url(self) -> str | None:
        return self._data["url"]

    @property
    def publisher(self) -> str | None:
        return self._data["publisher"]

    @property
    def title(self) -> str | None:
        return self._data["title"]

    @property
    def published(self) -> datetime.date | None:
        return _day(self._data["published"])

    @property
    def language(self) -> str:
        return self._data["language"]

    @property
    def text(self) -> str:
        """The text that all offsets point into."""
        return self._data["text"]

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self._data["warnings"])

    @property
    def sentences(self) -> tuple[Span, ...]:
        return _spans(self._data["sentences"])

    @property
    def dateline(self) -> Dateline | None:
        told = self._data["dateline"]
        return None if told is None else Dateline(self._place(told["place"]), _day(told["date"]))

    @cached_property
    def entities(self) -> Rows[Entity]:
        """Who is spoken of."""
        rows = (Entity(**row | {"mentions": _spans(row["mentions"])}) for row in self._data["entities"])
        return Rows(tuple(rows), self, "entities")

    @cached_property
    def places(self) -> Rows[Place]:
        """Which places are spoken of."""
        rows = (Place(**row | {"mentions": _spans(row["mentions"])}) for row in self._data["places"])
        return Rows(tuple(rows), self, "places")

    @cached_property
    def events(self) -> Rows[Event]:
        """What happened, goes on, is planned, thought of or denied."""
        return Rows(tuple(map(self._event, self._data["events"])), self, "events")

    @cached_property
    def statements(self) -> Rows[Statement]:
        """Who said what."""
        return Rows(tuple(map(self._statement, self._data["statements"])), self, "statements")

    def _event(self, row: dict[str, Any]) -> Event:
        about = row["about"]
        mentions = tuple(
            Mention(m["sentence"], tuple(m["clause"]), tuple(m["trigger"]), m["rule"]) for m in row["mentions"]
        )
        own = {
            "actors": self._parties(row["actors"]),
            "recipients": self._parties(row["recipients"]),
            "place": self._place(row["place"]),
            "when": _when(row["when"]),
            "sources": tuple(
                Source(s["name"], self._party(s["entity"]), s["kind"], s["stance"], _span(s["cue"]))
                for s in row["sources"]
            ),
            "magnitude": Magnitude(**row["magnitude"]),
            "about": about
            and About(
                about["type"],
                about["mode"],
                self._parties(about["actors"]),
                self._parties(about["recipients"]),
                _when(about["when"]),
            ),
            "contexts": tuple(row["contexts"]),
            "mentions": mentions,
            "text": self.text[slice(*mentions[0].clause)] if mentions else "",
            "trigger": self.text[slice(*mentions[0].trigger)] if mentions else "",
        }
        return Event(**row | own)

    def _statement(self, row: dict[str, Any]) -> Statement:
        own = {
            "speaker": self._party(row["speaker"]),
            "place": self._place(row["place"]),
            "when": _when(row["when"]),
            "span": tuple(row["span"]),
            "cue": _span(row["cue"]),
            "topics": tuple(row.get("topics", ())),
            "text": self.text[slice(*row["span"])],
        }
        return Statement(**row | own)

    @cached_property
    def _by_id(self) -> dict[str, Any]:
        return {row.id: row for rows in (self.entities, self.places) for row in rows}

    def _party(self, id: str | None) -> Entity | None:
        return None if id is None else self._by_id.get(id)

    def _parties(self, ids: list[str]) -> tuple[Entity, ...]:
        return tuple(self._by_id[id] for id in ids if id in self._by_id)

    def _place(self, id: str | None) -> Place | None:
        return None if id is None else self._by_id.get(id)

    def table(self, name: str) -> Table:
        """One of the flat tables: documents, events, statements, entities, places or mentions."""
        if name not in names_of_tables[:-1]:
            raise KeyError(f"there is no table {name!r}: take one of {', '.join(names_of_tables[:-1])}")
        return Table(self._native.tables()[names_of_tables.index(name)], name)

    def to_displacy(self, style: str = "ent") -> dict[str, Any]:
        """What spaCy's displaCy draws: `displacy.render(r.to_displacy(), style="ent", manual=True)`, or `style="span"`."""
        return display.displacy(self, style)

    def to_html(self) -> str:
        """A page of its own, without script or anything from elsewhere."""
        return self._native.page()

    def to_markdown(self) -> str:
        """The record as Markdown."""
        return self._native.markdown()

    def __str__(self) -> str:
        return self._native.text(100)

    def __repr__(self) -> str:
        return f"<dateline.Record {self.id}: {len(self.events)} events, {len(self.statements)} statements>"

    def _repr_html_(self) -> str:
        return self._native.fragment()


def _day(day: str | None) -> datetime.date | None:
    return None if day is None else datetime.date.fromisoformat(day)


def _span(span: list[int] | None) -> Span | None:
    return None if span is None else (span[0], span[1])


def _spans(spans: list[list[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in spans)


def _when(when: dict[str, Any] | None) -> When | None:
    if when is None:
        return None
    start, end = (datetime.date.fromisoformat(when[name]) for name in ("start", "end"))
    return When(start, end, when["precision"], when["text"])
