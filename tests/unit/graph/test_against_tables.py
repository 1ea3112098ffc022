"""Questions with conditions on several steps answer as the same question does in SQL.

The engine has lost conditions on relationships where a pattern went on: see cypher/README.md.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from graph_engines import GRAPH_ENGINES, graph_engine
from small_council import empty_tables

from pei_graph import graph, tables
from pei_graph.settings import Settings
from pei_graph.workspace import connect

SETTINGS = Settings(graph_buffer_mb=512, threads=2)
PERSONS = 60
SEEN = "(SELECT person_id FROM persons WHERE NOT sealed)"
SEEN_RECORDS = "(SELECT record_id FROM records WHERE NOT sealed)"
SEEN_PLACES = "(SELECT address_id FROM addresses WHERE NOT sealed)"

IN_SQL: dict[str, tuple[tuple[str, ...], str]] = {
    "person_possible": (
        ("other_id", "record_id", "direction"),
        f"""
        SELECT o.person_id, c.record_id, if(c.state = 'possible', 'theirs', 'ours')
        FROM members c
        JOIN members o ON o.record_id = c.record_id AND o.state <> c.state
        WHERE c.person_id = $asked AND c.person_id IN {SEEN} AND o.person_id IN {SEEN}
            AND c.record_id IN {SEEN_RECORDS}
        """,
    ),
    "record_addresses": (
        ("record_id", "address_id"),
        f"""
        SELECT DISTINCT c.record_id, f.address_id
        FROM members c
        JOIN facts f ON f.record_id = c.record_id AND f.kind = 'address'
        WHERE c.person_id = $asked AND c.state = 'accepted' AND c.person_id IN {SEEN}
            AND c.record_id IN {SEEN_RECORDS} AND f.address_id IN {SEEN_PLACES}
        """,
    ),
    "person": (
        ("person_id", "address_id"),
        f"""
        SELECT p.person_id, r.address_id
        FROM persons p
        LEFT JOIN residences r
            ON r.person_id = p.person_id AND r.current AND r.address_id IN {SEEN_PLACES}
        WHERE p.person_id = $asked AND NOT p.sealed
        """,
    ),
    "person_records": (
        ("record_id", "state"),
        f"""
        SELECT record_id, state
        FROM members
        WHERE person_id = $asked AND person_id IN {SEEN} AND record_id IN {SEEN_RECORDS}
        """,
    ),
    "person_involvements": (
        ("fact_id", "record_id"),
        f"""
        SELECT f.fact_id, f.record_id
        FROM members m
        JOIN facts f ON f.record_id = m.record_id AND f.kind = 'involvement'
        WHERE m.person_id = $asked AND m.state = 'accepted' AND m.person_id IN {SEEN}
            AND m.record_id IN {SEEN_RECORDS}
        """,
    ),
    "person_relations": (
        ("kind", "other_id"),
        f"""
        SELECT kind, person_id FROM relations
        WHERE other_person_id = $asked AND person_id IN {SEEN} AND other_person_id IN {SEEN}
        UNION
        SELECT if(kind = 'parent', 'child', kind), other_person_id FROM relations
        WHERE person_id = $asked AND person_id IN {SEEN} AND other_person_id IN {SEEN}
        """,
    ),
}


@dataclass(frozen=True)
class Town:
    """A town of random links, as tables and as a graph."""

    con: duckdb.DuckDBPyConnection
    store: graph.GraphStore
    persons: tuple[str, ...]


def add(
    con: duckdb.DuckDBPyConnection, table: tables.Table, rows: Iterator[dict[str, Any]]
) -> None:
    """The table holds the rows too; columns not named are null."""
    values = [[row.get(column) for column in table.columns] for row in rows]
    marks = ", ".join("?" * len(table.columns))
    con.executemany(f"INSERT INTO {table.name} VALUES ({marks})", values)


def fill(con: duckdb.DuckDBPyConnection, dice: random.Random) -> tuple[str, ...]:
    """Return the persons of a town whose every condition holds for some and not for others."""
    persons = tuple(f"P{number}" for number in range(PERSONS))
    records = {f"s{at % 3}:{p}-{at}": p for p in persons for at in range(dice.randint(1, 4))}
    places = [f"A{number}" for number in range(PERSONS // 3)]
    maybe = {r: dice.choice(persons) for r in records if dice.random() < 0.4}
    held = dict.fromkeys(maybe.items(), "possible") | dict.fromkeys(records.items(), "accepted")
    add(con, tables.PERSONS, (
        {"person_id": p, "records": 1, "sources": 1, "sealed": dice.random() < 0.2}
        for p in persons))  # fmt: skip
    add(con, tables.RECORDS, (
        {"record_id": r, "source": r[:2], "source_key": r, "role": "person", "forenames": [],
         "surnames": [], "in_latest": True, "sealed": dice.random() < 0.2}
        for r in records))  # fmt: skip
    add(con, tables.MEMBERS, (
        {"record_id": r, "person_id": p, "state": state, "probability": 0.5}
        for (r, p), state in held.items()))  # fmt: skip
    add(con, tables.ADDRESSES, (
        {"address_id": a, "kind": "dwelling", "sealed": dice.random() < 0.2}
        for a in places))  # fmt: skip
    add(con, tables.RESIDENCES, (
        {"person_id": p, "address_id": a, "current": at == 0, "sources": ["s1"]}
        for p in persons for at, a in enumerate(dice.sample(places, 3))))  # fmt: skip
    add(con, tables.RELATIONS, (
        {"person_id": p, "other_person_id": o, "kind": dice.choice(["parent", "sibling"]),
         "source": "s1"}
        for p in persons for o in dice.sample(persons, 2) if o != p))  # fmt: skip
    add(con, tables.FACTS, (
        {"fact_id": number, "record_id": dice.choice(list(records)), "kind": kind, "type": "home",
         "address_id": dice.choice(places), "source": "s1", "delivery_id": "d", "row": 1}
        for number, kind in enumerate(["involvement", "address"] * 150)))  # fmt: skip
    return persons


@pytest.fixture(scope="module", params=GRAPH_ENGINES)
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """A town of random links, the same in every run and in every engine."""
    folder = tmp_path_factory.mktemp("town")
    with graph_engine(request.param, folder) as engine:
        yield from _town(folder, SETTINGS.model_copy(update=engine))


def _town(folder: Path, settings: Settings) -> Iterator[Town]:
    with connect(folder / "tables.duckdb", SETTINGS) as con:
        empty_tables(con)
        persons = fill(con, random.Random(7))  # noqa: S311  # a fixed town, no secret
    graph.build(folder / "tables.duckdb", folder / "graph.lbug", settings, contracts={})
    with (
        connect(folder / "tables.duckdb", SETTINGS, read_only=True) as con,
        graph.open_graph(folder / "graph.lbug", settings) as store,
    ):
        yield Town(con, store, persons)


@pytest.mark.parametrize("name", sorted(IN_SQL))
def test_same_answer_as_the_tables(name: str, town: Town) -> None:
    """For every person of a random town the graph's answer is the tables' answer."""
    columns, query = IN_SQL[name]
    for person in town.persons:
        asked = town.store.rows(name, person_id=person)
        found = sorted((tuple(row[column] for column in columns) for row in asked), key=str)
        wanted = sorted(town.con.execute(query, {"asked": person}).fetchall(), key=str)
        assert found == wanted
