"""Both graph engines: what loading costs beyond the engine's own, and what a family page asks.

For each size an invented council is written and run once (and kept for the next time). Ladybug: the
product's load against COPY of the same Parquet. Neo4j: a stopped server filled by the product
against neo4j-admin importing the same rows; then a run's differences, one record in a hundred
otherwise, against that. Last, on each engine, the questions of a family page against one look-up by
key. The tables go to ``docs/benchmarks.md``. Needs Java and the jars of `make neo4j`.

    python benchmarks/graphs.py --people 4660 466000 --folder ~/.cache/pei-benchmarks
"""

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import floors
from document import machine, table, write_section

sys.path.append(str(Path(__file__).parents[1] / "tests" / "support"))

from graph_engines import Neo4j, neo4j_installed

from pei_graph import graph, refresh
from pei_graph.contract import read_contracts
from pei_graph.graph import bulk
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, Workspace, connect
from webapp.reads.family import OVERVIEW

SEED = 2026
DRAWN = 200
"""Families whose pages are asked for, on each engine and at each size."""
SHARE = 0.01
KEY = "MATCH (f:Family {family_id: $family_id}) RETURN f.members AS members"
OTHERWISE = """
UPDATE records SET forename_given = coalesce(forename_given, '') || '.' WHERE hash(record_id) % 100 = 0;
UPDATE facts SET detail = coalesce(detail, '') || '.' WHERE hash(record_id) % 100 = 0;
UPDATE members SET probability = probability / 2 WHERE hash(record_id) % 100 = 0;
"""  # noqa: E501
"""One record in a hundred tells something else, and so do its facts."""
REMADE = """
CREATE TEMP TABLE remade AS SELECT record_id FROM records WHERE hash(record_id) % 100 = 0;
CREATE TEMP TABLE other_member AS FROM remade;
CREATE TEMP TABLE relinked AS FROM remade LIMIT 0;
CREATE TEMP TABLE person_touched AS
    SELECT DISTINCT person_id AS id FROM members SEMI JOIN remade USING (record_id);
CREATE TEMP TABLE family_touched AS
    SELECT DISTINCT family_id AS id FROM families WHERE person_id IN (SELECT id FROM person_touched);
"""  # noqa: E501
"""What a run says it made again, and whom it settled: those are looked at, as in `pei run`."""


ENGINES = ("Ladybug", "Neo4j")


@dataclass(frozen=True, slots=True)
class Loads:
    """Seconds of loading one council's graph, and what the engine alone takes for the same rows."""

    records: int
    ladybug: float
    copy: float
    neo4j: float
    admin: float
    differences: tuple[float, float]
    """Of the first refresh that a server just started takes, and of the next."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds of a family page's questions and of a look-up by key: 19 in 20 are faster."""

    engine: str
    records: int
    page: float
    key: float


def main() -> None:
    """The tables stand on the page and on the terminal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[4_660, 466_000])
    parser.add_argument("--folder", type=Path, default=Path.home() / ".cache" / "pei-benchmarks")
    chosen = parser.parse_args()
    loads: list[Loads] = []
    asked: list[Asked] = []
    for people in chosen.people:
        run = council(chosen.folder, people)
        with tempfile.TemporaryDirectory(dir=chosen.folder) as scratch:
            measure(run, Path(scratch), loads, asked)
    text = page(loads, asked)
    print(text)
    write_section("Graph engines", text)


def council(folder: Path, people: int) -> RunFolder:
    """Return the run of a council of ``people``, made once."""
    place, workspace = folder / f"council-{people}-{SEED}", folder / f"graphs-{people}"
    if not (place / "truth").exists():
        _pei("generate", place, "--people", people, "--seed", SEED)
    if Workspace(workspace).current() is None:
        _pei("run", place / "sources", "-w", workspace)
    return Workspace(workspace).require_current()


def measure(run: RunFolder, scratch: Path, loads: list[Loads], asked: list[Asked]) -> None:
    """One council's figures are added."""
    plain = Settings()
    with connect(run.tables, plain, read_only=True) as con:
        [(records,)] = con.execute("SELECT count(*) FROM records").fetchall()
    ladybug = seconds(lambda: graph.build(run.tables, scratch / "graph.lbug", plain))
    (scratch / "copied").mkdir()
    copy = floors.copy_alone(run, scratch / "copied")
    asked += ask("Ladybug", records, run, scratch / "graph.lbug", plain)
    server = neo4j_installed(scratch / "neo4j", pages="1g")
    server.heap, server.java = "2g", ()
    last = scratch / "last" / "graph.lbug"
    last.parent.mkdir()
    neo4j = seconds(lambda: _fill(run, last, server, plain))
    admin = _admin_alone(run, scratch, plain)
    server.start()
    try:
        settings = Settings(**server.settings)
        asked += ask("Neo4j", records, run, last, settings)
        first, following = _differences(run, last, scratch / "next", settings)
    finally:
        server.kill()
    loads.append(Loads(records, ladybug, copy, neo4j, admin, (first, following)))


def _fill(run: RunFolder, graph_file: Path, server: Neo4j, settings: Settings) -> None:
    with connect(run.tables, settings, read_only=True) as con:
        graph.fill_stopped(
            con, graph_file, server.home, settings, contracts=read_contracts(), workspace="measured"
        )


