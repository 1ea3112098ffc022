"""Whether two forenames of one birth date are one person's two names, or twins.

In: ``told`` and ``days``, what the sources say of homes where two forenames stand for one birth
date, and of surnames under which they do. Out: the table ``twin_signs``: what each sign is worth
for one person and against twins. It is learnt from the homes, of none of which anything is known
beforehand. Twins show as two records of one source, as two numbers or two sexes; what such homes
tell of sources and ages says of every other how likely it is (expectation maximisation over two
kinds of home).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pei_graph.link.scripts import SQL
from pei_graph.link.settings import level_sql
from pei_graph.link.settings import model as described_model

ROUNDS = 50
"""Of expectation maximisation; on an invented council the fifteenth changes nothing any longer."""

ENOUGH = 30
"""Fewest homes that show twins, and homes that show one person of two names, to learn from."""

YEARS = 10
"""Years of birth that are taken together."""

LIKE_USUAL = 5.0
"""Homes whose weight the usual has in what is learnt of one group."""

HELD_BOTH = 0.1, 0.05
"""How often a source is taken to hold two records with the two names where that is not known: of
twins, so that it hardly counts, and of one person, whom it then holds twice."""

TWO_SEXES_OF_ONE = 0.01
"""How often two sexes are on record of one person."""

RECORDS_LIKE_USUAL = 50
"""Records whose weight the usual has in how often those of a surname give two forenames."""

LEAST_TOLD = 0.25
"""Bits from which a surname says something: under it one is like the next."""

NUMBERS = 10.0
"""Bits of a number that is one person's: one in a thousand is mistyped into another that is good.
"""

_HOMES = """
SELECT born, one_sex, numbers, coalesce(bits, 0) AS by_surname
FROM days
LEFT JOIN twin_surnames USING (surname)
WHERE at_home
ORDER BY whose, birth_date
"""

_SOURCES = """
WITH numbered AS (
    SELECT *, row_number() OVER (ORDER BY whose, birth_date) - 1 AS home
    FROM days
    WHERE at_home
)
SELECT source, list(home ORDER BY home) AS known, list(two ORDER BY home) AS two
FROM told
JOIN numbered USING (at_home, whose, birth_date)
GROUP BY source
ORDER BY source
"""

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Homes:
    """Where two forenames stand for one birth date: arrays of one length, one entry a home."""

    born: NDArray[np.int64]
    """The position of the years in ``years``."""
    years: list[str]
    one_sex: Flags
    two_sexes: Flags
    numbers: Numbers
    """Bits for one person; so is the next."""
    by_surname: Numbers
    sources: list[tuple[str, Flags, Flags]]
    """Each source, which homes it knows, and of which it holds both names."""

    @property
    def shown(self) -> Numbers:
        """Return how many sources show twins; another number or sex counts as one."""
        both = [flags for _, _, flags in self.sources]
        signs: Numbers = np.sum([*both, self.two_sexes, self.numbers < 0], axis=0)
        return signs


@dataclass(frozen=True, slots=True)
class Rates:
    """How common the two kinds of home are, and what each shows."""

    one_person: Numbers
    """By years of birth, of the homes; the usual last. So is the next."""
    two_sexes: Numbers
    """Of the twins."""
    twins_both: dict[str, float]
    one_both: dict[str, float]


def find_days(con: duckdb.DuckDBPyConnection) -> None:
    """The tables ``days``, ``told`` and ``signs`` stand: what sources say of such homes.

    Needs ``given_lists``, ``family_lists``, ``places`` and ``strong_identifiers``.
    """
    con.execute(
        "CREATE OR REPLACE TEMP MACRO forename_alike(l, r) AS"
        f" ({level_sql(described_model(), 'forename')})"
    )
    SQL.run(con, "told", years=YEARS)


def learn_signs(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``twin_signs`` (sign, value, bits) stands, empty where too few homes tell.

    A sign without a value is the usual one, for values that were never seen.
    """
    SQL.run(con, "called", like_usual=RECORDS_LIKE_USUAL, least=LEAST_TOLD)
    homes = _read(con)
    rows = list(_signs(homes, rates)) if (rates := _learn(homes)) else []
    con.execute(
        "CREATE OR REPLACE TEMP TABLE twin_signs (sign VARCHAR, value VARCHAR, bits DOUBLE)"
    )
    if rows:
        con.execute("INSERT INTO twin_signs SELECT 'surname', surname, bits FROM twin_surnames")
        sign, value, bits = zip(*rows, strict=True)
        con.register("learnt", pa.table({"sign": sign, "value": value, "bits": bits}))
        con.execute("INSERT INTO twin_signs FROM learnt")
        con.unregister("learnt")


