"""Linking with Spark's shuffles: the keys, comparisons and grouping of one machine, portion by portion.

Every step is a function over one portion of what shares a key or hangs together; Spark brings the portions together. Things
go by their place, a string that sorts as one machine sorts them, so that "the first" is the same everywhere.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from .._native import shards, story_schema
from .arrow import Columns, columns, map_batches, map_parts, spark_schema
from .components import components

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class Linked(NamedTuple):
    """Reports beside each other, stories, and events over reports, with the columns of `dateline.link`."""

    documents: DataFrame
    stories: DataFrame
    clusters: DataFrame


_KEPT = (
    "place string, doc_id string, published date, publisher string, title string, report string, sketch binary, "
    "length int, version string, by_address boolean, take int, withdraws boolean"
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
    kept = _held(kept.groupBy("doc_id").agg(latest).select("kept.*"))
    documents = _versions(kept, _copies(kept))
    told = _held(_stories(kept, documents))
    documents = _held(documents.join(told.select("place", "story"), "place"))
    clusters = _clusters(kept, documents)
    schema = {name: spark_schema(story_schema(name)) for name in ("documents", "stories", "clusters")}
    described = told.where("described is not null").select(F.from_json("described", schema["stories"]).alias("row"))
    return Linked(
        documents.select(*schema["documents"].names),
        described.select("row.*"),
        clusters.select(F.from_json("cluster", schema["clusters"]).alias("row")).select("row.*"),
    )


def _held(frame: DataFrame) -> DataFrame:
    from pyspark import StorageLevel

    return frame.persist(StorageLevel.MEMORY_AND_DISK)


def _keep(rows: Columns) -> Columns:
    kept = shards.keep(rows["record"])
    return {name.split()[0]: [one[name.split()[0]] for one in kept] for name in _KEPT.split(", ")}


def _copies(kept: DataFrame) -> DataFrame:
    """`place` and the `first` report of its copies, for reports that have any."""
    from pyspark.sql import functions as F

    shingles = map_batches(kept.select("place", "sketch"), _shingles, "shingle long, place string, length int")
    pairs = map_parts(
        shingles.repartition("shingle"), _candidates, "a string, b string, shared long, least int"
    )
    pairs = pairs.groupBy("a", "b").agg(F.sum("shared").alias("shared"), F.min("least").alias("least"))
    pairs = pairs.where("5 * shared >= least")
    for side in ("a", "b"):
        sketch = kept.select(F.col("place").alias(side), F.col("sketch").alias(f"sketch_{side}"))
        pairs = pairs.join(sketch, side)
    edges = map_batches(pairs.select("a", "b", "shared", "least", "sketch_a", "sketch_b"), _compared, "a string, b string")
    return components(edges).withColumnRenamed("node", "place")


def _shingles(rows: Columns) -> Columns:
    found = zip(rows["place"], shards.looked_up(rows["sketch"]))
    return columns("shingle place length", ((s, place, len(all)) for place, all in found for s in all))


def _candidates(rows: Columns) -> Columns:
    return columns("a b shared least", shards.candidates(rows["shingle"], rows["place"], rows["length"]))


def _compared(rows: Columns) -> Columns:
    copies = shards.copies(rows["shared"], rows["least"], rows["sketch_a"], rows["sketch_b"])
    return columns("a b", (pair for pair, copy in zip(zip(rows["a"], rows["b"]), copies) if copy))


def _versions(kept: DataFrame, copies: DataFrame) -> DataFrame:
    """Documents but for their story: groups of copies, the fullest and the first of each, what supersedes what."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    slim = kept.drop("report", "sketch").join(copies, "place", "left")
    slim = slim.withColumn("first_place", F.coalesce("first", "place")).drop("first")
    group = Window.partitionBy("first_place")
    by_length = group.orderBy(F.desc("length"), "place")
    slim = slim.select(
        "*",
        F.first("doc_id").over(group.orderBy("place")).alias("first"),
        F.first("publisher").over(group.orderBy("place")).alias("first_publisher"),
        F.first("doc_id").over(by_length).alias("fullest"),
    )
    slim = slim.withColumn("copy", F.col("fullest") != F.col("doc_id"))
    takes = Window.partitionBy("version").orderBy("take", "place")
    versions = slim.where("version is not null").select(
        "place",
        F.lead("doc_id").over(takes).alias("next_id"),
        F.lead("withdraws").over(takes).alias("next_withdraws"),
        (F.col("by_address") | (F.lead("take").over(takes) > F.col("take")) | F.lead("withdraws").over(takes)).alias("over"),
    )
    versions = versions.where("next_id is not null and over").drop("over")
    slim = slim.join(versions, "place", "left")
    slim = slim.select(
        "*",
        F.col("next_id").alias("superseded_by"),
        (F.col("withdraws") | F.coalesce("next_withdraws", F.lit(False))).alias("withdrawn"),
    )
    names = f"{_named_schema}"
    return map_batches(slim.select(*[field.split()[0] for field in names.split(", ")[1:]]), _named, names)


_named_schema = (
    "group string, place string, doc_id string, published date, publisher string, title string, first_place string, "
    "first string, first_publisher string, fullest string, copy boolean, superseded_by string, withdrawn boolean"
)


def _named(rows: Columns) -> Columns:
    return rows | {"group": shards.name("g", rows["first"])}


