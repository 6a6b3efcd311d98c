"""Dateline: a news report goes in; a record comes out.

>>> import dateline
>>> r = dateline.read("Clinton met Netanyahu in Jerusalem on Tuesday.", date="2012-11-21")
>>> [str(event) for event in r.events]
['CONSULT happened: Clinton, Netanyahu']
"""

from ._native import Error, FormatError, InternalError, UnreadableError, __version__
from .reader import Reader, explain, read, read_many
from .record import About, Dateline, Entity, Event, Magnitude, Mention, Place, Record, Rows, Source, Statement, When
from .story import Linked, brief, link, plans, series, timeline
from .tables import Table, Tables

__all__ = [
    "About",
    "Dateline",
    "Entity",
    "Error",
    "Event",
    "FormatError",
    "InternalError",
    "Linked",
    "Magnitude",
    "Mention",
    "Place",
    "Reader",
    "Record",
    "Rows",
    "Source",
    "Statement",
    "Table",
    "Tables",
    "UnreadableError",
    "When",
    "__version__",
    "brief",
    "explain",
    "link",
    "plans",
    "read",
    "read_many",
    "series",
    "timeline",
]
