"""Spark and DuckDB score the same pairs alike, and what can go wrong with Spark is told plainly."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pyspark.sql import SparkSession

from pei_graph import pipeline
from pei_graph.errors import LinkError
from pei_graph.link.scripts import SQL
from pei_graph.settings import Settings
from pei_graph.synthetic import generate
from pei_graph.workspace import Workspace, connect

pytestmark = [pytest.mark.spark, pytest.mark.timeout(600)]

SMALL = {"threads": 2, "memory_limit": "1GB", "graph_buffer_mb": 512}

Links = Mapping[tuple[str, str], tuple[Any, ...]]


@dataclass(frozen=True)
class Linked:
    """An invented council, linked by both."""

    council: Path
    duckdb: Workspace
    spark: Workspace
    folder: Path
    """What Spark shared with the run."""


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Linked:
    """An invented council of 500, linked by both."""
    top = tmp_path_factory.mktemp("linked")
    generate(top / "council", people=500, seed=5)
    made = Linked(top / "council", Workspace(top / "d"), Workspace(top / "s"), top / "shared")
    pipeline.run(made.duckdb, (made.council / "sources",), settings=Settings(**SMALL))
    spark = Settings(linker="spark", spark_folder=str(made.folder), **SMALL)
    pipeline.run(made.spark, (made.council / "sources",), settings=spark)
    return made


def _links(workspace: Workspace) -> Links:
    """Every link: its state, reason, veto, key and levels, and last its weight and bits."""
    with connect(workspace.require_current().tables, Settings(**SMALL), read_only=True) as con:
        rows = con.execute(
            "SELECT record_l, record_r, state, reason, veto, match_key, levels,"
            " weight, model_weight, bits FROM links"
        ).fetchall()
    return {(row[0], row[1]): row[2:] for row in rows}


def test_both_find_the_same_links(linked: Linked) -> None:
    """Whichever scores the pairs, the same are kept, for the same reasons, at the same weights."""
    there, here = _links(linked.spark), _links(linked.duckdb)
    assert len(here) > 500
    assert {pair: row[:5] for pair, row in there.items()} == {
        pair: row[:5] for pair, row in here.items()
    }
    for pair, row in there.items():
        (weight, model_weight, bits), (as_weight, as_model_weight, as_bits) = (
            row[5:],
            here[pair][5:],
        )
        assert weight == pytest.approx(as_weight, abs=1e-6)
        assert model_weight == pytest.approx(as_model_weight, abs=1e-6)
        assert bits == pytest.approx(as_bits, abs=1e-6)


def test_nothing_is_left_in_the_folder(linked: Linked) -> None:
    """What was sent to Spark and what came back is gone when the run is done."""
    assert list(linked.folder.iterdir()) == []


@pytest.fixture
def spark() -> Iterator[SparkSession]:
    """Spark, with the functions that it lacks and DuckDB has."""
    local = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    for key, value in local.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sql(SQL.text("spark"))
    yield session
    session.stop()


def test_names_are_as_similar_on_spark_as_on_duckdb(spark: SparkSession, tmp_path: Path) -> None:
    """Jaro-Winkler similarity is the same but for the rounding, letters out of order or not."""
    parts = ("te", "sta", "xam", "ple", "inven", "ted", "o'", " ", "stra")
    names = ["".join(name) for name in product(parts, repeat=2)]
    names += [name[1] + name[0] + name[2:] for name in names]
    con = duckdb.connect()
    con.execute("CREATE TABLE names AS SELECT unnest($names) AS name", {"names": names})
    con.execute("CREATE TABLE pairs AS SELECT l.name AS l, r.name AS r FROM names AS l, names AS r")
    con.execute(f"COPY pairs TO '{tmp_path}/pairs.parquet'")
    spark.read.parquet(f"{tmp_path}/pairs.parquet").selectExpr(
        "l", "r", "duckdb_jaro_winkler(l, r) AS similarity"
    ).write.parquet(f"{tmp_path}/similar")
    found = con.sql(
        "SELECT count(*), count(*) FILTER (abs(similarity - jaro_winkler_similarity(l, r)) < 1e-15)"
        f" FROM '{tmp_path}/similar/*.parquet'"
    ).fetchall()
    assert found == [(len(names) ** 2, len(names) ** 2)]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"spark_master": "spark://127.0.0.1:1"}, "PEI_SPARK_FOLDER"),
        ({"spark_conf_file": Path(__file__)}, "spark-defaults.conf"),
        ({"spark_conf_file": Path("no such file")}, "spark-defaults.conf"),
    ],
)
def test_wrong_settings_are_told_before_anything_is_read(
    tmp_path: Path, asked: dict[str, Any], says: str
) -> None:
    """A run that could not be linked ends at once and says which setting to mend."""
    workspace = Workspace(tmp_path)
    with pytest.raises(LinkError, match=says):
        pipeline.run(workspace, (), settings=Settings(linker="spark", **asked))
    assert not workspace.deliveries.exists()


def test_an_installation_without_the_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who lacks Spark's Python package is told its name."""
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(LinkError, match=r"pei-graph\[spark\]"):
        pipeline.run(Workspace(tmp_path), (), settings=Settings(linker="spark"))


def test_a_master_that_is_not_there_is_told(linked: Linked, tmp_path: Path) -> None:
    """No answer from the master's address ends the run soon, and nothing is left behind."""
    away = {"spark_master": "spark://127.0.0.1:1", "spark_folder": str(tmp_path / "shared")}
    settings = Settings(linker="spark", **away, **SMALL)
    with pytest.raises(LinkError, match="No Spark master answers"):
        pipeline.run(Workspace(tmp_path / "w"), (linked.council / "sources",), settings=settings)
    assert list((tmp_path / "shared").iterdir()) == []


def test_a_machine_without_java_is_told(linked: Linked, tmp_path: Path) -> None:
    """The command line says that Java is needed, without a traceback."""
    ran = subprocess.run(
        [
            Path(sys.executable).with_name("pei"), "run", linked.council / "sources",
            "--workspace", tmp_path, "--linker", "spark",
        ],
        env={**os.environ, "JAVA_HOME": str(tmp_path / "nowhere"), "PEI_GRAPH_BUFFER_MB": "512"},
        capture_output=True,
        check=False,
        text=True,
    )  # fmt: skip
    assert ran.returncode == LinkError.exit_code
    assert "Java 17" in ran.stderr
    assert "Traceback" not in ran.stderr
