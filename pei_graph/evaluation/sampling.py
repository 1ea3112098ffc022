"""A plan of pairs to judge, from which precision and recall can be estimated honestly.

In: the tables of a run. Out: a list of pairs, each with its stratum and its chance of being drawn.

Pairs are drawn at random within strata: by the state and the weight of the link between the two
records or, where they are in two persons, of the strongest link between those. The sample sees
three parts:

* **one person**: every pair of records that the run holds to be one person. Precision rests on it.
* **linked**: every pair of records of two persons between whom any link was scored, whether it was
  refused, left possible or outweighed.
* **alike**: every pair of records of two persons whom no link ties, but who share a birth date with
  surname or postcode, an initial with a surname that few bear, or a dwelling, and whose sex and
  birth date do not contradict each other: a wider blocking than the model's own.

What lies beyond these is never drawn, and recall cannot see it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import duckdb

from pei_graph import sql
from pei_graph.errors import PeiError
from pei_graph.evaluation.scripts import SQL
from pei_graph.writing import BOM, written

PARTS = {"one person": 0.4, "linked": 0.4, "alike": 0.2}
"""Share of the sample that each part gets: precision, most of recall, and what else there may be.
Simulated on invented councils: 300 pairs then give intervals some three points wide for both."""

LEAST_DOUBT = {"one person": 0.005, "linked": 0.1, "alike": 0.02}
"""The model is taken to err at least so often when pairs are shared out: it may be overconfident,
and what it thinks of pairs that were refused says little."""

LEAST_PAIRS = 5
"""Pairs drawn from each stratum at least, where it has so many."""

CROWD = 20
"""Persons who share a dwelling, or an initial with a surname, above which sharing says nothing."""

EDITS = 2
"""Most edits between two birth dates that may still be one: as the model has it."""

ALIKE = 0.02
"""Share of alike pairs expected to be one person's, as invented councils show it."""

JOINED = 0.98
"""The same for two records of one person that no link of their own joins."""


class SampleError(PeiError):
    """A sample cannot be drawn, or used, as asked."""

    exit_code = 12


@dataclass(frozen=True, slots=True)
class Stratum:
    """Pairs of one kind: how many there are, and how many were drawn."""

    name: str
    part: str
    pairs: int
    expected: float
    chosen: int = 0


def draw(
    con: duckdb.DuckDBPyConnection, *, pairs: int, seed: int, run: int | None = None
) -> list[Stratum]:
    """The temporary table ``drawn`` holds the plan; return its strata.

    The same run, number and seed give the same plan. ``run`` is the run's number, for whoever
    judges the pairs when another is current. Raises ``SampleError`` where the run has no pair to
    judge.
    """
    SQL.run(con, "frame", crowd=CROWD, edits=EDITS, alike=ALIKE, joined=JOINED)
    found = con.execute(
        "SELECT stratum, part, count(*), avg(expected) FROM frame GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    if not found:
        raise SampleError("There is no pair to judge", do="Load more deliveries first")
    strata = share_out([Stratum(*row) for row in found], pairs)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE strata (stratum VARCHAR, pairs BIGINT, chosen BIGINT)"
    )
    con.executemany(
        "INSERT INTO strata VALUES (?, ?, ?)", [[s.name, s.pairs, s.chosen] for s in strata]
    )
    SQL.run(con, "drawn", seed=str(seed), run=run)
    return strata


def write(con: duckdb.DuckDBPyConnection, file: Path, *, values: bool) -> int:
    """The plan drawn last stands in a CSV ``file``; return how many pairs it has.

    Columns: ``order`` to judge them in; ``record_l`` and ``record_r``; ``verdict``, empty: *same*,
    *different* or *unsure*; ``stratum``; ``probability`` with which a pair of it was drawn;
    ``stratum_pairs``, how many pairs it has; and ``run``, from which it was drawn. With ``values``
    each side's names, birth date, sex and address as delivered follow: then the file is personal
    data. Raises ``SampleError`` where the file cannot be written.
    """
    SQL.run(con, "drawn_with_values" if values else "drawn_alone")
    first = sql.name(f"{BOM if values else ''}order")
    told = f'SELECT "order" AS {first}, * EXCLUDE ("order") FROM plan'
    with written(file, SampleError):
        con.execute(f"COPY ({told}) TO {sql.text(str(file))} (FORMAT csv)")
    [(pairs,)] = con.execute("SELECT count(*) FROM drawn").fetchall()
    return int(pairs)


def share_out(strata: Sequence[Stratum], pairs: int) -> list[Stratum]:
    """Return the strata with how many of ``pairs`` each gets.

    Each part has its share; within it a stratum gets as many as its size times the doubt about it
    asks for (Neyman's allocation: Cochran, *Sampling Techniques*, 5.5), yet at least a few, and
    never more than it has.
    """
    needs = [stratum.pairs * _doubt(stratum) for stratum in strata]
    of_part = {
        part: sum(need for need, s in zip(needs, strata, strict=True) if s.part == part)
        for part in PARTS
    }
    wanted = [PARTS[s.part] * need / of_part[s.part] for need, s in zip(needs, strata, strict=True)]
    chosen = _scaled([s.pairs for s in strata], wanted, pairs)
    return [
        Stratum(s.name, s.part, s.pairs, s.expected, number)
        for s, number in zip(strata, chosen, strict=True)
    ]


def _doubt(stratum: Stratum) -> float:
    """Return the standard deviation of one pair's verdict, as far as the model can tell."""
    least = LEAST_DOUBT[stratum.part]
    share = min(max(stratum.expected, least), 1 - least)
    return sqrt(share * (1 - share))


def _scaled(sizes: Sequence[int], wanted: Sequence[float], total: int) -> list[int]:
    """Return whole numbers in proportion to ``wanted``, within bounds, that add up to ``total``.

    They add up to less only where there are not so many, to more where a few of each are more.
    """

    def numbers(scale: float) -> list[int]:
        return [
            min(size, max(LEAST_PAIRS, int(scale * want)))
            for size, want in zip(sizes, wanted, strict=True)
        ]

    low, high = 0.0, max(sizes) / min(wanted) + 1
    while high - low > 1e-6 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if sum(numbers(middle)) <= total else (low, middle)
    return numbers(low)
