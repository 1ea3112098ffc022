"""Candidate pairs scored on Spark, by the very settings that DuckDB would score them by.

In: the columns of ``comparables`` that the settings read, as Parquet in a folder that Spark sees.
Out: the table ``scored``, read back from that folder. The folder is gone afterwards. Spark counts
what it writes, so that a folder which not every worker shares is found out. Needs ``pyspark``.
"""

import logging
import socket
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from py4j.protocol import Py4JError
from pyarrow import ArrowException, fs
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, Observation, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - its usual name
from splink import Linker
from splink.backends.spark import SparkAPI, similarity_jar_location

from pei_graph import sql
from pei_graph.errors import LinkError
from pei_graph.link.cluster import Cluster
from pei_graph.link.dialect import columns_read, frequencies_read, in_spark, share_of
from pei_graph.link.scripts import SQL

ROWS = 100_000
"""Records in one row group of the Parquet that is sent: what a task of Spark reads at a time."""

SECONDS_TO_ANSWER = 5.0
"""A standalone master that does not answer by then is not there; Spark would try for long."""

ALWAYS = {
    "spark.app.name": "pei-graph",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}

ALONE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""Where Spark runs within this machine it listens to this machine alone."""


def score_on_spark(
    con: duckdb.DuckDBPyConnection, settings: dict[str, Any], *, floor: float, cluster: Cluster
) -> None:
    """The table ``scored`` holds every candidate pair that weighs at least ``floor`` bits."""
    types = {row[0]: str(row[1]) for row in con.execute("DESCRIBE comparables").fetchall()}
    lists = [name for name, of in types.items() if of.endswith("[]")]
    with _shared_folder(con, cluster) as (files, uri, path), _quiet():
        _send(con, settings, types, to=files.open_output_stream(f"{path}/records"))
        with _session(con, cluster) as spark, _told(cluster):
            rows = _predict(spark, in_spark(settings, lists=lists), uri, floor=floor)
        _fetch(con, settings, ds.dataset(f"{path}/pairs", filesystem=files, format="parquet"))
    [(came,)] = con.execute("SELECT count(*) FROM scored").fetchall()
    if came != rows:
        raise _not_shared(cluster)


@contextmanager
def _quiet() -> Iterator[None]:
    """Python's side of Spark says nothing: it would print what failed, values and all."""
    logger = logging.getLogger("SQLQueryContextLogger")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            # It minds the pandas that is installed, of which nothing here makes use.
            warnings.simplefilter("ignore", FutureWarning)
            yield
    finally:
        logger.setLevel(before)


@contextmanager
def _shared_folder(
    con: duckdb.DuckDBPyConnection, cluster: Cluster
) -> Iterator[tuple[fs.FileSystem, str, str]]:
    """Give a new folder as a file system, as a URI and as a path; it is gone afterwards."""
    [(scratch,)] = con.execute("SELECT current_setting('temp_directory')").fetchall()
    top = cluster.folder or scratch
    uri = f"{top if '://' in top else Path(top).absolute().as_uri()}/pei-{uuid4().hex}"
    try:
        files, path = fs.FileSystem.from_uri(uri)
        if isinstance(files, fs.LocalFileSystem):
            # What lies there is personal. Where workers are other users, the group decides.
            Path(path).mkdir(parents=True, mode=0o770 if cluster.folder else 0o700)
        files.create_dir(path)
    except (OSError, ArrowException) as error:
        raise LinkError(
            f"The folder {top} for Spark cannot be written",
            do="Check PEI_SPARK_FOLDER and who may write there",
        ) from error
    try:
        yield files, uri, path
    finally:
        files.delete_dir(path)


def _send(
    con: duckdb.DuckDBPyConnection, settings: dict[str, Any], having: Collection[str], *, to: Any
) -> None:
    """What the settings read of ``comparables``, and no more, stands in a Parquet file."""
    columns = [sql.name(column) for column in columns_read(settings, having)]
    columns += [f"tf_{column} AS {share_of(column)}" for column in frequencies_read(settings)]
    rows = con.sql(f"SELECT {', '.join(columns)} FROM comparables").to_arrow_reader(ROWS)
    with to, rows, pq.ParquetWriter(to, rows.schema) as file:
        for batch in rows:
            file.write_batch(batch)


