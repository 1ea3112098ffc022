"""Where pairs are scored on Spark, if they are: which master, by way of which folder.

In: the settings. Out: a :class:`Cluster`, or None where DuckDB scores the pairs. This module needs
nothing of Spark.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pei_graph.errors import LinkError
from pei_graph.settings import Settings


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Spark that scores pairs."""

    master: str
    folder: str
    """What both sides read and write: a path or a URI; empty for the run's own scratch folder."""
    conf: dict[str, str]
    """What Spark is told besides."""

    @property
    def is_local(self) -> bool:
        """Return whether Spark runs on this machine alone, within the run's own process."""
        return self.master.startswith("local")


def find_cluster(settings: Settings) -> Cluster | None:
    """Return where pairs are scored on Spark; None where DuckDB scores them.

    Raises ``LinkError`` at once, before anything is read, where that cannot be.
    """
    if settings.linker == "duckdb":
        return None
    if find_spec("pyspark") is None:
        raise LinkError(
            "Spark's Python package is not installed",
            do="Install `pei-graph[spark]`, or run with --linker duckdb",
        )
    asked = Cluster(
        master=settings.spark_master or f"local[{settings.threads}]",
        folder=settings.spark_folder,
        conf=_conf(settings.spark_conf_file) if settings.spark_conf_file else {},
    )
    if not asked.is_local and not asked.folder:
        raise LinkError(
            f"Spark at {asked.master} cannot read this machine's own files",
            do="Set PEI_SPARK_FOLDER to a folder that this machine and every worker see",
        )
    return asked


def _conf(file: Path) -> dict[str, str]:
    """Return what a file of Spark's own form says: a key and a value on each line."""
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
        return dict(line.split(maxsplit=1) for line in lines if line and line[0] != "#")
    except (OSError, ValueError) as error:
        raise LinkError(
            f"The settings for Spark in {file} cannot be read",
            do="Write a key, a space and a value on each line, as in spark-defaults.conf",
        ) from error
