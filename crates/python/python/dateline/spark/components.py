"""Which things hang together, by alternating large and small stars (Kiveris and others, 2014)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def components(edges: DataFrame) -> DataFrame:
    """`node` and the `first` node of its part, for every node of `edges` (columns `a` and `b`)."""
    from pyspark.sql import functions as F

    pairs = edges.select(F.least("a", "b").alias("u"), F.greatest("a", "b").alias("v")).where("u < v").distinct()
    pairs, last = _kept(pairs), None
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
        new = _kept(small.select("u", "v").distinct())
        # Stars do not change any more when all hang on their first.
        state = new.agg(F.count("*"), F.sum(F.xxhash64("u", "v").cast("decimal(38,0)"))).first()
        pairs.unpersist()
        pairs = new
        if state == last:
            break
        last = state
    firsts = pairs.select(F.col("u").alias("node"), F.col("u").alias("first"))
    return firsts.union(pairs.select(F.col("v").alias("node"), F.col("u").alias("first"))).distinct()


def _kept(frame: DataFrame) -> DataFrame:
    """The frame in memory and on disk. Its lineage stays, so that what a lost worker held is worked out again."""
    from pyspark import StorageLevel

    return frame.persist(StorageLevel.MEMORY_AND_DISK)
