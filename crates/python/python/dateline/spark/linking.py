"""Linking with Spark's shuffles: the keys, comparisons and grouping of one machine, portion by portion.

Every step is a function over one portion of what shares a key or hangs together; Spark brings the portions together. Things
go by their place, a string that sorts as one machine sorts them, so that "the first" is the same everywhere.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from .._native import shards, story_schema
from .arrow import Columns, columns, held, map_batches, map_parts, spark_schema
from .components import components

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


class Linked(NamedTuple):
    """Reports beside each other, stories, and events over reports, with the columns of `dateline.link`."""

    documents: DataFrame
    stories: DataFrame
    clusters: DataFrame


_KEPT = (
    "place string, doc_id string, published date, publisher string, title string, withdraws boolean, report string, "
    "topic string, sketch binary, length int, address long, slug long"
)
_EDGES = "a string, b string, alike float"


def link(records: DataFrame) -> Linked:
    """Brings records (as `read` gives them) together: copies, versions, stories, and events told by several reports.

    Documents, stories and clusters are those of `dateline.link` on one machine, whatever the partitions. Plans, which follow
    one report's words through all others, are left to one machine: link there the records of what is asked for.
    Of two records with one identifier the one that sorts last counts.
    """
    from pyspark.sql import functions as F

    kept = map_batches(records.where("record is not null").select("record"), _keep, _KEPT)
    latest = F.max_by(F.struct("*"), F.struct("place", "report")).alias("kept")
    kept = held(kept.groupBy("doc_id").agg(latest).select("kept.*"))
    documents = held(_groups(kept, _copies(kept)).join(_versions(kept), "place", "left"))
    told = held(_stories(kept, documents))
    schema = {name: spark_schema(story_schema(name)) for name in ("documents", "stories", "clusters")}
    documents = documents.join(told.select("place", "story"), "place").withColumn("withdrawn", _withdrawn())
    clusters = _clusters(kept, documents)
    described = told.where("described is not null").select(F.from_json("described", schema["stories"]).alias("row"))
    return Linked(
        documents.select(*schema["documents"].names),
        described.select("row.*"),
        clusters.select(F.from_json("cluster", schema["clusters"]).alias("row")).select("row.*"),
    )


def _withdrawn() -> Column:
    from pyspark.sql import functions as F

    return F.col("withdraws") | F.coalesce("withdrawn_by_next", F.lit(False))


def _keep(rows: Columns) -> Columns:
    kept = shards.keep(rows["record"])
    return {name.split()[0]: [one[name.split()[0]] for one in kept] for name in _KEPT.split(", ")}


def _copies(kept: DataFrame) -> DataFrame:
    """`place` and the `first` report of its copies, for reports that have any."""
    from pyspark.sql import functions as F

    shingles = map_batches(kept.select("place", "sketch"), _shingles, "shingle long, place string, length int")
    pairs = map_parts(shingles.repartition("shingle"), _candidates, "a string, b string, shared long, least int")
    pairs = pairs.groupBy("a", "b").agg(F.sum("shared").alias("shared"), F.min("least").alias("least"))
    # What fails here fails the comparison, too; no sketch need be fetched for it.
    pairs = pairs.where("5 * shared >= least")
    for side in ("a", "b"):
        sketch = kept.select(F.col("place").alias(side), F.col("sketch").alias(f"sketch_{side}"))
        pairs = pairs.join(sketch, side)
    compared = pairs.select("a", "b", "shared", "least", "sketch_a", "sketch_b")
    return components(map_batches(compared, _compared, "a string, b string")).withColumnRenamed("node", "place")


def _shingles(rows: Columns) -> Columns:
    found = zip(rows["place"], shards.looked_up(rows["sketch"]))
    return columns("shingle place length", ((s, place, len(all)) for place, all in found for s in all))


def _candidates(rows: Columns) -> Columns:
    return columns("a b shared least", shards.candidates(rows["shingle"], rows["place"], rows["length"]))


def _compared(rows: Columns) -> Columns:
    copies = shards.copies(rows["shared"], rows["least"], rows["sketch_a"], rows["sketch_b"])
    return columns("a b", (pair for pair, copy in zip(zip(rows["a"], rows["b"]), copies) if copy))


_GROUPED = (
    "place string, doc_id string, published date, publisher string, title string, withdraws boolean, first_place string, "
    "first string, first_publisher string, fullest string, copy boolean, group string"
)


def _groups(kept: DataFrame, copies: DataFrame) -> DataFrame:
    """Reports with their group of copies, the first and the fullest of it."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    slim = kept.drop("report", "topic", "sketch").join(copies, "place", "left")
    slim = slim.withColumn("first_place", F.coalesce("first", "place")).drop("first")
    group = Window.partitionBy("first_place")
    in_time, by_length = group.orderBy("place"), group.orderBy(F.desc("length"), "place")
    slim = slim.select(
        "*",
        F.first("doc_id").over(in_time).alias("first"),
        F.first("publisher").over(in_time).alias("first_publisher"),
        F.first("doc_id").over(by_length).alias("fullest"),
    )
    slim = slim.withColumn("copy", F.col("fullest") != F.col("doc_id"))
    names = [field.split()[0] for field in _GROUPED.split(", ")]
    return map_batches(slim.select(*names[:-1]), _grouped, _GROUPED)


