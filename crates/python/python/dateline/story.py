"""Many reports brought together: copies, events told by several, stories, plans and what became of them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import _native
from .reader import _cores
from .record import Record
from .tables import Table, Tables

_FLAT = ("documents", "entities", "places", "events", "statements")


class Linked:
    """Reports and what they tell together; made by `link`."""

    def __init__(self, native: _native.Linked) -> None:
        self._native = native

    @property
    def clusters(self) -> Table:
        """Events, each as all reports of it tell it."""
        return Table(self._native.clusters, "clusters")

    @property
    def documents(self) -> Table:
        """Reports beside each other: copies, versions, stories."""
        return Table(self._native.documents, "documents of the story")

    @property
    def stories(self) -> Table:
        """Stories, by their first report."""
        return Table(self._native.stories, "stories")

    def plans(self, only: str | None = None, **choice: Any) -> Table:
        """What was planned, promised, demanded, threatened or refused, and what became of it.

        `only` is a state: kept, changed, cancelled, overdue or open.
        """
        return Table(self._native.plans(_asked(**choice), only), "plans")

    def timeline(self, **choice: Any) -> Table:
        """What went on, day by day, each event once."""
        return Table(self._native.timeline(_asked(**choice)), "timeline")

    def timeline_page(self, html: bool = True, **choice: Any) -> str:
        """The timeline as a page, or as Markdown."""
        return self._native.timeline_page(_asked(**choice), html)

    def brief(self, **choice: Any) -> Markdown:
        """A brief, every line with its reports."""
        return Markdown(self._native.brief(_asked(**choice), False))

    def series(self, by: str = "week", country: bool = False, **choice: Any) -> Table:
        """Counts and scores by day, week or month, for pairs of countries or, with `country`, for each."""
        return Table(self._native.series(_asked(**choice), by, country), "series")

    def __repr__(self) -> str:
        return (
            f"<dateline.Linked: {len(self.documents)} reports, {len(self.clusters)} events, "
            f"{len(self.stories)} stories, {len(self.plans())} plans>"
        )


class Markdown(str):
    """Text that a notebook shows as Markdown."""

    def _repr_markdown_(self) -> str:
        return str(self)


def link(records: Any, *, as_of: str | datetime.date | None = None, jobs: int | None = None) -> Linked:
    """Brings many reports together.

    `records` are the tables of `read_many`, records, a mapping of table names to anything that speaks the Arrow C stream, or
    paths of JSON lines that `dateline read --format jsonl` wrote. Plans are followed up to `as_of`, the last day of
    publication when it is not given.
    """
    if isinstance(records, Tables):
        records = records._flat()
    elif isinstance(records, Mapping):
        records = {name: records[name] for name in _FLAT}
    elif isinstance(records, os.PathLike):
        records = [Path(records)]
    elif isinstance(records, Record):
        records = [records._native]
    else:
        records = [one._native if isinstance(one, Record) else Path(one) for one in records]
    return Linked(_native.Linked(records, None if as_of is None else str(as_of), jobs or _cores()))


def timeline(linked: Linked, **choice: Any) -> Table:
    """What went on, day by day: `Linked.timeline`."""
    return linked.timeline(**choice)


def plans(linked: Linked, only: str | None = None, **choice: Any) -> Table:
    """What was planned, and what became of it: `Linked.plans`."""
    return linked.plans(only, **choice)


def brief(linked: Linked, **choice: Any) -> Markdown:
    """A brief, every line with its reports: `Linked.brief`."""
    return linked.brief(**choice)


def series(linked: Linked, by: str = "week", country: bool = False, **choice: Any) -> Table:
    """Counts and scores over time: `Linked.series`."""
    return linked.series(by, country, **choice)


def _asked(
    *,
    since: str | datetime.date | None = None,
    until: str | datetime.date | None = None,
    story: str | None = None,
    actor: str | None = None,
    dyad: tuple[str, str] | None = None,
    place: str | None = None,
) -> dict[str, Any]:
    """Which events are asked for: days, a story by identifier or title, a party, two parties, a place."""
    day = lambda day: None if day is None else str(day)  # noqa: E731
    return {
        "since": day(since),
        "until": day(until),
        "story": story,
        "actor": actor,
        "dyad": dyad,
        "place": place,
    }