def _read(con: duckdb.DuckDBPyConnection) -> Homes:
    columns = con.sql(_HOMES).to_arrow_table().to_pydict()
    years = sorted(set(columns["born"]))
    place = {each: at for at, each in enumerate(years)}
    numbers = {"one": NUMBERS, "two": -NUMBERS, None: 0.0}
    return Homes(
        born=np.array([place[each] for each in columns["born"]], dtype=np.int64),
        years=years,
        one_sex=np.array([each is True for each in columns["one_sex"]], dtype=np.bool_),
        two_sexes=np.array([each is False for each in columns["one_sex"]], dtype=np.bool_),
        numbers=np.array([numbers[each] for each in columns["numbers"]]),
        by_surname=np.array(columns["by_surname"]),
        sources=list(_sources(con, len(columns["born"]))),
    )


def _sources(con: duckdb.DuckDBPyConnection, homes: int) -> Iterator[tuple[str, Flags, Flags]]:
    """Yield each source with the homes that it knows and those of which it holds both names."""
    for source, known, two in con.sql(_SOURCES).fetchall():
        knows, both = np.zeros((2, homes), dtype=np.bool_)
        knows[known], both[known] = True, two
        yield source, knows, both


def _learn(homes: Homes) -> Rates | None:
    """Return what was learnt, nothing where too few homes show the one or the other."""
    shown = homes.shown > 0
    if min(int(shown.sum()), int((~shown).sum())) < ENOUGH:
        return None
    one = np.where(shown, 0.02, 0.9)
    for _ in range(ROUNDS):
        rates = _rates(homes, one)
        one = 1 / (1 + np.exp2(-_bits(homes, rates)))
    return rates if min(float(one.sum()), float((1 - one).sum())) >= ENOUGH else None


def _rates(homes: Homes, one: Numbers) -> Rates:
    """Return the rates, where each home is one person's with the probability ``one``.

    How often a source holds both twins is asked only where something else shows the twins: those
    it shows alone are never seen where it holds one.
    """
    twins, sexed = 1 - one, homes.one_sex | homes.two_sexes
    usual_of_twins, usual_of_one = HELD_BOTH
    return Rates(
        one_person=_by_years(homes, one, np.ones_like(one)),
        two_sexes=_by_years(homes, twins * homes.two_sexes, twins * sexed),
        twins_both={
            source: _share(both, twins * (knows & (homes.shown > both)), usual=usual_of_twins)
            for source, knows, both in homes.sources
        },
        one_both={
            source: _share(both, one * knows, usual=usual_of_one)
            for source, knows, both in homes.sources
        },
    )


def _share(flags: Flags, weight: Numbers, *, usual: float) -> float:
    total = float(weight.sum())
    return (float(weight[flags].sum()) + LIKE_USUAL * usual) / (total + LIKE_USUAL)


def _by_years(homes: Homes, part: Numbers, whole: Numbers) -> Numbers:
    """Return the share of the whole that the part is, by years of birth; the overall share last."""
    usual = (part.sum() + 1) / (whole.sum() + 2)
    parts = np.bincount(homes.born, part, minlength=len(homes.years))
    wholes = np.bincount(homes.born, whole, minlength=len(homes.years))
    shares = (parts + LIKE_USUAL * usual) / (wholes + LIKE_USUAL)
    found: Numbers = np.append(shares, usual)
    return found


def _bits(homes: Homes, rates: Rates) -> Numbers:
    """Return what speaks for one person in each home."""
    two, one = _sex_bits(rates)
    bits = _odds(rates.one_person)[homes.born] + homes.numbers + homes.by_surname
    bits = bits + np.where(homes.two_sexes, two[homes.born], 0.0)
    bits = bits + np.where(homes.one_sex, one[homes.born], 0.0)
    for source, knows, holds_both in homes.sources:
        both, single = _source_bits(rates, source)
        bits = bits + np.where(knows, np.where(holds_both, both, single), 0.0)
    return bits


def _odds(share: Numbers) -> Numbers:
    odds: Numbers = np.log2(share / (1 - share))
    return odds


def _sex_bits(rates: Rates) -> tuple[Numbers, Numbers]:
    """Return what two sexes and what one says for one person, by years of birth."""
    return (
        np.log2(TWO_SEXES_OF_ONE / rates.two_sexes),
        np.log2((1 - TWO_SEXES_OF_ONE) / (1 - rates.two_sexes)),
    )


def _source_bits(rates: Rates, source: str) -> tuple[float, float]:
    """Return what it says for one person that a source holds both names, and that it holds one."""
    one, twins = rates.one_both[source], rates.twins_both[source]
    return float(np.log2(one / twins)), float(np.log2((1 - one) / (1 - twins)))


def _signs(homes: Homes, rates: Rates) -> Iterator[tuple[str, str, float]]:
    """Yield each sign, its value and its bits."""
    for source, _, _ in homes.sources:
        both, single = _source_bits(rates, source)
        yield "holds both", source, both
        yield "holds one", source, single
    two, one = _sex_bits(rates)
    for at, years in enumerate([*homes.years, ""]):
        yield "born", years, float(_odds(rates.one_person)[at])
        yield "two sexes", years, float(two[at])
        yield "one sex", years, float(one[at])
    yield "numbers", "one", NUMBERS
    yield "numbers", "two", -NUMBERS
