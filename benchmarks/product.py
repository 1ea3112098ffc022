"""The product through its front door: each function runs one command and returns what it said."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from pei_graph.ledger import judge as note
from pei_graph.ledger import open_ledger
from pei_graph.workspace import Workspace

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


def judge(workspace: Path, verdicts: Iterable[tuple[str, str, bool]]) -> None:
    """The ledger holds a verdict on each pair of records: the same person, or another."""
    with open_ledger(Workspace(workspace).ledger) as ledger:
        for record_l, record_r, same in verdicts:
            note(
                ledger,
                (record_l, record_r),
                verdict="same" if same else "different",
                by="benchmark",
                why="the truth",
            )


def rows(tables: Path, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Return what a query finds in a run's file."""
    with duckdb.connect(str(tables), read_only=True) as con:
        return con.execute(query, list(parameters)).fetchall()
