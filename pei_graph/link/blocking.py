"""Which records are compared at all: the packaged rules, and more where those would miss pairs.

In: ``comparables``, the described model and its trained probabilities. Out: blocking rules. How
many of one person's pairs the rules find is told from the model itself: how often each field is
filled, and how often it agrees where both records fill it. Fields are taken to go wrong one by one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import duckdb

from pei_graph import sql

ENOUGH_FOUND = 0.7
"""Share of one person's pairs that the packaged rules should find by the names, dates and addresses
alone; identifiers and company find more, and the rest is joined by way of a third record."""

MOST_FOUND = 0.97
"""Share up to which rules are added, once the packaged ones find too few."""

AFFORDED = 12
"""Pairs a record that a further rule may make: what it costs then grows with the records alone."""

CHEAP = 100_000
"""Pairs up to which a further rule is always used: they cost next to nothing."""

SAME, CLOSE, NOTHING = range(3)
"""How two records of one person may agree on a field: at its highest level, at one between, or at
its lowest or not at all, since one of them lacks it."""

ASKS: Mapping[str, Mapping[str, int]] = {
    "birth_date": {"birth_date": SAME},
    "birth_year": {"birth_date": SAME},
    "birth_day": {"birth_date": SAME},
    "surname": {"surname": SAME},
    "forename": {"forename": SAME},
    "root": {"forename": SAME},
    "initial": {"forename": CLOSE},
    "initials": {"forename": CLOSE, "surname": CLOSE},
    "aliases": {"forename": CLOSE},
    "family_names": {"surname": CLOSE},
    "full_name": {"forename": SAME, "surname": SAME},
    "rare_name": {"forename": SAME, "surname": SAME},
    "postcode": {"address": CLOSE},
    "place": {"address": SAME},
    "street": {"address": CLOSE},
    "birth_place": {"birth_place": SAME},
    "occupation": {"occupation": SAME},
}
"""By column to block on, the comparisons it needs and how well they must agree."""

FILLED_BY = {"address": ("place", "postcode")}
"""Where a comparison is not named after its column: the columns that must be filled to reach its
highest level, and any level."""

_COLUMN = re.compile(r"\bl\.(\w+)")

Chance = tuple[float, float, float]
Chances = Mapping[str, Chance]


@dataclass(frozen=True, slots=True)
class Rule:
    """Columns that must be equal for records to be compared, and the pairs that makes."""

    columns: tuple[str, ...]
    pairs: int

    @property
    def sql(self) -> str:
        """Return the rule as Splink reads it."""
        return " AND ".join(f"l.{column} = r.{column}" for column in self.columns)


def further_rules(
    con: duckdb.DuckDBPyConnection, described: dict[str, Any], settings: dict[str, Any]
) -> list[str]:
    """Return the further rules that the records call for, none where the packaged find enough."""
    chances = _chances(con, settings)
    asked = [_asked(_COLUMN.findall(rule)) for rule in described["blocking"]]
    enough = MOST_FOUND if _found(chances, asked) < ENOUGH_FOUND else 0.0
    chosen = []
    for rule in sorted(_affordable(con, described, chances), key=lambda rule: rule.pairs):
        if rule.pairs > CHEAP and _found(chances, asked) >= enough:
            break
        asked.append(_asked(rule.columns))
        chosen.append(rule.sql)
    return chosen


def share_found(
    con: duckdb.DuckDBPyConnection, settings: dict[str, Any], rules: Iterable[str]
) -> float:
    """Return the share of one person's pairs that at least one of the rules should find."""
    return _found(_chances(con, settings), [_asked(_COLUMN.findall(rule)) for rule in rules])


def _asked(columns: Iterable[str]) -> dict[str, int]:
    """Return the comparisons that a rule over some columns needs, and how well each must agree."""
    asked: dict[str, int] = {}
    for column in columns:
        for name, state in ASKS[column].items():
            asked[name] = min(state, asked.get(name, NOTHING))
    return asked


def _chances(con: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> Chances:
    """Return for each comparison how often two records of one person reach each way to agree."""
    return {
        comparison["output_column_name"]: _chance(con, comparison)
        for comparison in settings["comparisons"]
    }


def _chance(con: duckdb.DuckDBPyConnection, comparison: dict[str, Any]) -> Chance:
    name = comparison["output_column_name"]
    m = [
        level["m_probability"]
        for level in comparison["comparison_levels"]
        if "m_probability" in level
    ]
    top, filled = (_filled(con, column) ** 2 for column in FILLED_BY.get(name, (name, name)))
    m[0] *= top / filled if filled else 0.0
    same, close = filled * m[0] / sum(m), filled * sum(m[1:-1]) / sum(m)
    return same, close, 1 - same - close


def _filled(con: duckdb.DuckDBPyConnection, column: str) -> float:
    query = f"SELECT count({sql.name(column)}) / count(*) FROM comparables"
    return float(con.execute(query).fetchall()[0][0])


def _found(chances: Chances, rules: Sequence[Mapping[str, int]]) -> float:
    """Return the share of one person's pairs that at least one of the rules finds."""
    states = product((SAME, CLOSE, NOTHING), repeat=len(chances))
    patterns = (dict(zip(chances, state, strict=True)) for state in states)
    return sum(
        prod(chances[name][state] for name, state in pattern.items())
        for pattern in patterns
        if any(all(pattern[name] <= state for name, state in rule.items()) for rule in rules)
    )


def _affordable(
    con: duckdb.DuckDBPyConnection, described: dict[str, Any], chances: Chances
) -> Iterator[Rule]:
    """Yield the further rules whose comparisons are made and whose pairs are few enough."""
    [(records,)] = con.execute("SELECT count(*) FROM comparables").fetchall()
    for columns in described["further_blocking"]:
        if not _asked(columns).keys() <= chances.keys():
            continue
        pairs = _pairs(con, columns)
        if 0 < pairs <= max(CHEAP, AFFORDED * records):
            yield Rule(tuple(columns), pairs)


def _pairs(con: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> int:
    """Return the pairs that a rule over some columns makes."""
    key = ", ".join(sql.name(column) for column in columns)
    filled = " AND ".join(f"{sql.name(column)} IS NOT NULL" for column in columns)
    [(pairs,)] = con.execute(
        f"""
        WITH grouped AS (
            SELECT count(*) AS records
            FROM comparables
            WHERE {filled}
            GROUP BY {key}
        )
        SELECT coalesce(sum(records * (records - 1) // 2), 0)
        FROM grouped
        """
    ).fetchall()
    return int(pairs)
