"""Web archives to Parquet on a cluster: records and events, a folder a day.

    spark-submit common_crawl_news.py LIST OUT [--base https://data.commoncrawl.org/]

LIST is a file with the path of an archive a line, as `warc.paths` of Common Crawl's news archives has them; `--base` stands
before each. OUT is a folder that all workers can write. `docs/spark.md` tells how to ship the package.
"""

import argparse

from pyspark.sql import SparkSession

import dateline.spark


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list")
    parser.add_argument("out")
    parser.add_argument("--base", default="")
    told = parser.parse_args()

    spark = SparkSession.builder.appName("dateline: archives to events").getOrCreate()
    with open(told.list, encoding="utf-8") as lines:
        paths = [told.base + line.strip() for line in lines if line.strip()]
    records = dateline.spark.read_files(spark, paths)
    dateline.spark.write(records, told.out, tables=["events", "statements"])

    written = spark.read.parquet(f"{told.out}/records")
    written.groupBy("error_kind").count().show(50, truncate=False)
    spark.stop()


if __name__ == "__main__":
    main()
