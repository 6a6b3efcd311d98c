"""Dateline on Spark: reports to records, records to tables, records to stories and events told by several.

>>> records = dateline.spark.read(frame, text="body", date="day")
>>> events = dateline.spark.table(records, "events")
>>> linked = dateline.spark.link(records)

Spark's workers need the package, too: `docs/spark.md` tells how to ship it.
"""

from .linking import Linked, link
from .reading import errors, read, read_files, table, write

__all__ = ["Linked", "errors", "link", "read", "read_files", "table", "write"]
