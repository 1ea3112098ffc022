"""The commands of the command line, each found by its name alone."""

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pei_graph.cli import COMMANDS, main

NOT_FOR_A_RUN = ("flask", "webapp", "pei_graph.synthetic", "pei_graph.review")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_found_by_its_name(name: str) -> None:
    """Every command that help lists is the function of that name, and says what it does."""
    found = main.get_command(click.Context(main), name)
    assert found is not None
    assert found.name == name
    assert found.help


def test_an_unknown_command_is_not_found() -> None:
    """A name that is no command's finds nothing."""
    assert main.get_command(click.Context(main), "runs") is None


def test_a_run_imports_what_it_uses() -> None:
    """Neither the pages nor the invented council are imported to make a run."""
    asked = (
        "import sys, click; from pei_graph.cli import main;"
        " main.get_command(click.Context(main), 'run'); print('\\n'.join(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True
    ).stdout.split()
    assert "pei_graph.pipeline" in told
    assert {name for name in NOT_FOR_A_RUN if name in told} == set()


@pytest.mark.parametrize("command", ["run", "check"])
def test_something_must_be_delivered(command: str) -> None:
    """Where no file is named and no contract asks a database, the command says so."""
    result = CliRunner().invoke(main, [command])
    assert result.exit_code == 2
    assert "no contract asks a database" in result.output


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    """Where nothing was checked, as in a folder beside the right one, it does not look fine."""
    result = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert result.exit_code == 0
    assert "There was no file to check" in result.output


def test_windows_is_told_where_to_run_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """There a command ends with what to do, instead of naming a module that is missing."""
    monkeypatch.setattr(sys, "platform", "win32")
    result = CliRunner().invoke(main, ["verify"])
    assert result.exit_code == 1
    assert "WSL 2" in result.output
