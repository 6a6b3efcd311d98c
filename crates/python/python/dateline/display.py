"""What notebooks and spaCy's displaCy show. Everything from a report is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .record import Record

_CELL = 'style="text-align:left;vertical-align:top;white-space:normal"'


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], more: str = "") -> str:
    """A table in the notebook's own colours."""
    head = "".join(f'<th scope="col" {_CELL}>{html.escape(column)}</th>' for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td {_CELL}><bdi>{html.escape(cell)}</bdi></td>" for cell in row) + "</tr>" for row in rows
    )
    foot = f"<p>{html.escape(more)}</p>" if more else ""
    return f"<div><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}</div>"


def displacy(record: Record, style: str) -> dict[str, Any]:
    """Triggers, entities and places of a record as displaCy takes them."""
    found = [
        (*mention.trigger, f"{event.type} {event.status}") for event in record.events for mention in event.mentions
    ]
    found += [(*span, entity.code) for entity in record.entities for span in entity.mentions]
    found += [(*span, "PLACE") for place in record.places for span in place.mentions]
    found = sorted(dict.fromkeys(found), key=lambda f: (f[0], -f[1]))
    if style == "ent":
        ents, end = [], 0
        for start, stop, label in found:
            # displaCy cannot nest: what begins first stays.
            if start >= end and stop > start:
                ents.append({"start": start, "end": stop, "label": label})
                end = stop
        return {"text": record.text, "ents": ents, "title": record.title}
    if style != "span":
        raise ValueError(f"there is no style {style!r}: take ent or span")
    tokens = _tokens(record.text)
    spans = []
    for start, stop, label in found:
        inside = [n for n, (begin, end) in enumerate(tokens) if begin < stop and end > start]
        if inside:
            spans.append({"start_token": inside[0], "end_token": inside[-1] + 1, "label": label})
    return {
        "text": record.text,
        "tokens": [record.text[start:end] for start, end in tokens],
        "spans": spans,
        "title": record.title,
    }


def _tokens(text: str) -> list[tuple[int, int]]:
    tokens, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        tokens.append((start, at))
    return tokens
