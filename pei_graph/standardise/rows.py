"""The rows of one list with every value typed: each delivered cell is read once, here.

In: a plan and the RAW table of its list. Out: the temporary table ``list_rows``, from which the
people, identifiers, addresses and facts of the list are taken.
"""

from collections.abc import Iterator
from dataclasses import replace

import duckdb

from pei_graph import sql
from pei_graph.standardise import cells
from pei_graph.standardise.doubts import Doubt, doubts
from pei_graph.standardise.plan import Plan
from pei_graph.standardise.readings import STEPS, given, readings

PLACE = "(o.number << 44) + (t._row << 10)"
"""Delivery and row in one number, newest delivery first; ten bits are left for the part of a row.
That allows 131,072 deliveries of 17 thousand million rows each."""


def make_rows(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Table ``list_rows`` holds the list's rows.

    Columns: ``number`` of the delivery in ``delivery_order``, ``row``, ``place``, ``delivered_on``,
    ``since`` (the day of the first delivery that said the same), ``current`` (whether its facts
    still count), ``k0``... the people's keys, ``w0``... and ``x0``... whether the conditions of
    facts and relationships hold, ``v0``... values, ``q0``... qualities and ``g0``... texts of birth
    dates, ``d0``... doubts.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE list_rows AS\n{_query(plan)}")


def all_doubts(plan: Plan) -> list[Doubt]:
    """Return the doubts of a plan, in the order of the columns ``d0``..."""
    return [
        replace(doubt, holds=doubt.holds + plan.applies[reading.kind, reading.value])
        for reading in readings(plan)
        for doubt in doubts(reading)
    ]


def _query(plan: Plan) -> str:
    found = readings(plan)
    named = [f"trimmed AS ({_trimmed(plan)})", f"cells AS ({_cells(plan)})"]
    named.append(f"step0 AS (SELECT {', '.join(_from_cells(plan))} FROM cells)")
    last = 0
    for step in STEPS:
        if added := ", ".join(each for reading in found for each in step(reading)):
            named.append(f"step{last + 1} AS (SELECT *, {added} FROM step{last})")
            last += 1
    steps = ",\n".join(named)
    return f"WITH {steps}\nSELECT {', '.join(_columns(plan))} FROM step{last}"


def _used(plan: Plan) -> list[str]:
    return sorted(plan.list.columns() | set(plan.list.constants))


def _trimmed(plan: Plan) -> str:
    delivered = "".join(
        f", {_delivered(plan, column)} AS {cells.cell(column)}" for column in _used(plan)
    )
    return (
        f"SELECT r._delivery, r._row, r._since{delivered} FROM {plan.table} AS r"
        " WHERE r._aside IS NOT TRUE"
    )


def _delivered(plan: Plan, column: str) -> str:
    if column not in plan.present:
        return "NULL::VARCHAR"
    trimmed = cells.trimmed if plan.few else cells.trimmed_if_blank
    return trimmed(f"r.{sql.name(column)}")


def _cells(plan: Plan) -> str:
    told = "".join(
        f", {cells.told(cells.cell(column), plan.contract)} AS {cells.cell(column)}"
        for column in _used(plan)
    )
    return (
        "SELECT o.number, o.delivered_on, coalesce(t._since, o.delivered_on) AS since, o.far_off,"
        " o.current, t._row AS row,"
        f" {PLACE} AS place{told}"
        " FROM trimmed AS t JOIN working.delivery_order AS o ON o.delivery_id = t._delivery"
    )


def _from_cells(plan: Plan) -> Iterator[str]:
    yield "number, row, place, delivered_on, since, far_off, current"
    digits = plan.contract.key_digits
    for i, person in enumerate(plan.list.people):
        yield f"{cells.key(person.key, person.when, digits=digits)} AS k{i}"
    for i, fact in enumerate(plan.list.facts):
        yield f"{cells.holds(fact.when)} AS w{i}"
    for i, relationship in enumerate(plan.list.relationships):
        yield f"{cells.holds(relationship.when)} AS x{i}"
    for reading in readings(plan):
        yield given(reading)


def _columns(plan: Plan) -> Iterator[str]:
    yield "number, row, place, delivered_on, since, current"
    yield from (f"k{i}" for i in range(len(plan.list.people)))
    yield from (f"w{i}" for i in range(len(plan.list.facts)))
    yield from (f"x{i}" for i in range(len(plan.list.relationships)))
    for reading in readings(plan):
        yield f"v{reading.number}"
        if reading.kind == "birth":
            yield f"q{reading.number}"
            yield f"g{reading.number}"
    for i, doubt in enumerate(all_doubts(plan)):
        yield f"{doubt.holds} AS d{i}"
