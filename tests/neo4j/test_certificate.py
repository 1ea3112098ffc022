"""A server with a certificate of the council's own authority is reached by that authority alone."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_engines import neo4j_server
from small_council import empty_tables

from pei_graph import graph
from pei_graph.errors import GraphError
from pei_graph.graph.neo4j import Server
from pei_graph.settings import Settings
from pei_graph.workspace import connect

pytestmark = pytest.mark.neo4j

ENCRYPTED = """
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory={folder}
dbms.ssl.policy.bolt.private_key=server.key
dbms.ssl.policy.bolt.public_certificate=server.crt
dbms.ssl.policy.bolt.client_auth=NONE
server.bolt.tls_level=REQUIRED
server.default_advertised_address=127.0.0.1
"""


def authority(folder: Path) -> Path:
    """Return the certificate of an invented authority, made for the test."""
    folder.mkdir()
    _openssl(folder, "-subj", "/CN=Invented Authority", "-keyout", "ca.key", "-out", "ca.crt")
    return folder / "ca.crt"


def certify(folder: Path) -> None:
    """The authority in the folder has issued a certificate for 127.0.0.1, and no other name."""
    _openssl(
        folder, "-subj", "/CN=Invented Server", "-CA", "ca.crt", "-CAkey", "ca.key",
        "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE",
        "-keyout", "server.key", "-out", "server.crt",
    )  # fmt: skip


def _openssl(folder: Path, *more: str) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", *more],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings that name an encrypted server, and the authority that vouches for it."""
    folder = tmp_path_factory.mktemp("encrypted")
    trusted = authority(folder / "authority")
    certify(trusted.parent)
    told = ENCRYPTED.format(folder=trusted.parent)
    with neo4j_server(folder / "neo4j", told, authority=trusted) as server:
        yield Settings(graph_buffer_mb=256, threads=2, **server.settings)


def _by(settings: Settings, scheme: str) -> dict[str, str]:
    """Return the change of settings that reaches the server another way."""
    return {"graph_url": settings.graph_url.replace("bolt", scheme, 1)}


@pytest.mark.parametrize("scheme", ["bolt", "bolt+s", "neo4j", "neo4j+s"])
def test_the_named_authority_is_trusted(scheme: str, trusting: Settings) -> None:
    """With the authority's certificate the server answers, however its address is written."""
    with Server(trusting.model_copy(update=_by(trusting, scheme))) as server:
        assert server.ask("RETURN 1 AS one", {}) == (["one"], [[1]])


def test_a_graph_stands_behind_a_certificate(trusting: Settings, tmp_path: Path) -> None:
    """A graph is loaded and opened as on any other server."""
    with connect(tmp_path / "tables.duckdb", trusting) as con:
        empty_tables(con)
        con.execute(
            "INSERT INTO persons BY NAME"
            " SELECT 'P-1' AS person_id, 1 AS records, ['s'] AS sources, false AS sealed"
        )
    graph.build(tmp_path / "tables.duckdb", tmp_path / "graph.lbug", trusting, contracts={})
    with graph.open_graph(tmp_path / "graph.lbug", trusting) as store:
        assert store.count("Person") == 1


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_another_authority_is_not_trusted(scheme: str, trusting: Settings, tmp_path: Path) -> None:
    """A server that the named authority does not vouch for is refused before the password goes."""
    other = {"graph_certificate": authority(tmp_path / "other")}
    with pytest.raises(GraphError, match=r"not from an authority.*PEI_GRAPH_CERTIFICATE"):
        Server(trusting.model_copy(update={**other, **_by(trusting, scheme)}))


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_without_an_authority_the_machines_count(scheme: str, trusting: Settings) -> None:
    """An authority that this machine does not know must be named."""
    none = {"graph_certificate": None}
    with pytest.raises(GraphError, match=r"not from an authority.*PEI_GRAPH_CERTIFICATE"):
        Server(trusting.model_copy(update={**none, **_by(trusting, scheme)}))


def test_without_tls_the_server_does_not_answer(trusting: Settings) -> None:
    """Nobody is asked in the clear by mistake."""
    with pytest.raises(GraphError, match=r"does not answer.*\+s"):
        Server(trusting.model_copy(update={"graph_certificate": None}))


def test_a_certificate_in_another_name(trusting: Settings) -> None:
    """A server reached by a name that its certificate lacks may be another's."""
    elsewhere = {"graph_url": trusting.graph_url.replace("127.0.0.1", "localhost")}
    with pytest.raises(GraphError, match=r"for another name.*PEI_GRAPH_URL"):
        Server(trusting.model_copy(update=elsewhere))


@pytest.mark.parametrize("held", [None, "no certificate"])
def test_a_certificate_that_cannot_be_read(
    held: str | None, trusting: Settings, tmp_path: Path
) -> None:
    """A file that is not there, or holds something else, is named by its setting."""
    file = tmp_path / "authority.pem"
    if held:
        file.write_text(held)
    with pytest.raises(GraphError, match=r"cannot be read.*PEI_GRAPH_CERTIFICATE"):
        Server(trusting.model_copy(update={"graph_certificate": file}))
