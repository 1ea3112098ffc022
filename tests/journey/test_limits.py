"""A run that the machine is too small for says so, and readers keep what they had."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pei_graph.errors import SettingsError, WorkspaceError
from pei_graph.workspace import Workspace

PEI = str(Path(sys.executable).with_name("pei"))


def ended(*command: str, code: int = WorkspaceError.exit_code, **env: str) -> str:
    """Run a command that ends for want of room; return what it said."""
    made = subprocess.run(
        command, env={**os.environ, **env}, capture_output=True, check=False, text=True
    )
    assert made.returncode == code, made.stderr
    assert "Traceback" not in made.stderr
    return made.stderr


def test_too_little_memory_is_told(council: SimpleNamespace, tmp_path: Path) -> None:
    """The setting to change is named, and readers see no run."""
    run = (PEI, "run", str(council.sources), "--workspace", str(tmp_path))
    assert "PEI_MEMORY_LIMIT" in ended(*run, PEI_MEMORY_LIMIT="2MB")
    assert Workspace(tmp_path).current() is None


def test_a_setting_that_cannot_be_is_told() -> None:
    """A value out of bounds ends a command with the setting's name and its bounds."""
    said = ended(PEI, "verify", code=SettingsError.exit_code, PEI_GRAPH_BUFFER_MB="1")
    assert "PEI_GRAPH_BUFFER_MB" in said
    assert "greater than or equal to 64" in said


@pytest.mark.disk
def test_a_full_disk_is_told(council: SimpleNamespace, tmp_path: Path) -> None:
    """On a disk that is too small for the tables the run says so."""
    run = shlex.join([PEI, "run", str(council.sources), "--workspace", str(tmp_path)])
    small = f"mount -t tmpfs -o size=6m tmpfs {shlex.quote(str(tmp_path))} && exec {run}"
    assert "PEI_TEMP_DIR" in ended("unshare", "--mount", "sh", "-c", small)
