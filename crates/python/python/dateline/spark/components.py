"""Which things hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._native import shards
from .arrow import held

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

MOST_ON_DRIVER = 1_000_000
"""Edges up to which the driver joins them by itself, which takes less time than one round of the cluster."""


def components(edges: DataFrame, most_on_driver: int = MOST_ON_DRIVER) -> DataFrame:
    """`node` and the `first` node of its part, for every node of `edges` (columns `a` and `b`)."""
    pairs = edges.select("a", "b").distinct()
    few = pairs.limit(most_on_driver + 1).toArrow()
    if few.num_rows <= most_on_driver:
        parts = shards.components(few.column("a").to_pylist(), few.column("b").to_pylist())
        return edges.sparkSession.createDataFrame(parts, "node string, first string")
    return stars(pairs)


def stars(pairs: DataFrame) -> DataFrame:
    """The same by alternating large and small stars (Kiveris and others, 2014), however many edges there are."""
    from pyspark.sql import functions as F

    pairs = pairs.select(F.least("a", "b").alias("u"), F.greatest("a", "b").alias("v")).where("u < v").distinct()
    pairs, last = held(pairs), None
    while True:
        turned = pairs.select(F.col("v").alias("u"), F.col("u").alias("v"))
        grouped = pairs.union(turned).groupBy("u").agg(F.min("v").alias("least"), F.collect_list("v").alias("all"))
        large = grouped.select(
            F.explode(F.filter("all", lambda v: v > F.col("u"))).alias("v"), F.least("u", "least").alias("u")
        ).where("u < v")
        grouped = large.distinct().groupBy("v").agg(F.min("u").alias("least"), F.collect_list("u").alias("all"))
        small = grouped.select(
            F.explode(F.concat("all", F.array("v"))).alias("v"), F.col("least").alias("u")
        ).where("u < v")
        pairs = held(small.select("u", "v").distinct())
        state = pairs.agg(F.count("*"), F.sum(F.xxhash64("u", "v").cast("decimal(38,0)"))).first()
        if state == last:
            break
        last = state
    firsts = pairs.select(F.col("u").alias("node"), F.col("u").alias("first"))
    return firsts.union(pairs.select(F.col("v").alias("node"), F.col("u").alias("first"))).distinct()