def _admin_alone(run: RunFolder, scratch: Path, settings: Settings) -> float:
    """Return the seconds that neo4j-admin takes for the rows once they lie in files."""
    took: list[float] = []

    def timed(command: list[str]) -> None:
        took.append(seconds(lambda: told(command)))

    told, bulk._run = bulk._run, timed  # noqa: SLF001 - the very command that the product runs
    try:
        _fill(run, scratch / "alone.lbug", neo4j_installed(scratch / "alone"), settings)
    finally:
        bulk._run = told  # noqa: SLF001
    return took[0]


def _differences(run: RunFolder, last: Path, folder: Path, settings: Settings) -> list[float]:
    """Return the seconds of two runs: one record in a hundred is otherwise, and as before again."""
    shutil.copyfile(run.tables, last.with_name("tables.duckdb"))
    took = []
    for statements in (OTHERWISE.strip().splitlines(), []):
        coming = folder / str(len(took)) / "graph.lbug"
        coming.parent.mkdir(parents=True)
        shutil.copyfile(run.tables, coming.with_name("tables.duckdb"))
        with connect(coming.with_name("tables.duckdb"), settings) as con:
            con.execute(REMADE)
            for statement in statements:
                con.execute(statement)
            took.append(seconds(partial(_load_upon, con, coming, last, settings)))
        last = coming
    return took


def _load_upon(
    con: duckdb.DuckDBPyConnection, coming_file: Path, last: Path, settings: Settings
) -> None:
    with graph.coming_graph(
        coming_file, settings, contracts=read_contracts(), workspace="measured", last=last
    ) as coming:
        coming.begin_upon(last)
        with refresh.beside(con, RunFolder(0, last.parent)):
            refresh.change_records(con, coming)
            refresh.change_homes(con, coming)
            refresh.change_findings(con, coming)
        coming.keep()


def ask(engine: str, records: int, run: RunFolder, file: Path, settings: Settings) -> list[Asked]:
    """Return how long an engine's answers to families drawn at random take."""
    with duckdb.connect(str(run.tables), read_only=True) as con:
        found = con.execute("SELECT DISTINCT family_id FROM families ORDER BY 1").fetchall()
    draw = random.Random(SEED)
    drawn, others = (draw.choices([family for (family,) in found], k=DRAWN) for _ in range(2))
    with graph.open_graph(file, settings) as store:
        for family in drawn[:20]:
            _page_of(store, family)
        pages, keys = [], []
        # In turn, so that both have the machine as it was; of another family, so that neither finds
        # in the engine's memory what the other left there.
        for family, other in zip(drawn, others, strict=True):
            pages.append(1000 * seconds(partial(_page_of, store, family)))
            keys.append(1000 * seconds(partial(store.rows, KEY, family_id=other)))
    return [Asked(engine, records, most(pages), most(keys))]


def _page_of(store: graph.GraphStore, family: str) -> None:
    answers = store.answers(OVERVIEW, family_id=family)
    if related := {row["other_id"] for row in next(answers)}:
        store.rows("homes", person_ids=sorted(related))
    list(answers)


def most(times: list[float]) -> float:
    """Return what 19 in 20 stay under."""
    return statistics.quantiles(times, n=20)[-1]


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def page(loads: list[Loads], asked: list[Asked]) -> str:
    """Return the section, with what is asked of each figure beside it."""
    loading = table(
        ["records", "Ladybug, s", "COPY alone, s", "ratio (1.5 asked)", "Neo4j, s",
         "neo4j-admin alone, s", "ratio (1.5 asked)", "first differences of 1 %, s",
         "the next, s", "of the first load (5 % asked)"],
        [
            [f"{each.records:,}", f"{each.ladybug:.1f}", f"{each.copy:.1f}",
             f"{each.ladybug / each.copy:.2f}", f"{each.neo4j:.1f}", f"{each.admin:.1f}",
             f"{each.neo4j / each.admin:.2f}", f"{each.differences[0]:.1f}",
             f"{each.differences[1]:.1f}", f"{each.differences[1] / each.neo4j:.1%}"]
            for each in loads
        ],
    )  # fmt: skip
    asking = table(
        ["engine", "records", "family page, ms", "one look-up by key, ms", "ratio (10 asked)"],
        [
            [each.engine, f"{each.records:,}", f"{each.page:.1f}", f"{each.key:.1f}",
             f"{each.page / each.key:.1f}"]
            for each in sorted(asked, key=lambda each: each.engine)
        ],
    )  # fmt: skip
    return PAGE.format(machine=machine(), loading=loading, asking=asking, grown=_grown(asked))


def _grown(asked: list[Asked]) -> str:
    pages = {engine: [each.page for each in asked if each.engine == engine] for engine in ENGINES}
    return ", ".join(f"{engine} {times[-1] / times[0]:.2f}" for engine, times in pages.items())


def _pei(*arguments: object) -> None:
    command = [sys.executable, "-m", "pei_graph", *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


PAGE = f"""
Made by `benchmarks/graphs.py`. Machine: {{machine}}.

{{loading}}

*Ladybug* is the product's load, from tables to a counted graph; *COPY alone* the same Parquet
copied into an empty graph. *Neo4j* is `pei load`; *neo4j-admin alone* the same command once the
files lie there. *Differences* are those of a run in which one record in a hundred, its facts and
its membership are otherwise, found, sent and kept in one transaction. A server compiles what it
runs often: the first such run after its start takes longer than those that follow.

{{asking}}

All questions of a family's overview together, for {DRAWN} families drawn at random; 19
in 20 are faster. From the smallest to the largest size they take so many times as long (1.5 asked):
{{grown}}.
"""


if __name__ == "__main__":
    main()
