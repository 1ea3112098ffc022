"""A stopped server is filled by its own importer, and goes on from there like any other."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from graph_engines import Neo4j, neo4j_installed

from pei_graph import pipeline
from pei_graph.cli import main
from pei_graph.graph import GraphStore, open_graph
from pei_graph.verify import verify
from pei_graph.workspace import Workspace, connect

pytestmark = pytest.mark.neo4j

ODD = "Q\"uo\\te;d,\r\nO'Invented \r"
"""What a file of rows could break on."""

ASKED = ("family_members", "family_findings", "family_involvements", "family_home")


@pytest.fixture
def installed(tmp_path: Path) -> Neo4j:
    """A Neo4j that was never started."""
    return neo4j_installed(tmp_path / "neo4j")


def test_a_stopped_server_is_filled(
    council: SimpleNamespace, installed: Neo4j, tmp_path: Path
) -> None:
    """Its graph is that of the file, found by keys, and the next run sends differences alone."""
    workspace = Workspace(tmp_path / "w")
    shutil.copytree(council.filed.root, workspace.root)
    with connect(workspace.require_current().tables, council.small) as con:
        [(first,)] = con.execute("SELECT min(record_id) FROM records").fetchall()
        con.execute("UPDATE records SET forename_given = ? WHERE record_id = ?", [ODD, first])
    told = CliRunner().invoke(main, ["load", "-w", str(workspace.root), str(installed.home)])
    assert told.exit_code == 0, told.output
    installed.start()
    try:
        settings = council.small.model_copy(update=installed.settings)
        assert all(check.holds for check in verify(workspace, settings))
        run = workspace.require_current()
        with (
            open_graph(run.graph, settings) as served,
            open_graph(run.graph, council.small) as filed,
        ):
            assert len(served.rows("SHOW CONSTRAINTS YIELD name RETURN name")) > 7
            (odd,) = served.rows(
                "MATCH (r:Record {record_id: $id}) RETURN r.forename_given AS given", id=first
            )
            assert odd["given"] == ODD
            for name in ASKED:
                here, there = (_answers(store, name) for store in (filed, served))
                assert len(here) > 1
                assert there == here
        report = pipeline.run(workspace, [], settings=settings)
        assert report.full is None
        assert all(check.holds for check in verify(workspace, settings))
    finally:
        installed.kill()


def _answers(store: GraphStore, name: str) -> list[dict[str, Any]]:
    rows = [row for n in range(1, 40) for row in store.rows(name, family_id=f"F-{n}")]
    return sorted(rows, key=repr)


def test_what_is_no_neo4j_is_refused(council: SimpleNamespace, tmp_path: Path) -> None:
    """A folder without Neo4j's own tool is named."""
    told = CliRunner().invoke(main, ["load", "-w", str(council.filed.root), str(tmp_path)])
    assert told.exit_code != 0
    assert "bin/neo4j-admin" in told.output
