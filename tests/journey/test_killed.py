"""A run that is killed leaves readers with the last good run, and the next run works."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pei_graph import pipeline
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace

KILLED_AT = """
import os, signal, sys
from pathlib import Path
from pei_graph import pipeline
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace

def tell(stage):
    if stage == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    workspace = Workspace(Path(sys.argv[1]))
    pipeline.run(workspace, [], settings=Settings(), build=sys.argv[3], tell=tell)
"""


@pytest.mark.parametrize(
    ("build", "stage"),
    [
        *(("anew", stage) for stage in ("extract", "resolve", "index", "criteria", "publish")),
        *(("upon the last run", stage) for stage in ("resolve", "graph", "publish")),
    ],
)
def test_a_killed_run_is_never_seen(
    council: SimpleNamespace, tmp_path: Path, build: str, stage: str
) -> None:
    """Killed as a stage begins, a run changes nothing for readers and blocks nobody."""
    root = tmp_path / "w"
    shutil.copytree(council.workspace.root, root)
    workspace = Workspace(root)
    before = workspace.require_current().number
    script = tmp_path / "killed.py"
    script.write_text(KILLED_AT)
    ended = subprocess.run([sys.executable, script, root, stage, build], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert workspace.require_current().number == before
    with workspace.writing() as run:
        assert run.number == before + 1


def test_the_run_after_a_killed_one_works(council: SimpleNamespace, tmp_path: Path) -> None:
    """After a run was killed with its graph half built, the next run is whole and published."""
    root = tmp_path / "w"
    shutil.copytree(council.workspace.root, root)
    workspace = Workspace(root)
    unfinished = workspace.run_folder(workspace.require_current().number + 1)
    unfinished.folder.mkdir()
    unfinished.tables.write_bytes(b"half a file")
    unfinished.graph.write_bytes(b"half a graph")
    report = pipeline.run(workspace, [], settings=Settings())
    assert workspace.require_current().number == report.run == unfinished.number
