"""The product through its front door: each function runs one command and returns what it said."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pei_graph.workspace import Workspace

GIB = 1 << 30
CONTRACTS = Path(__file__).parent / "contracts"


def pei(*arguments: str | Path) -> str:
    """Return what the command writes; raises ``SystemExit`` where it fails."""
    answer = subprocess.run(
        [sys.executable, "-m", "pei_graph", *map(str, arguments)], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if answer.returncode:
        raise SystemExit(f"pei {arguments[0]} ended with {answer.returncode}: {answer.stderr}")
    return answer.stdout


@dataclass(frozen=True, slots=True)
class Used:
    """Processor seconds of a command with its children, and GiB of the largest of them."""

    processor: float
    memory: float


def used_by(*arguments: str | Path) -> Used:
    """Run the command, of which nothing is shown, and return what it used of the machine."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pei_graph", *map(str, arguments)], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"pei {arguments[0]} ended with {process.returncode}")
    return Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / GIB)


def run(sources: Path, workspace: Path) -> Path:
    """Return the DuckDB file of a finished run over the sources."""
    pei("run", sources, "--workspace", workspace, "--contracts", CONTRACTS, "--json")
    return Workspace(workspace).require_current().tables


def evaluate(workspace: Path, truth: Path) -> dict[str, Any]:
    """Return the current run measured against the truth."""
    said: dict[str, Any] = json.loads(
        pei("evaluate", "--workspace", workspace, "--truth", truth, "--json")
    )
    return said
