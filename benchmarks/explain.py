"""How long it takes to explain a pair and a person, against one ``score_pair`` of Splink.

Pairs and persons are drawn at random from a workspace's current run and explained as the pages do
it, judgements included. Between them Splink scores a pair with the same model, its commonness of
values given to it. The table goes to ``docs/benchmarks.md``; read the ratios.

    python benchmarks/explain.py W --draws 60
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from document import machine, table, write_section
from splink import DuckDBAPI, Linker

from pei_graph.explain import explain_pair, explain_person, tell_pair, tell_person
from pei_graph.ledger import Ledger, concerning, open_ledger
from pei_graph.settings import settings
from pei_graph.workspace import Workspace
from webapp.sight import Sight

SEED = 20
PAIR = "pair that the run kept"
STRANGERS = "pair that was never compared"
PERSON = "person"
LARGE = "person, of the largest thousand"
SPLINK = "one `score_pair` of Splink"

ASKED = {PAIR: 1 / 3, STRANGERS: 1 / 3, PERSON: 1.0, LARGE: 1.0}
"""Share of one ``score_pair`` that each may take: a third a pair, three times that a person."""

TEXT = """Made by `benchmarks/explain.py`. Machine: {machine}.

{records:,} records, {persons:,} persons. Medians of {draws} draws each, in milliseconds; each draw
of every kind was followed by one of Splink's, so that all had the machine as it was.

{table}

A pair is asked to take at most a third of one `score_pair`, a person at most three times that.
Found: {found}.

Explaining is the whole answer: the evidence step by step, what each record says, judgements, the
chain between two records or the order in which a person was built, what speaks against it, and the
sentences.
"""

DRAWS = {
    PAIR: "SELECT record_l, record_r FROM links",
    STRANGERS: (
        "SELECT l.record_id, r.record_id FROM"
        " (SELECT record_id, row_number() OVER (ORDER BY hash(record_id)) AS i FROM records) AS l"
        " JOIN (SELECT record_id, row_number() OVER (ORDER BY hash(record_id || 'x')) AS i"
        " FROM records) AS r USING (i) WHERE l.record_id <> r.record_id"
    ),
    PERSON: "SELECT person_id FROM persons",
    LARGE: "SELECT person_id FROM persons ORDER BY records DESC, person_id LIMIT 1000",
}


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of each draw of one kind."""

    name: str
    took: list[float]

    @property
    def median(self) -> float:
        """Return the usual time."""
        return statistics.median(self.took)

    @property
    def slow(self) -> float:
        """Return the time that nineteen draws in twenty keep under."""
        return statistics.quantiles(self.took, n=20)[-1]


def main() -> None:
    """The table stands in the document and on the terminal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--draws", type=int, default=60)
    parser.add_argument("--no-write", action="store_true", help="leave the document as it is")
    chosen = parser.parse_args()
    text = measure(Workspace(chosen.workspace), chosen.draws)
    if not chosen.no_write:
        write_section("Explaining", text)
    print(text)


def measure(workspace: Workspace, draws: int) -> str:
    """Return the section on explaining, measured at a workspace's current run."""
    run = workspace.require_current()
    seen = Sight(run, settings(), see_sealed=False)
    with (
        open_ledger(workspace.ledger) as ledger,
        seen.explaining() as con,
        _splink(run.tables) as score,
    ):
        [(records, persons)] = con.execute(
            "SELECT (SELECT count(*) FROM records), (SELECT count(*) FROM persons)"
        ).fetchall()
        drawn = {name: _drawn(con, name, draws) for name in DRAWS}
        timed = _timed(drawn, _explainers(con, ledger), score)
    return TEXT.format(
        machine=machine(),
        found=_found(timed),
        records=records,
        persons=persons,
        draws=draws,
        table=_table(timed),
    )


def _drawn(con: duckdb.DuckDBPyConnection, name: str, draws: int) -> list[tuple[str, ...]]:
    sample = (
        f"SELECT * FROM ({DRAWS[name]}) USING SAMPLE reservoir({draws} ROWS) REPEATABLE ({SEED})"
    )
    return con.execute(sample).fetchall()


def _explainers(con: duckdb.DuckDBPyConnection, ledger: Ledger) -> dict[str, Callable[..., Any]]:
    judged = partial(concerning, ledger)

    def pair(left: str, right: str) -> object:
        return tell_pair(explain_pair(con, left, right, judged=judged), {})

    def person(person_id: str) -> object:
        return tell_person(explain_person(con, person_id, judged=judged), {})

    return {PAIR: pair, STRANGERS: pair, PERSON: person, LARGE: person}


def _timed(
    drawn: dict[str, list[tuple[str, ...]]],
    explainers: dict[str, Callable[..., Any]],
    score: Callable[[], object],
) -> list[Timed]:
    """Return the times of each kind and of Splink, taken by turns; the first turn warms up."""
    took: dict[str, list[float]] = {name: [] for name in (*drawn, SPLINK)}
    for turn in zip(*drawn.values(), strict=False):
        for name, asked in zip(drawn, turn, strict=True):
            took[name].append(_took(partial(explainers[name], *asked)))
            took[SPLINK].append(_took(score))
    return [Timed(name, times[1:]) for name, times in took.items()]


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


@contextmanager
def _splink(tables: Path) -> Iterator[Callable[[], object]]:
    """Give what scores one pair of the run's records with Splink and the run's own model."""
    with duckdb.connect() as con:
        con.execute("SET threads = 2")
        con.execute(f"ATTACH '{tables}' AS run (READ_ONLY)")
        con.execute("CREATE TABLE comparables AS FROM run.comparables")
        [(described,)] = con.execute("SELECT settings::JSON FROM run.model").fetchall()
        linker = Linker(
            DuckDBAPI(connection=con).register("comparables"),
            json.loads(described),
            log_level=None,
            validate_settings=False,
        )
        two = con.sql("SELECT * FROM comparables ORDER BY n LIMIT 2").to_arrow_table().to_pylist()
        yield lambda: linker.inference.score_pair(*two).as_record_list()


def _found(timed: list[Timed]) -> str:
    """Return in words which of the kinds take what was asked."""
    splink = timed[-1].median
    within = [k.name for k in timed[:-1] if k.median <= ASKED[k.name] * splink]
    beyond = [k.name for k in timed[:-1] if k.name not in within]
    return f"not so for: {'; '.join(beyond)}" if beyond else "all of them do"


def _table(timed: list[Timed]) -> str:
    splink = timed[-1].median
    rows = [
        [
            kind.name,
            f"{kind.median:.1f}",
            f"{kind.slow:.1f}",
            f"{kind.median / splink:.2f}",
            f"{ASKED[kind.name]:.2f}" if kind.name in ASKED else "",
        ]
        for kind in timed
    ]
    return table(["explained", "median", "19 in 20 under", "of one `score_pair`", "asked"], rows)


if __name__ == "__main__":
    main()
