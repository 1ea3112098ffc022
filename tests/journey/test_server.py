"""A council that began with a ledger in a file goes on with one on a server, command by command."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from click.testing import CliRunner, Result
from console import assert_works, steps
from postgres_server import PASSWORD, Server, binaries

from pei_graph.cli import main
from pei_graph.settings import settings
from pei_graph.workspace import Workspace

pytestmark = pytest.mark.postgres

GUIDE = Path(__file__).parent.parent.parent / "docs" / "server.md"


@pytest.fixture
def server(
    postgres: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, council: SimpleNamespace
) -> Iterator[Workspace]:
    """A council's workspace, and an environment that names a server's empty database."""
    shutil.copytree(council.workspace.root, tmp_path / "w")
    chosen = postgres.settings(postgres.database())
    monkeypatch.setenv("PEI_LEDGER_URL", chosen.ledger_url)
    monkeypatch.setenv("PEI_LEDGER_PASSWORD_FILE", str(chosen.ledger_password_file))
    settings.cache_clear()
    yield Workspace(tmp_path / "w")
    settings.cache_clear()


def pei(workspace: Workspace, *arguments: object) -> Result:
    """Run the command in this process and return what it printed and its exit code."""
    words = [str(argument) for argument in arguments]
    return CliRunner().invoke(main, [*words, "-w", str(workspace.root)])


def pair(workspace: Workspace) -> tuple[str, str]:
    """Return two records of one person."""
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        query = (
            "SELECT min(record_id), max(record_id) FROM members WHERE state = 'accepted'"
            " GROUP BY person_id HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
        )
        found: list[tuple[str, str]] = con.execute(query).fetchall()
    return found[0]


def test_every_command_works_with_a_server(server: Workspace) -> None:
    """The ledger moves, and whoever judges, invites, settles or verifies uses it there."""
    refused = pei(server, "judgements")
    assert (refused.exit_code, "pei move-ledger" in refused.output) == (13, True)
    moved = pei(server, "move-ledger")
    assert moved.exit_code == 0, moved.output
    left, right = pair(server)
    told = pei(server, "judge", left, right, "different", "--why", "a test", "--by", "testa")
    assert told.exit_code == 0, told.output
    for command in ("settle", "verify", "judgements", "queue", f"explain {left}", "invite tim"):
        result = pei(server, *command.split())
        assert result.exit_code == 0, f"{command}: {result.output}"
    assert "1 take effect" not in pei(server, "judgements").output
    assert not server.ledger.exists()


def test_a_command_without_the_server_does_not_pass_over_its_judgements(
    server: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that was not told of the server ends with what to set, and changes nothing."""
    assert pei(server, "move-ledger").exit_code == 0
    before = server.require_current().number
    monkeypatch.delenv("PEI_LEDGER_URL")
    settings.cache_clear()
    refused = pei(server, "settle")
    assert (refused.exit_code, "Set PEI_LEDGER_URL" in refused.output) == (13, True)
    assert server.require_current().number == before


@pytest.fixture
def keeper(
    postgres: Server, council: SimpleNamespace, tmp_path: Path
) -> tuple[Path, dict[str, str]]:
    """A folder with deliveries, and the environment of who keeps two databases on a server."""
    (tmp_path / "deliveries").symlink_to(council.sources)
    words = tmp_path / "pgpass"
    words.write_text(f"*:*:*:*:{PASSWORD}\n", encoding="utf-8")
    words.chmod(0o600)
    chosen = [postgres.settings(postgres.database()) for _ in range(2)]
    beside = [str(Path(sys.executable).parent), str(binaries()), os.environ["PATH"]]
    return tmp_path, os.environ | {
        "PATH": ":".join(beside),
        "PGPASSFILE": str(words),
        "PEI_LEDGER_PASSWORD_FILE": str(chosen[0].ledger_password_file),
        "SERVER_URL": chosen[0].ledger_url,
        "COPY_URL": chosen[1].ledger_url,
    }


@pytest.mark.long
def test_the_commands_of_the_guide_work(keeper: tuple[Path, dict[str, str]]) -> None:
    """A ledger moves, is copied and comes back from its copy as the guide for servers shows."""
    folder, environment = keeper
    shown = list(steps(GUIDE.read_text("utf-8")))
    assert len(shown) >= 10
    for step in shown:
        assert_works(step, folder, environment)
