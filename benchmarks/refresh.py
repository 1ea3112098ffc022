"""A run built upon the last one against a run made anew, in one go on one machine.

A council is generated and run. Then a source is delivered again with some records changed, new and
gone, one in a hundred of all; then a handful of judgements is made. After each, the same workspace
is run upon the last run and, in a copy, made anew by the same model: what differs is what was
saved. Times are processor seconds of all processes, and wall seconds; prints a table.

    python benchmarks/refresh.py --people 46600 --folder ~/.cache/pei-benchmarks
"""

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pei_graph.ledger import judge, open_ledger
from pei_graph.workspace import Workspace

SEED = 11
SHARE = 0.01
"""Of all records, how many are changed, new or gone."""

AGAIN = "dwp/dwp_benefits.csv"
"""The file that is delivered again: its source holds a tenth of all records."""

JUDGEMENTS = 10
COLUMNS = (
    "records",
    "what changed",
    "made anew, s",
    "upon the last run, s",
    "share",
    "settled again",
)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of the processors, and on the wall."""

    processor: float
    wall: float

    def __str__(self) -> str:
        """Return both, the wall in brackets."""
        return f"{self.processor:.1f} ({self.wall:.1f})"


def main() -> None:
    """The table stands on the terminal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[46_600])
    parser.add_argument("--folder", type=Path, default=Path.home() / ".cache" / "pei-benchmarks")
    chosen = parser.parse_args()
    rows = [row for people in chosen.people for row in measure(chosen.folder, people)]
    for cells in (COLUMNS, ["---"] * len(COLUMNS), *rows):
        print("| " + " | ".join(cells) + " |")


def measure(folder: Path, people: int) -> list[list[str]]:
    """Return the rows of the table for a council of ``people``."""
    council, work = folder / f"council-{people}-{SEED}", folder / f"refresh-{people}"
    if not (council / "truth").exists():
        _pei("generate", council, "--people", people, "--seed", SEED)
    shutil.rmtree(work, ignore_errors=True)
    _pei("run", council / "sources", "-w", work)
    workspace = Workspace(work)
    day = _report(workspace)["as_of"]
    changed = _deliver_again(workspace, council / "sources" / AGAIN, work / "again" / AGAIN)
    rows = [_compare(workspace, ["run", work / "again"], day, f"{changed:,} records of one source")]
    _judge(workspace)
    rows.append(_compare(workspace, ["settle"], day, f"{JUDGEMENTS} judgements"))
    return rows


def _compare(workspace: Workspace, command: Sequence[object], day: str, what: str) -> list[str]:
    twin = workspace.root.with_name(workspace.root.name + "-anew")
    shutil.rmtree(twin, ignore_errors=True)
    shutil.copytree(workspace.root, twin)
    upon = _pei(*command, "-w", workspace.root, "--as-of", day)
    shutil.copytree(workspace.deliveries, Workspace(twin).deliveries, dirs_exist_ok=True)
    anew = _pei("rebuild", "-w", twin, "--as-of", day)
    shutil.rmtree(twin)
    report = _report(workspace)
    share = f"{upon.processor / anew.processor:.0%}"
    settled = f"{report['touched']['records']:,}" if not report["full"] else report["full"]
    return [f"{report['tables']['records']:,}", what, str(anew), str(upon), share, settled]


def _report(workspace: Workspace) -> dict[str, dict[str, int]]:
    report: dict[str, dict[str, int]] = json.loads(workspace.require_current().report.read_text())
    return report


def _deliver_again(workspace: Workspace, before: Path, after: Path) -> int:
    """Write the file as delivered a day later, a few records otherwise; return how many."""
    wanted = int(_report(workspace)["tables"]["records"] * SHARE)
    draw = random.Random(SEED)
    with before.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    chosen = set(draw.sample(range(len(rows)), min(wanted, len(rows))))
    told = []
    for number, row in enumerate(rows):
        fate = draw.random() if number in chosen else 1.0
        if fate >= 0.2:
            changed = [*row[:2], *rows[draw.randrange(len(rows))][2:4], *row[4:]]
            told.append(changed if fate < 0.8 else row)
        if 0.8 <= fate < 1.0:
            told.append([f"{row[0][:-1]}0{row[0][-1]}", *row[1:]])
    after.parent.mkdir(parents=True)
    with after.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *told])
    day_later = before.stat().st_mtime + 86_400
    os.utime(after, (day_later, day_later))
    return len(chosen)


def _judge(workspace: Workspace) -> None:
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        pairs = con.execute(
            "SELECT record_l, record_r FROM links WHERE state = 'possible' ORDER BY md5(record_l)"
            " LIMIT ?",
            [JUDGEMENTS],
        ).fetchall()
    with open_ledger(workspace.ledger) as ledger:
        for pair in pairs:
            judge(ledger, pair, verdict="same", by="benchmark", why="measured")


def _pei(*arguments: object) -> Took:
    """Run the command and return what it and its children took."""
    before, began = os.times(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pei_graph", *map(str, arguments)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = os.times()
    processor = after.children_user + after.children_system
    processor -= before.children_user + before.children_system
    return Took(processor, time.perf_counter() - began)


if __name__ == "__main__":
    main()