def _grouped(rows: Columns) -> Columns:
    return rows | {"group": shards.group(rows["first"])}


def _versions(kept: DataFrame) -> DataFrame:
    """`superseded_by` at the `place` of reports that have a later version, and whether that withdraws them."""
    from pyspark.sql import functions as F

    versions = None
    for kind, work in (("address", _by_address), ("slug", _by_slug)):
        keyed = kept.where(f"{kind} is not null").select(F.col(kind).alias("key"), "topic").repartition("key")
        found = map_parts(keyed, work, f"place string, {kind} string, {kind}_withdraws boolean")
        versions = found if versions is None else versions.join(found, "place", "full")
    assert versions is not None
    by_address = F.col("address").isNotNull()
    versions = versions.select(
        "place",
        F.coalesce("address", "slug").alias("next"),
        F.when(by_address, F.col("address_withdraws")).otherwise(F.col("slug_withdraws")).alias("withdrawn_by_next"),
    )
    names = kept.select(F.col("place").alias("next"), F.col("doc_id").alias("superseded_by"))
    return versions.join(names, "next").drop("next")


def _by_address(rows: Columns) -> Columns:
    return columns("place address address_withdraws", shards.versions(rows["key"], rows["topic"], True))


def _by_slug(rows: Columns) -> Columns:
    return columns("place slug slug_withdraws", shards.versions(rows["key"], rows["topic"], False))


