"""How cost grows with size on one machine, and what that says of a region and of a country.

For each size an invented council is written once and the pipeline run over it in a process of its
own: processor seconds, memory and disk. What was measured is kept beside the council, so
that a size need not be run again to write the page. From the growth between the two largest sizes
the page reckons what more records would take, and shows how. It writes ``docs/scale.md``.

    python benchmarks/scale.py --people 4660 46600 466000 2330000 --folder ~/.cache/pei-benchmarks
"""

import argparse
import json
import math
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from document import machine, table
from product import GIB, Used, used_by

from pei_graph.settings import settings
from pei_graph.workspace import Workspace

SEED = 2026
DOCUMENT = Path(__file__).parent.parent / "docs" / "scale.md"
LARGER = {
    "region, 10 million records": 10e6,
    "region, 10 million people": 10e6,
    "country, 70 million records": 70e6,
    "country, 70 million people": 70e6,
}
"""What is reckoned; people have as many records each as in the largest council."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: what a first run took and left, and how long a page takes then."""

    people: int
    records: int
    pairs: int
    persons: int
    processor: float
    """Seconds of all processes."""
    memory: float
    """GiB that the largest of its processes held."""
    delivered: float
    """GiB of files."""
    tables: float
    """GiB of the run's tables, its graph, and the ids it keeps."""
    graph: float
    register: float
    scored: str
    limit: str
    """What DuckDB might hold."""


QUANTITIES: dict[str, Callable[[Measured], float]] = {
    "processor, hours": lambda each: each.processor / 3600,
    "largest process, GiB": lambda each: each.memory,
    "delivered files, GiB": lambda each: each.delivered,
    "tables of a run, GiB": lambda each: each.tables,
    "graph of a run, GiB": lambda each: each.graph,
    "ids kept, GiB": lambda each: each.register,
    "pairs kept, millions": lambda each: each.pairs / 1e6,
}
"""What is reckoned for larger sizes."""


def main() -> None:
    """The page stands in the document and on the terminal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--people", type=int, nargs="+", default=[4_660, 46_600, 466_000, 2_330_000]
    )
    parser.add_argument("--folder", type=Path, default=Path.home() / ".cache" / "pei-benchmarks")
    chosen = parser.parse_args()
    measured = [known(chosen.folder, people) for people in sorted(chosen.people)]
    text = page(measured)
    DOCUMENT.write_text(text, encoding="utf-8")
    print(text)


def known(folder: Path, people: int) -> Measured:
    """Return the figures for a council of ``people``, measured once."""
    kept = folder / f"scale-{people}.json"
    if not kept.exists():
        kept.write_text(json.dumps(asdict(measure(folder, people))), encoding="utf-8")
    return Measured(**json.loads(kept.read_text(encoding="utf-8")))


def measure(folder: Path, people: int) -> Measured:
    """Return what a first run over a council of ``people`` takes, and leaves."""
    council = folder / f"council-{people}"
    if not (council / "truth").exists():
        used_by("generate", council, "--people", str(people), "--seed", str(SEED))
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        workspace = Workspace(Path(scratch))
        used = used_by("run", council / "sources", "--workspace", scratch, "--json")
        return _told(people, council, workspace, used)


def _told(people: int, council: Path, workspace: Workspace, used: Used) -> Measured:
    run = workspace.require_current()
    report = json.loads(run.report.read_text(encoding="utf-8"))
    return Measured(
        people=people,
        records=report["tables"]["records"],
        pairs=report["tables"]["links"],
        persons=report["tables"]["persons"],
        processor=used.processor,
        memory=used.memory,
        delivered=_gib((council / "sources").rglob("*")),
        tables=_gib([run.tables]),
        graph=_gib(run.graph.parent.glob(f"{run.graph.name}*")),
        register=_gib([workspace.register(run), workspace.identity_log(run)]),
        scored=report["scored"],
        limit=settings().memory_limit,
    )


def _gib(files: Iterable[Path]) -> float:
    return sum(file.stat().st_size for file in files if file.is_file()) / GIB


def page(measured: Sequence[Measured]) -> str:
    """Return the page: what was measured, how it grows, and what more would take."""
    last = measured[-1]
    return PAGE.format(
        machine=machine(),
        measured=_measured(measured),
        grown=_grown(measured),
        larger=_larger(measured),
        records_each=f"{last.records / last.people:.2f}",
        largest=f"{last.records:,}",
        people=f"{last.people:,}",
        example=_example(measured),
    )


def _measured(measured: Sequence[Measured]) -> str:
    columns = ["records", "people", "pairs kept", "persons found", "DuckDB may hold",
               "processor, s", "µs of a processor per record", "largest process, GiB",
               "files, GiB", "tables, GiB", "graph, GiB", "pairs scored"]  # fmt: skip
    return table(columns, [_row(each) for each in measured])


def _row(each: Measured) -> list[str]:
    counts = (each.records, each.people, each.pairs, each.persons)
    figures = (each.processor, 1e6 * each.processor / each.records)
    sizes = (each.memory, each.delivered, each.tables, each.graph)
    return [
        *(f"{count:,}" for count in counts),
        each.limit,
        *(f"{figure:,.0f}" for figure in figures),
        *(f"{size:.2f}" for size in sizes),
        each.scored,
    ]


def power(smaller: Measured, larger: Measured, of: Callable[[Measured], float]) -> float:
    """Return the power of the number of records by which a quantity grew from one to the other."""
    return math.log(of(larger) / of(smaller)) / math.log(larger.records / smaller.records)


def _grown(measured: Sequence[Measured]) -> str:
    steps = list(pairwise(measured))
    heads = [f"{a.records:,} to {b.records:,}" for a, b in steps]
    rows = [
        [name, *(f"{power(a, b, of):.2f}" for a, b in steps)] for name, of in QUANTITIES.items()
    ]
    return table(["power of the records", *heads], rows)


def reckoned(
    measured: Sequence[Measured], records: float, of: Callable[[Measured], float]
) -> float:
    """Return a quantity at more records, grown on as between the two largest sizes.

    Never more slowly than in proportion: what grew by less had a part that does not grow at all.
    """
    smaller, larger = measured[-2:]
    return of(larger) * (records / larger.records) ** max(1.0, power(smaller, larger, of))


def _records(measured: Sequence[Measured], what: str) -> float:
    last = measured[-1]
    return LARGER[what] * (last.records / last.people if what.endswith("people") else 1.0)


def _larger(measured: Sequence[Measured]) -> str:
    rows = [[what, *_reckoned_row(measured, _records(measured, what))] for what in LARGER]
    return table(["", "records", *QUANTITIES], rows)


def _reckoned_row(measured: Sequence[Measured], records: float) -> list[str]:
    figures = (reckoned(measured, records, of) for of in QUANTITIES.values())
    return [f"{records / 1e6:,.1f} million", *(f"{figure:,.1f}" for figure in figures)]


def _example(measured: Sequence[Measured]) -> str:
    smaller, larger = measured[-2:]
    of = QUANTITIES["processor, hours"]
    grew = power(smaller, larger, of)
    found = reckoned(measured, 70e6, of)
    return (
        f"{of(larger):.3f} h x (70,000,000 / {larger.records:,})^{max(1.0, grew):.2f}"
        f" = {found:.1f} h"
    )


PAGE = """# Scale

