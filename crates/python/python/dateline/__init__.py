"""Dateline: a news report goes in; a record comes out.

>>> import dateline
>>> r = dateline.read("Clinton met Netanyahu in Jerusalem on Tuesday.", date="2012-11-21")
>>> [str(event) for event in r.events]
['CONSULT happened: Clinton, Netanyahu']
"""

from ._native import Error, FormatError, InternalError, UnreadableError, __version__
from .eval import Measure, Score, TypeCount, eval
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
    "Measure",
    "Magnitude",
    "Mention",
    "Place",
    "Reader",
    "Record",
    "Rows",
    "Score",
    "Source",
    "Statement",
    "Table",
    "Tables",
    "TypeCount",
    "UnreadableError",
    "When",
    "__version__",
    "brief",
    "eval",
    "explain",
    "link",
    "plans",
    "read",
    "read_many",
    "series",
    "timeline",
]
