"""Whatever happens to the server or the loader, the last good graph answers and nothing doubles."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from graph_engines import Neo4j, neo4j_server
from relay import Relay

from pei_graph import pipeline
from pei_graph.errors import GraphError
from pei_graph.graph import open_graph
from pei_graph.graph.neo4j import Server
from pei_graph.ledger import judge, open_ledger
from pei_graph.settings import Settings
from pei_graph.synthetic import generate
from pei_graph.verify import verify
from pei_graph.workspace import Workspace, connect

pytestmark = pytest.mark.neo4j

KILLED_AT = """
import json, os, signal, sys
from pathlib import Path
from pei_graph import pipeline
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def tell(stage):
    if stage == sys.argv[2]:
        kill()

if __name__ == "__main__":
    if sys.argv[2] == "kept":
        Workspace.publish = kill
    workspace = Workspace(Path(sys.argv[1]))
    settings = Settings.model_validate_json(sys.argv[3])
    pipeline.run(workspace, [Path(each) for each in sys.argv[4:]], settings=settings, tell=tell)
"""


@pytest.fixture
def workspace(council: SimpleNamespace) -> Iterator[Workspace]:
    """The workspace on the server, with a judgement that the next run will take in."""
    with (
        connect(council.served.require_current().tables, council.small, read_only=True) as con,
        open_ledger(council.served.ledger) as ledger,
    ):
        pairs = con.execute(
            "SELECT record_l, record_r FROM links WHERE state = 'possible' ORDER BY ALL"
        ).fetchall()
        judged = {(each.record_l, each.record_r) for each in ledger.judgements()}
        pair = next(pair for pair in pairs if pair not in judged)
        judge(ledger, pair, verdict="same", by="testa", why="for the test")
    yield council.served
    pipeline.run(council.served, [], settings=council.settings)
    assert _sound(council.served, council.settings)


def _sound(workspace: Workspace, settings: Settings) -> bool:
    """Return whether tables and graph agree, every count of them."""
    return all(check.holds for check in verify(workspace, settings))


def _killed(council: SimpleNamespace, at: str, *sources: Path) -> None:
    """A run was killed as a stage began, or between keeping its graph and publishing it."""
    given = (council.served.root, at, council.settings.model_dump_json(), *sources)
    ended = subprocess.run([sys.executable, "-c", KILLED_AT, *map(str, given)], check=False)
    assert ended.returncode == -signal.SIGKILL


@pytest.mark.parametrize("at", ["criteria", "publish"])
def test_a_killed_loader_changes_nothing(
    council: SimpleNamespace, workspace: Workspace, at: str
) -> None:
    """Killed with its changes sent and not kept, a run is never seen, and the next one works."""
    number = workspace.require_current().number
    _killed(council, at)
    assert workspace.require_current().number == number
    assert _sound(workspace, council.settings)


def test_a_run_killed_once_its_graph_counts_is_seen(
    council: SimpleNamespace, workspace: Workspace
) -> None:
    """Readers go on meanwhile, and the next run first publishes what was kept."""
    number = workspace.require_current().number
    _killed(council, "kept")
    assert workspace.require_current().number == number
    with open_graph(workspace.require_current().graph, council.settings) as store:
        store.check()
    report = pipeline.run(workspace, [], settings=council.settings)
    assert report.run == number + 2
    assert report.full is None


def test_a_lost_connection_changes_nothing(council: SimpleNamespace, workspace: Workspace) -> None:
    """A run whose connection goes says so; the graph of the last run still answers."""
    with Relay(council.server.port) as relay:
        through = council.settings.model_copy(
            update={"graph_url": f"bolt://127.0.0.1:{relay.port}"}
        )
        with pytest.raises(GraphError, match="does not answer"):
            pipeline.run(workspace, [], settings=through, tell=_at("criteria", relay.cut))
    assert _sound(workspace, council.settings)


def test_a_killed_server_comes_back_with_the_last_good_graph(
    council: SimpleNamespace, workspace: Workspace
) -> None:
    """A server killed in the middle of a load has, started again, what it had before."""
    with pytest.raises(GraphError, match="does not answer"):
        pipeline.run(
            workspace, [], settings=council.settings, tell=_at("criteria", council.server.kill)
        )
    council.server.start()
    assert _sound(workspace, council.settings)


def _at(stage: str, act: Callable[[], None]) -> Callable[[str], None]:
    def tell(began: str) -> None:
        if began == stage:
            act()

    return tell


def test_a_first_load_that_was_killed_is_begun_again(
    council: SimpleNamespace, tmp_path: Path
) -> None:
    """Half a graph counts for nothing, and stands in nobody's way."""
    with neo4j_server(tmp_path / "neo4j") as server:
        settings = council.small.model_copy(update=server.settings)
        first = SimpleNamespace(served=Workspace(tmp_path / "w"), settings=settings)
        shutil.copytree(council.filed.models, first.served.models)
        _killed(first, "criteria", council.sources)
        pipeline.run(first.served, [council.sources], settings=settings)
        assert _sound(first.served, settings)


@pytest.mark.disk
def test_a_full_disk_is_said_and_costs_nothing(council: SimpleNamespace, tmp_path: Path) -> None:
    """A server without space refuses a run; with space again it has the last good graph."""
    with _small_disk(tmp_path / "disk") as (disk, server):
        settings = council.small.model_copy(update=server.settings)
        workspace = Workspace(tmp_path / "w")
        shutil.copytree(council.filed.models, workspace.models)
        pipeline.run(workspace, [council.sources], settings=settings)
        filler, others = disk / "filler", tmp_path / "others"
        generate(others, people=300, seed=4)
        _fill(filler)
        with pytest.raises(GraphError):
            pipeline.run(workspace, [others / "sources"], settings=settings)
        filler.unlink()
        server.kill()
        server.start()
        assert _sound(workspace, settings)
        pipeline.run(workspace, [], settings=settings)
        assert _sound(workspace, settings)


@contextmanager
def _small_disk(folder: Path) -> Iterator[tuple[Path, Neo4j]]:
    """Give a disk of 400 MB with a server on it."""
    folder.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", str(folder)]
    subprocess.run(mounted, check=True)
    try:
        with neo4j_server(folder / "neo4j", "db.tx_log.preallocate=false") as server:
            yield folder, server
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(file: Path) -> None:
    """Nothing more fits on the disk."""
    with file.open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(os.urandom(1 << 16))
        except OSError:
            return


def test_a_graph_that_an_older_product_made_is_made_anew(
    council: SimpleNamespace, workspace: Workspace
) -> None:
    """What a newer product says of everybody is said of those too who stayed as they were."""
    with Server(council.settings) as server:
        server.run("MATCH (g:GraphRun) SET g.run = 'older'")
        server.run("MATCH (p:Person) REMOVE p.family_id")
    workspace.require_current().graph.with_suffix(".server").write_text("older")
    pipeline.run(workspace, [], settings=council.settings)
    with Server(council.settings) as server:
        [[told]] = server.ask("MATCH (p:Person) RETURN count(p.family_id)", {})[1]
    assert told > 0
