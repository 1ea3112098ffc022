"""The commands that the documents show work as they stand there.

In a block marked ``console``, each line that begins with ``$`` is run, in order, in one folder per
page that holds an invented council's ``deliveries``; it must end with exit code 0. In a block
marked ``console exact`` each line shown under a command must also stand in its output, spaces
folded and ``...`` standing for anything.
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from console import assert_works, steps

pytestmark = pytest.mark.long

REPOSITORY = Path(__file__).parent.parent.parent
PAGES = ["README.md", "docs/follow-one-record.md"]
LONGEST_START = 60


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def _assert_serves(command: str, folder: Path, environment: dict[str, str]) -> None:
    """The server answers within a minute; it is ended afterwards."""
    port = _free_port()
    arguments = command.partition("#")[0].split()
    with subprocess.Popen(
        arguments, cwd=folder, env=environment | {"PEI_PORT": str(port)}
    ) as server:
        try:
            began = time.monotonic()
            while not _answers(port) and server.poll() is None:
                assert time.monotonic() - began < LONGEST_START
                time.sleep(0.1)
            assert server.poll() is None
        finally:
            server.terminate()


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_work(council: SimpleNamespace, tmp_path: Path, page: str) -> None:
    """Each command shown works, in order, and prints what an exact block shows."""
    (tmp_path / "deliveries").symlink_to(council.sources)
    beside = str(Path(sys.executable).parent)
    environment = os.environ | {"PATH": f"{beside}:{os.environ['PATH']}", "COLUMNS": "120"}
    shown = list(steps((REPOSITORY / page).read_text("utf-8")))
    assert shown
    for step in shown:
        if step.command.startswith("pei serve"):
            _assert_serves(step.command, tmp_path, environment)
            continue
        assert_works(step, tmp_path, environment)
