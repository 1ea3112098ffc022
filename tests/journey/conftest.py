"""An invented council, generated and run once for every journey test."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from pei_graph.cli import main
from pei_graph.workspace import Workspace


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Return the sources, truth and workspace of 400 invented people after a first run."""
    folder = tmp_path_factory.mktemp("journey")
    for command in (
        ["generate", str(folder), "--people", "400", "--seed", "11"],
        ["run", str(folder / "sources"), "--workspace", str(folder / "w")],
    ):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
    return SimpleNamespace(
        sources=folder / "sources",
        truth=folder / "truth" / "persons.csv",
        workspace=Workspace(folder / "w"),
    )
