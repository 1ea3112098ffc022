"""What stands between a run and its graph server is said plainly, with what to do, and no value."""

import socket
from pathlib import Path

import pytest
from graph_engines import Neo4j
from small_council import empty_tables

from pei_graph import graph
from pei_graph.errors import GraphError
from pei_graph.graph import neo4j as engine
from pei_graph.graph.neo4j import Server, refused, version_of
from pei_graph.settings import Settings
from pei_graph.workspace import connect

pytestmark = pytest.mark.neo4j


@pytest.fixture
def settings(server: Neo4j) -> Settings:
    """Settings that name the server."""
    return Settings(**server.settings)


def test_a_server_that_is_not_there() -> None:
    """An address at which nobody listens is told from a server that refuses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"bolt://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(GraphError, match=r"does not answer.*PEI_GRAPH_URL"):
            Server(Settings(graph_url=nobody))


def test_an_address_of_another_kind(settings: Settings) -> None:
    """What is no address of a graph server is said before anybody is asked."""
    with pytest.raises(GraphError, match="PEI_GRAPH_URL is no address"):
        Server(settings.model_copy(update={"graph_url": "https://graph.invalid"}))


def test_a_wrong_password(settings: Settings, tmp_path: Path) -> None:
    """The password's file is named, the password is not."""
    wrong = tmp_path / "password"
    wrong.write_text("an invented mistake")
    with pytest.raises(GraphError, match="PEI_GRAPH_PASSWORD_FILE") as error:
        Server(settings.model_copy(update={"graph_password_file": wrong}))
    assert "invented" not in str(error.value)


def test_a_password_that_cannot_be_read(settings: Settings, tmp_path: Path) -> None:
    """A file that is not there is told from a wrong password."""
    with pytest.raises(GraphError, match="cannot be read"):
        Server(settings.model_copy(update={"graph_password_file": tmp_path / "none"}))


def test_another_database(settings: Settings) -> None:
    """A database that the server does not have is said when it is first asked."""
    other = Server(settings.model_copy(update={"graph_database": "another"}))
    with other, pytest.raises(GraphError, match=r"no such database.*PEI_GRAPH_DATABASE"):
        other.ask("RETURN 1 AS one", {})


def test_an_old_server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server older than the oldest that is tested is refused by name."""
    monkeypatch.setattr(engine, "LEAST", (99,))
    with pytest.raises(GraphError, match=r"Neo4j/5\.26.*too old"):
        Server(settings)


def test_a_database_that_holds_something_else(settings: Settings, tmp_path: Path) -> None:
    """Somebody's own nodes are not swept away, and another workspace's graph is not either."""
    with Server(settings) as server:
        server.run("CREATE (:Garden {of: 'somebody'})")
        with pytest.raises(GraphError, match="something else"):
            _begin(settings, tmp_path, "here")
        server.run("MATCH (n:Garden) DELETE n")
        server.run("CREATE (:GraphRun {workspace: 'there', run: '1', state: 'ready'})")
        with pytest.raises(GraphError, match="another workspace"):
            _begin(settings, tmp_path, "here")
        assert server.ask("MATCH (g:GraphRun) RETURN g.workspace AS w", {})[1] == [["there"]]


def _begin(settings: Settings, folder: Path, workspace: str) -> None:
    """An empty run is on its way to the server."""
    tables = folder / "tables.duckdb"
    with connect(tables, settings) as con:
        empty_tables(con)
    graph.build(tables, folder / "graph.lbug", settings, contracts={}, workspace=workspace)


def test_a_run_without_its_graph(settings: Settings, tmp_path: Path) -> None:
    """A run made without a server, and one whose graph is another's, say what to do."""
    run = tmp_path / "graph.lbug"
    with pytest.raises(GraphError, match="pei rebuild"):
        graph.open_graph(run, settings)
    run.with_suffix(".server").write_text("somebody else's")
    with pytest.raises(GraphError, match="another graph"):
        graph.open_graph(run, settings)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "too little memory"),
        ("Neo.ClientError.Transaction.TransactionTimedOut", "took too long"),
        ("Neo.ClientError.General.WriteOnReadOnlyAccessDbError", "disk may be full"),
        ("Neo.ClientError.Statement.SyntaxError", "SyntaxError"),
    ],
)
def test_what_a_server_may_say(code: str, says: str) -> None:
    """A server's code becomes words and advice; its message, which may quote a row, does not."""

    class SaidError(Exception):
        pass

    said = SaidError("Marked Name")
    said.code = code  # type: ignore[attr-defined]
    assert says in str(refused(said))
    assert "Marked" not in str(refused(said))


def test_versions_are_read_from_their_start() -> None:
    """A version with a name behind it is still a version."""
    assert version_of("5.26.30-drop01") == (5, 26, 30)
    assert version_of("2026.01.4") > engine.LEAST
