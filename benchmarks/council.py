"""The whole pipeline against bare Splink, at several sizes, in one run.

For each size: an invented council is written once (and kept for the next time), the pipeline runs
over it in a process of its own, and bare Splink trains, predicts and clusters the records the
pipeline standardised, with the product's own model settings, in another. The table goes to
``docs/benchmarks.md``. Figures are ratios within this run: the machine's own speed drops out.

    python benchmarks/council.py --people 46600 466000 --folder ~/.cache/pei-benchmarks
"""

import argparse
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from document import machine, table, write_head
from product import used_by

SEED = 2026
PRODUCT = "product's settings"
PLAIN = "plain, four comparisons"
COLUMNS = [
    "records",
    "whole pipeline, s",
    "most memory, GiB",
    "bare Splink, product's model, s",
    "pipeline / bare Splink",
    "plain four-comparison Splink, s",
]
PAGE = """# Speed and memory

Made by `make bench` (`benchmarks/council.py`). Every figure comes from one run on one machine; read
the ratios, not the seconds.

Machine: {machine}.

{table}

Asked: at the largest size at most 2.5 times bare Splink, and at most 5 GiB. Found: {ratio} times,
{peak} GiB.

Asked: at most 12 times the cost for ten times the records. Found: {growth} times the cost for
{times} times the records.

Where the time goes, in seconds:

{stages}

What the engines alone take at the largest size for what goes in and comes out, in seconds:

{floors}

Together that is {floor:.1f} s one after another, with the training and scoring of bare Splink
{with_splink:.1f} s or {times_splink:.2f} times bare Splink. Side by side some of it can be had for
less, since not every step keeps every core busy; what the pipeline takes beyond that is what it
works out in between.

*Whole pipeline* is the wall time of `pei run` from start to exit: reading the delivered files,
standardising, linking, resolving, building the graph and evaluating the criteria. *Most memory* is
the largest resident set of any one of its processes. *Bare Splink* trains, predicts and clusters
the records the pipeline standardised, with the product's own comparisons and blocking rules, and
does nothing else. *Plain* has four comparisons (two names, date of birth, postcode) and five
blocking rules, as a first tutorial would have it.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: seconds and memory of the pipeline, seconds of the yardsticks."""

    records: int
    seconds: float
    stages: dict[str, float]
    peak_gib: float
    yardstick: dict[str, dict[str, float]]
    floors: dict[str, float]

    @property
    def ratio(self) -> float:
        """Return the pipeline's time over that of bare Splink with the same model."""
        return self.seconds / self.bare

    @property
    def bare(self) -> float:
        """Return the seconds of bare Splink with the product's model."""
        return self.yardstick[PRODUCT]["total"]

    @property
    def floor(self) -> float:
        """Return the seconds that the engines take for the input and output alone."""
        return sum(self.floors.values())

    @property
    def floor_with_splink(self) -> float:
        """Return those seconds and what bare Splink takes to train and to score."""
        return self.floor + self.yardstick[PRODUCT]["train"] + self.yardstick[PRODUCT]["predict"]


def main() -> None:
    """The table stands in the document and on the terminal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[46_600, 466_000])
    parser.add_argument("--folder", type=Path, default=Path.home() / ".cache" / "pei-benchmarks")
    chosen = parser.parse_args()
    measured = [measure(chosen.folder, people) for people in sorted(chosen.people)]
    text = document(measured)
    write_head(text)
    print(text)


def measure(folder: Path, people: int) -> Measured:
    """Return the figures for a council of ``people``."""
    council = folder / f"council-{people}"
    if not (council / "truth").exists():
        used_by("generate", council, "--people", str(people), "--seed", str(SEED))
    workspace = folder / f"workspace-{people}"
    subprocess.run(["rm", "-rf", str(workspace)], check=True)
    began = time.perf_counter()
    used = used_by("run", council / "sources", "--workspace", workspace, "--json")
    seconds = time.perf_counter() - began
    run = json.loads((workspace / "derived" / "runs" / "0001" / "run.json").read_text())
    return Measured(
        records=run["tables"]["records"],
        seconds=seconds,
        stages=run["seconds"],
        peak_gib=used.memory,
        yardstick=_script("yardstick", workspace / "derived" / "runs" / "0001" / "tables.duckdb"),
        floors=_script("floors", workspace, council / "sources"),
    )


def _script(name: str, *arguments: Path) -> Any:
    """Return what another of these scripts prints, run in a process of its own."""
    script = Path(__file__).parent / f"{name}.py"
    answer = subprocess.run(
        [sys.executable, str(script), *map(str, arguments), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(answer.stdout)


def document(measured: list[Measured]) -> str:
    """Return the page: the machine, the tables, and what was asked of them."""
    small, large = measured[0], measured[-1]
    stages = [[f"{m.records:,}", *(f"{s:.1f}" for s in m.stages.values())] for m in measured]
    return PAGE.format(
        machine=machine(),
        table=table(COLUMNS, [_row(m) for m in measured]),
        ratio=f"{large.ratio:.2f}",
        peak=f"{large.peak_gib:.2f}",
        times=f"{large.records / small.records:.1f}",
        growth=f"{large.seconds / small.seconds:.1f}",
        stages=table(["records", *large.stages], stages),
        floors=table([*large.floors], [[f"{s:.1f}" for s in large.floors.values()]]),
        floor=large.floor,
        with_splink=large.floor_with_splink,
        times_splink=large.floor_with_splink / large.bare,
    )


def _row(measured: Measured) -> list[str]:
    figures = (
        measured.seconds,
        measured.peak_gib,
        measured.bare,
        measured.ratio,
        measured.yardstick[PLAIN]["total"],
    )
    return [f"{measured.records:,}", *(f"{figure:.2f}" for figure in figures)]


if __name__ == "__main__":
    main()