Made by `benchmarks/scale.py`. Machine: {machine}.

## Measured on one machine

First runs over invented councils, from the delivered files to the published graph, each in a
process of its own. What DuckDB may hold is `PEI_MEMORY_LIMIT`, 3GB where nothing is said; the
rest it spills to disk. The largest was run with `PEI_GRAPH_BUFFER_MB=4096`: with the usual 1024
its graph could not be loaded, which the run says.

{measured}

*Largest process* is the resident memory of the one that held most. Processor seconds are those
of all processes: time on the wall depends on the cores, and on what else went on there. Whether
pages stay as fast is measured in [benchmarks.md](benchmarks.md).

## How it grows

The power of the number of records by which each quantity grows: 1 is in proportion, below it
something in it does not grow (starting the processes, training a model on a sample), above it
more records meet more others.

{grown}

## What more would take

Each quantity grown on from the largest council ({largest} records of {people} people) by the
power between the two largest, but never by less than in proportion. For instance processor hours
at 70 million records: {example}. Where people are counted, each has {records_each} records, as
in that council.

{larger}

These are reckoned, not measured, and they are of a first run. What they rest upon:

- **An area more is not a name more.** A region is many councils side by side. Pairs are found by
  birth date, name and place together, so most rules meet no more records in another town; those
  without a place in them (names with a birth date) do, and so the pairs grow by the power above.
  A country holds more people of one name and birthday than any council does: `possible` pairs
  and the work of review grow with it, whatever the machine.
- **Memory.** What must be held at once is DuckDB's share, which is set, and the parts that are
  worked out in the process: pairs to be decided and records to be put together. They grow with
  the records. Where a machine has less than the table says, the run ends with a message and
  readers keep the last one.
- **Disk.** A workspace keeps the deliveries, and of each run kept its tables and its graph; a
  run that is being made needs the same again, and three times its tables for spilling.

## What that means for a region and for a country

**A region.** One machine does it, in a few hours at most. Processor hours divide by the cores
only in part: the linking, the tables and the questions use all of them, loading the embedded
graph hardly more than one. A Neo4j server for the graph ([neo4j.md](neo4j.md)) and PostgreSQL
for the ledger ([server.md](server.md)) then serve many readers at once. Give DuckDB
(`PEI_MEMORY_LIMIT`) about half of the machine, and the graph's engine (`PEI_GRAPH_BUFFER_MB`) an
eighth.

**A country.** Nothing here was run at that size, and what grows faster than the records is the
pairs: more people share a name and a birthday. What the table says fits one large machine; pairs
can be scored on a Spark cluster ([spark.md](spark.md)), which takes off the linking and not the
rest. But the better answer is not one machine: a council is the controller of its records, and
families seldom span many. One workspace a region keeps each within what was measured above.
Linking across them is not part of the product.
"""


if __name__ == "__main__":
    main()