def _strongest(edges: DataFrame) -> DataFrame:
    """The pairs of each thing with those before it that count."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    by_likeness = Window.partitionBy("b").orderBy(F.desc("alike"), "a")
    ranked = edges.distinct().withColumn("rank", F.row_number().over(by_likeness))
    return held(ranked.where(F.col("rank") <= shards.MOST_PAIRS).drop("rank"))


def _in_parts(things: DataFrame, edges: DataFrame, place: str) -> DataFrame:
    """Things and the pairs of them, each whole part in one portion."""
    from pyspark.sql import functions as F

    parts = components(edges)
    whole = things.join(parts.withColumnRenamed("node", place).withColumnRenamed("first", "part"), place, "left")
    whole = whole.withColumn("part", F.coalesce("part", place))
    ends = edges.join(parts.select(F.col("node").alias("a"), F.col("first").alias("part")), "a")
    return whole.unionByName(ends, allowMissingColumns=True).repartition("part")


def _edges_of(rows: Columns) -> list[tuple[str, str, float]]:
    return [edge for edge in zip(rows["a"], rows["b"], rows["alike"]) if edge[0] is not None]


def _stories(kept: DataFrame, documents: DataFrame) -> DataFrame:
    """`place`, its `story`, and at the first report of a story what the story is, `described` as JSON."""
    keyed = map_batches(kept.select("topic"), _story_keys, "key long, topic string").repartition("key")
    edges = _strongest(map_parts(keyed, _story_edges, _EDGES))
    things = kept.select("place", "topic").join(documents.select("place", "copy"), "place")
    return map_parts(_in_parts(things, edges, "place"), _told, "place string, story string, described string")


def _story_keys(rows: Columns) -> Columns:
    found = zip(shards.story_keys(rows["topic"]), rows["topic"])
    return columns("key topic", ((key, topic) for keys, topic in found for key in keys))


def _story_edges(rows: Columns) -> Columns:
    return columns("a b alike", shards.story_edges(rows["key"], rows["topic"]))


def _told(rows: Columns) -> Columns:
    topics = [(topic, copy) for topic, copy in zip(rows["topic"], rows["copy"]) if topic is not None]
    told = (
        (place, story, described if number == 0 else None)
        for story, described, places in shards.stories(topics, _edges_of(rows))
        for number, place in enumerate(places)
    )
    return columns("place story described", told)


_TELLINGS = (
    "act string, keys array<long>, piece string, denies array<long>, story string, first string, publisher string, "
    "superseded boolean"
)
_MET = f"{_EDGES}, key long, act string"


def _clusters(kept: DataFrame, documents: DataFrame) -> DataFrame:
    """Events over all reports that still stand, as JSON."""
    standing = documents.where("not withdrawn").selectExpr(
        "place", "story", "first_place as first", "first_publisher as publisher", "superseded_by is not null as superseded"
    )
    told = kept.select("place", "report").join(standing, "place").drop("place")
    tellings = held(map_batches(told, _tellings, _TELLINGS))
    keyed = tellings.selectExpr("explode(keys) as key", "piece").repartition("key")
    met = held(map_parts(keyed, _met, _MET))
    narrower = met.where("act is not null").select("key", "act").distinct()
    narrower = narrower.join(tellings.select("act", "piece"), "act").drop("act").repartition("key")
    names = ("a", "b", "alike")
    edges = met.where("act is null").select(*names).union(map_parts(narrower, _met_narrower, _MET).select(*names))
    things = _in_parts(tellings.drop("keys", "denies"), _strongest(edges), "act")
    merged = held(map_parts(things, _merged, "event string, cluster string, keys array<long>, deniable string"))
    return _denied(merged, tellings)


def _tellings(rows: Columns) -> Columns:
    own, besides = ("act", "keys", "piece", "denies"), ("story", "first", "publisher", "superseded")
    found = zip(shards.tellings(rows["report"]), zip(*(rows[name] for name in besides)))
    names = " ".join((*own, *besides))
    return columns(names, ((*(act[name] for name in own), *beside) for acts, beside in found for act in acts))


def _met(rows: Columns, narrower: bool = False) -> Columns:
    edges, keys = shards.event_edges(rows["key"], rows["piece"], narrower)
    told = [(*edge, None, None) for edge in edges] + [(None, None, None, *key) for key in keys]
    return columns("a b alike key act", told)


def _met_narrower(rows: Columns) -> Columns:
    return _met(rows, narrower=True)


def _merged(rows: Columns) -> Columns:
    told = zip(*(rows[name] for name in ("piece", "story", "first", "publisher", "superseded")))
    pieces = [one for one in told if one[0] is not None]
    return columns("event cluster keys deniable", shards.events(pieces, _edges_of(rows)))


def _denied(merged: DataFrame, tellings: DataFrame) -> DataFrame:
    """Clusters with the denials that other reports hold: each denial goes to the event it answers best."""
    from pyspark.sql import functions as F

    events = merged.selectExpr("explode(keys) as key", "deniable")
    denials = tellings.selectExpr("explode(denies) as key", "piece")
    meeting = events.unionByName(denials, allowMissingColumns=True).repartition("key")
    answers = map_parts(meeting, _answers, "act string, worth float, event string")
    best = F.min_by("event", F.struct(-F.col("worth"), "event"))
    answered = answers.groupBy("act").agg(best.alias("event")).join(tellings.select("act", "piece"), "act")
    ordered = F.sort_array(F.collect_list(F.struct("act", "piece")))["piece"]
    answered = answered.groupBy("event").agg(F.to_json(ordered).alias("denials"))
    whole = merged.select("event", "cluster").join(answered, "event", "left").drop("event")
    return map_batches(whole, _with_denials, "cluster string")


def _answers(rows: Columns) -> Columns:
    told = list(zip(rows["key"], rows["deniable"], rows["piece"]))
    events = [(key, event) for key, event, _ in told if event is not None]
    denials = [(key, piece) for key, _, piece in told if piece is not None]
    both = [tuple(map(list, zip(*side))) if side else ([], []) for side in (events, denials)]
    return columns("act worth event", shards.answers(*both))


def _with_denials(rows: Columns) -> Columns:
    denials = [json.loads(told) if told else [] for told in rows["denials"]]
    return {"cluster": shards.denied(rows["cluster"], denials)}