def _fetch(con: duckdb.DuckDBPyConnection, settings: dict[str, Any], pairs: ds.Dataset) -> None:
    """The table ``scored`` holds the pairs, under the names that DuckDB's run gives its columns."""
    renamed = [
        f"tf_{share_of(column)}_{side} AS tf_{column}_{side}"
        for column in frequencies_read(settings)
        for side in "lr"
    ]
    con.register("returned", pairs)
    con.execute(
        f"CREATE OR REPLACE TABLE scored AS SELECT * RENAME ({', '.join(renamed)}) FROM returned"
    )
    con.unregister("returned")


@contextmanager
def _session(con: duckdb.DuckDBPyConnection, cluster: Cluster) -> Iterator[SparkSession]:
    """Give a session of Spark; it has ended afterwards."""
    _check_answers(cluster)
    conf = {**ALWAYS, "spark.jars": similarity_jar_location()}
    conf |= _conf_alone(con) if cluster.is_local else {}
    builder = SparkSession.builder.master(cluster.master)
    for key, value in {**conf, **cluster.conf}.items():
        builder = builder.config(key, value)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        raise LinkError(
            f"Spark at {cluster.master} did not start",
            do="Check that Java 17 or newer is installed, and Spark's own message above",
        ) from error
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def _conf_alone(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what Spark is told where it has this machine alone, within the settings' limits."""
    [(threads, scratch)] = con.execute(
        "SELECT current_setting('threads'), current_setting('temp_directory')"
    ).fetchall()
    parts = str(2 * threads)
    return {
        **ALONE,
        "spark.driver.memory": "2g",
        "spark.local.dir": scratch,
        "spark.sql.shuffle.partitions": parts,
        "spark.default.parallelism": parts,
    }


def _check_answers(cluster: Cluster) -> None:
    """Raise ``LinkError`` where no standalone master answers at the address."""
    if not cluster.master.startswith("spark://"):
        return
    for address in cluster.master.removeprefix("spark://").split(","):
        host, _, port = address.rpartition(":")
        try:
            with socket.create_connection((host, int(port)), timeout=SECONDS_TO_ANSWER):
                return
        except (OSError, ValueError):
            continue
    raise LinkError(
        f"No Spark master answers at {cluster.master}", do="Check PEI_SPARK_MASTER and the network"
    )


@contextmanager
def _told(cluster: Cluster) -> Iterator[None]:
    """What fails in Spark is told in the product's words: Spark's may hold a person's values."""
    try:
        yield
    except (PySparkException, Py4JError) as error:
        if "FileNotFound" in str(error) or "FILE_NOT_EXIST" in str(error):
            raise _not_shared(cluster) from error
        raise LinkError(
            f"Scoring on Spark at {cluster.master} failed",
            do="Look into Spark's own log, or run with --linker duckdb",
        ) from error


def _not_shared(cluster: Cluster) -> LinkError:
    return LinkError(
        f"Spark's workers at {cluster.master} do not share the folder {cluster.folder or 'asked'}",
        do="Set PEI_SPARK_FOLDER to a folder that this machine and every worker see",
    )


def _predict(spark: SparkSession, settings: dict[str, Any], uri: str, *, floor: float) -> int:
    """The pairs stand in the folder; return how many Spark wrote."""
    spark.sql(SQL.text("spark"))
    # What Splink keeps between its steps stays with the workers: two steps need no checkpoint.
    api = SparkAPI(  # type: ignore[no-untyped-call] # Splink types none of it
        spark_session=spark, break_lineage_method="persist"
    )
    records = spark.read.parquet(f"{uri}/records")
    scorer = Linker(api.register(records), settings, log_level=None, validate_settings=False)
    for share in frequencies_read(settings):
        known = records.select(share, F.col(share).alias(f"tf_{share}")).dropna().distinct()
        scorer.table_management.register_term_frequency_lookup(api.register(known), share)
    found = scorer.inference.predict(threshold_match_weight=floor, warning_mode="never")
    return _write(found.as_spark_dataframe(), f"{uri}/pairs")


def _write(pairs: DataFrame, uri: str) -> int:
    written = Observation()
    pairs.observe(written, F.count(F.lit(1)).alias("rows")).write.parquet(uri)
    return int(written.get["rows"])
