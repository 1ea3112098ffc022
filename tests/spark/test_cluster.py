"""A standalone cluster: its pairs are DuckDB's, and a folder that it does not share is told."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pyspark
import pytest

from pei_graph import pipeline
from pei_graph.errors import LinkError
from pei_graph.settings import Settings
from pei_graph.synthetic import generate
from pei_graph.workspace import Workspace, connect

pytestmark = [pytest.mark.spark, pytest.mark.timeout(600)]

SMALL = {"threads": 2, "memory_limit": "1GB", "graph_buffer_mb": 512}
HOME = Path(pyspark.__file__).parent
CLASS = HOME / "bin" / "spark-class"
ON_THIS_MACHINE = """
spark.driver.host            127.0.0.1
spark.driver.bindAddress     127.0.0.1
spark.executor.memory        512m
spark.sql.shuffle.partitions 4
spark.cores.max              2
"""


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented council of 300."""
    folder = tmp_path_factory.mktemp("council")
    generate(folder, people=300, seed=5)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder, for Spark to share with the run."""
    (tmp_path / "shared").mkdir()
    return tmp_path / "shared"


@contextmanager
def cluster(work: Path, *, before: str = "") -> Iterator[str]:
    """Give the address of a master with one worker, which runs ``before`` it starts, alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"spark://127.0.0.1:{port}"
    here = ("--host", "127.0.0.1", "--webui-port", "0")
    master = ("org.apache.spark.deploy.master.Master", *here, "--port", str(port))
    worker = ("org.apache.spark.deploy.worker.Worker", *here, "--cores", "2", "--memory", "1g",
              "--work-dir", str(work), address)  # fmt: skip
    starts = shlex.join([str(CLASS), *worker])
    with _started([str(CLASS), *master]), _answering(port):
        hidden = ["unshare", "--mount", "sh", "-c", f"{before} && exec {starts}"]
        with _started(hidden if before else shlex.split(starts)):
            yield address


@contextmanager
def _started(command: list[str]) -> Iterator[None]:
    env = {
        **os.environ,
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }
    process = subprocess.Popen(
        command,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def _answering(port: int) -> Iterator[None]:
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    yield


def on(address: str, folder: Path) -> Settings:
    """Return the settings of a run that is linked there."""
    conf = folder.with_name("spark.conf")
    conf.write_text(ON_THIS_MACHINE, encoding="utf-8")
    there = {"spark_master": address, "spark_folder": str(folder), "spark_conf_file": conf}
    return Settings(linker="spark", **there, **SMALL)


def links(workspace: Workspace) -> list[tuple[str, ...]]:
    """Return every link's records, state and reason."""
    with connect(workspace.require_current().tables, Settings(**SMALL), read_only=True) as con:
        return con.execute(
            "SELECT record_l, record_r, state, reason FROM links ORDER BY ALL"
        ).fetchall()


def test_a_cluster_finds_the_links_that_one_machine_finds(
    council: Path, folder: Path, tmp_path: Path
) -> None:
    """A master and a worker of their own score the same pairs, and leave nothing behind."""
    made = SimpleNamespace(here=Workspace(tmp_path / "here"), there=Workspace(tmp_path / "there"))
    sources = (council / "sources",)
    pipeline.run(made.here, sources, settings=Settings(**SMALL))
    with cluster(tmp_path / "work") as address:
        report = pipeline.run(made.there, sources, settings=on(address, folder))
    assert report.scored == "on Spark"
    assert links(made.there) == links(made.here) != []
    assert list(folder.iterdir()) == []


@pytest.mark.disk
def test_a_folder_that_a_worker_does_not_share_is_told(
    council: Path, folder: Path, tmp_path: Path
) -> None:
    """A worker that sees another folder under that path ends the run, and readers see no run."""
    workspace = Workspace(tmp_path / "w")
    elsewhere = f"mount -t tmpfs tmpfs {shlex.quote(str(folder))}"
    with (
        cluster(tmp_path / "work", before=elsewhere) as address,
        pytest.raises(LinkError, match="do not share the folder"),
    ):
        pipeline.run(workspace, (council / "sources",), settings=on(address, folder))
    assert workspace.current() is None
    assert list(folder.iterdir()) == []
