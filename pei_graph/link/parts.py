"""In how many parts pairs are found and scored, so that each fits in memory.

In: ``comparables`` and the settings' blocking rules. Out: a number of parts. How many pairs there
are is told from a sample of the records: that costs a hundredth of finding them all.
"""

import re
from collections.abc import Iterable
from math import ceil
from typing import Any

import duckdb

from pei_graph import sql

TENTH = 10
"""One record in so many is looked at; of their pairs a hundredth are among them."""

PAIR_BYTES = 40
"""What a pair takes from when it is found until it is scored: two numbers of records and its rule
are 32 bytes. Each part costs a search of its own (eight of them two fifths more than one), and
DuckDB spills what it must, so no more parts are made than that."""

_COLUMN = re.compile(r"\b[lr]\.(\w+)")
_SIDE = re.compile(r"\b([lr])\.")
_EITHER_ORDER = re.compile(r"(.+) (=) (.+)|list_has_any(\()(.+), (.+)\)")
"""Conditions whose two parts may change places."""


def blocking_rules(settings: dict[str, Any]) -> list[str]:
    """Return the rules by which the settings find pairs."""
    return [rule["blocking_rule"] for rule in settings["blocking_rules_to_generate_predictions"]]


def parts(con: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> int:
    """Return in how many parts the pairs that the rules find are to be scored."""
    room = _memory(con) // PAIR_BYTES
    [(records,)] = con.execute("SELECT count(*) FROM comparables").fetchall()
    if records * (records - 1) // 2 <= room:
        return 1
    return max(1, ceil(_pairs(con, settings) / room))


def _memory(con: duckdb.DuckDBPyConnection) -> int:
    query = "SELECT parse_formatted_bytes(current_setting('memory_limit'))"
    return int(con.execute(query).fetchall()[0][0])


def _pairs(con: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> int:
    """Return about how many pairs the rules find, one found by several counted for each."""
    rules = blocking_rules(settings)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE looked_at AS SELECT {compared_by(rules)}"
        f" FROM comparables WHERE hash(n) % {TENTH} = 0"
    )
    found = " UNION ALL ".join(
        "SELECT count(*) AS pairs FROM looked_at AS l JOIN looked_at AS r"
        f" ON l.n < r.n AND ({rule})"
        for rule in rules
    )
    [(pairs,)] = con.execute(f"SELECT sum(pairs)::BIGINT FROM ({found})").fetchall()
    con.execute("DROP TABLE looked_at")
    return int(pairs) * TENTH**2


def compared_by(rules: Iterable[str]) -> str:
    """Return SQL for the columns that the rules compare: rows of ``comparables`` are wide."""
    named = {"n"}.union(*(_COLUMN.findall(rule) for rule in rules))
    return ", ".join(sql.name(column) for column in sorted(named))


def holds_either_way(rule: str, rules: Iterable[str]) -> bool:
    """Return whether the rules hold this one with left and right exchanged, itself for one.

    >>> holds_either_way("l.name = r.name", ["l.name = r.name"])
    True
    >>> holds_either_way("l.name = r.other", ["l.name = r.other"])
    False
    >>> holds_either_way("l.name = r.other", ["l.other = r.name"])
    True
    """
    exchanged = _SIDE.sub(lambda side: "r." if side[1] == "l" else "l.", rule)
    return _conditions(exchanged) in map(_conditions, rules)


def _conditions(rule: str) -> frozenset[tuple[str, ...]]:
    """Return what a rule asks, in no order of its conditions or of what they compare."""
    return frozenset(
        tuple(sorted(filter(None, found.groups()))) if found else (each,)
        for each in rule.split(" AND ")
        for found in [_EITHER_ORDER.fullmatch(each)]
    )