def _in_parts(things: DataFrame, edges: DataFrame, place: str) -> DataFrame:
    """Things and the edges between them, each whole part in one portion."""
    from pyspark.sql import functions as F

    parts = _held(components(edges))
    lone = things.join(parts.withColumnRenamed("node", place).withColumnRenamed("first", "part"), place, "left")
    lone = lone.withColumn("part", F.coalesce("part", place))
    ends = edges.join(parts.select(F.col("node").alias("a"), F.col("first").alias("part")), "a")
    return lone.unionByName(ends, allowMissingColumns=True).repartition("part")


def _edges_of(rows: Columns) -> list[tuple[str, str, float]]:
    ends = zip(rows["a"], rows["b"], rows["alike"])
    return [edge for edge in ends if edge[0] is not None]


def _stories(kept: DataFrame, documents: DataFrame) -> DataFrame:
    """`place`, its `story`, and at the first report of a story what the story is, `described` as JSON."""
    topics = _held(map_batches(kept.select("place", "report"), _topics, "place string, keys array<long>, topic string"))
    keyed = topics.selectExpr("explode(keys) as key", "topic").repartition("key")
    edges = _held(map_parts(keyed, _story_edges, _EDGES).distinct())
    things = topics.drop("keys").join(documents.select("place", "copy"), "place")
    told = _in_parts(things, edges, "place")
    return map_parts(told, _grouped, "place string, story string, described string")


def _topics(rows: Columns) -> Columns:
    found = zip(rows["place"], shards.topic_keys(rows["report"]))
    return columns("place keys topic", ((place, keys, topic) for place, (keys, topic) in found))


def _story_edges(rows: Columns) -> Columns:
    return columns("a b alike", shards.story_edges(rows["key"], rows["topic"]))


def _grouped(rows: Columns) -> Columns:
    topics = [(topic, copy) for topic, copy in zip(rows["topic"], rows["copy"]) if topic is not None]
    stories = shards.stories(topics, _edges_of(rows))
    told = (
        (place, story, described if number == 0 else None)
        for story, described, places in stories
        for number, place in enumerate(places)
    )
    return columns("place story described", told)


_PIECES = (
    "act string, keys array<long>, piece string, denies array<long>, denial string, story string, first string, "
    "publisher string"
)


def _clusters(kept: DataFrame, documents: DataFrame) -> DataFrame:
    """Events over all reports that still stand, as JSON."""
    standing = documents.where("not withdrawn").selectExpr(
        "place", "story", "first_place as first", "first_publisher as publisher"
    )
    told = kept.select("place", "report").join(standing, "place")
    pieces = _held(map_batches(told.select("report", "story", "first", "publisher"), _pieces, _PIECES))
    keyed = pieces.selectExpr("explode(keys) as key", "piece").repartition("key")
    edges = _held(map_parts(keyed, _event_edges, _EDGES).distinct())
    things = _in_parts(pieces.drop("keys", "denies", "denial"), edges, "act")
    merged = _held(map_parts(things, _merged, "cluster_place string, cluster string, keys array<long>, event string"))
    return _denied(merged, pieces)


def _pieces(rows: Columns) -> Columns:
    besides = zip(rows["story"], rows["first"], rows["publisher"])
    found = zip(shards.pieces(rows["report"]), besides)
    own = ("act", "keys", "piece", "denies", "denial")
    names = f"{' '.join(own)} story first publisher"
    return columns(names, ((*(act[name] for name in own), *beside) for acts, beside in found for act in acts))


def _event_edges(rows: Columns) -> Columns:
    return columns("a b alike", shards.event_edges(rows["key"], rows["piece"]))


def _merged(rows: Columns) -> Columns:
    told = zip(rows["piece"], rows["story"], rows["first"], rows["publisher"])
    pieces = [one for one in told if one[0] is not None]
    return columns("cluster_place cluster keys event", shards.clusters(pieces, _edges_of(rows)))


def _denied(merged: DataFrame, pieces: DataFrame) -> DataFrame:
    """Clusters with the denials that other reports hold: each denial goes to the event it answers best."""
    from pyspark.sql import functions as F

    events = merged.selectExpr("explode(keys) as key", "event")
    denials = pieces.selectExpr("posexplode(denies) as (actor, key)", "piece")
    meeting = events.unionByName(denials, allowMissingColumns=True).repartition("key")
    answers = map_parts(meeting, _answers, "act string, actor int, worth float, cluster_place string")
    best = F.min_by("cluster_place", F.struct(-F.col("worth"), "actor", "cluster_place"))
    answered = answers.groupBy("act").agg(best.alias("cluster_place"))
    answered = answered.join(pieces.select("act", "denial"), "act")
    ordered = F.sort_array(F.collect_list(F.struct("act", "denial")))["denial"]
    answered = answered.groupBy("cluster_place").agg(F.to_json(ordered).alias("denials"))
    whole = merged.select("cluster_place", "cluster").join(answered, "cluster_place", "left")
    return map_batches(whole.select("cluster", "denials"), _with_denials, "cluster string")


def _answers(rows: Columns) -> Columns:
    told = list(zip(rows["key"], rows["event"], rows["actor"], rows["piece"]))
    events = [(key, event) for key, event, _, _ in told if event is not None]
    denials = [(key, actor, piece) for key, _, actor, piece in told if piece is not None]
    return columns("act actor worth cluster_place", shards.answers(events, denials))


def _with_denials(rows: Columns) -> Columns:
    denials = [json.loads(told) if told else [] for told in rows["denials"]]
    return {"cluster": shards.denied(rows["cluster"], denials)}
