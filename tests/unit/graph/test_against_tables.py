"""Questions with conditions on several steps answer as the same question does in SQL.

The engine has lost conditions on relationships where a pattern went on: see cypher/README.md.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from graph_engines import GRAPH_ENGINES, graph_engine
from small_council import empty_tables

from pei_graph import graph, tables
from pei_graph.graph.asking import one_by_one
from pei_graph.settings import Settings
from pei_graph.workspace import connect

SETTINGS = Settings(graph_buffer_mb=512, threads=2)
PERSONS = 60
CRITERIA = ("c1", "c2")
DELIVERED = (date(2026, 8, 1), date(2026, 9, 1))
SEEN = "(SELECT person_id FROM persons WHERE NOT sealed)"
SEEN_RECORDS = f"""(
    SELECT record_id
    FROM records
    JOIN members USING (record_id)
    WHERE state = 'accepted' AND NOT sealed AND person_id IN {SEEN}
)"""
"""A record is hidden with the person whom it is now with, also from whoever it may belong to."""
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
        ("record_id", "state", "last_seen"),
        f"""
        SELECT record_id, state, last_seen
        FROM members
        JOIN records USING (record_id)
        WHERE person_id = $asked AND person_id IN {SEEN} AND record_id IN {SEEN_RECORDS}
        """,
    ),
    "record_person": (
        ("person_id", "state"),
        f"""
        SELECT c.person_id, c.state
        FROM members c
        WHERE c.record_id = $asked
            AND c.person_id IN {SEEN} AND c.record_id IN {SEEN_RECORDS}
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
    "family_members": (
        ("person_id", "address_id"),
        f"""
        SELECT person_id, address_id
        FROM families
        WHERE family_id = $asked AND person_id IN {SEEN} AND address_id IN {SEEN_PLACES}
        """,
    ),
    "family_died": (
        ("person_id",),
        f"""
        SELECT person_id
        FROM families
        WHERE family_id = $asked AND role = 'died' AND person_id IN {SEEN}
        """,
    ),
    "family_involvements": (
        ("person_id", "fact_id"),
        f"""
        SELECT m.person_id, f.fact_id
        FROM families
        JOIN members m USING (person_id)
        JOIN facts f ON f.record_id = m.record_id AND f.kind = 'involvement'
        JOIN records r ON r.record_id = f.record_id AND NOT r.sealed
        WHERE family_id = $asked AND m.state = 'accepted' AND m.person_id IN {SEEN}
        """,
    ),
    "family_possible": (
        ("person_id", "record_id", "other_id"),
        f"""
        SELECT c.person_id, c.record_id, o.person_id
        FROM families
        JOIN members c USING (person_id)
        JOIN members o ON o.record_id = c.record_id AND o.state = 'accepted'
        WHERE family_id = $asked AND c.state = 'possible' AND c.person_id IN {SEEN}
            AND c.record_id IN {SEEN_RECORDS}
        """,
    ),
    "family_home": (
        ("person_id", "current", "family_id", "known_to"),
        f"""
        SELECT r.person_id, r.current, g.family_id,
            (SELECT list(DISTINCT record_id[:2] ORDER BY record_id[:2])
             FROM members
             WHERE person_id = r.person_id AND state = 'accepted')
        FROM (SELECT DISTINCT family_id, address_id FROM families) f
        JOIN residences r USING (address_id)
        LEFT JOIN families g ON g.person_id = r.person_id
        WHERE f.family_id = $asked AND (r.current OR r.to_date IS NULL)
            AND r.person_id IN {SEEN} AND address_id IN {SEEN_PLACES}
        """,
    ),
    "family_relations": (
        ("person_id", "kind", "other_id", "family_id"),
        f"""
        WITH ties AS (
            SELECT other_person_id AS person_id, kind, person_id AS other FROM relations
            UNION ALL
            SELECT person_id, if(kind = 'parent', 'child', kind), other_person_id FROM relations
        )
        SELECT t.person_id, t.kind, t.other, g.family_id
        FROM families f
        JOIN ties t USING (person_id)
        LEFT JOIN families g ON g.person_id = t.other
        WHERE f.family_id = $asked AND g.family_id IS DISTINCT FROM f.family_id
            AND person_id IN {SEEN} AND t.other IN {SEEN}
        """,
    ),
    "family_findings": (
        ("subject", "criterion_id"),
        f"""
        SELECT subject, pack || '/' || criterion
        FROM findings
        JOIN families f ON f.person_id = subject
        WHERE f.family_id = $asked AND subject IN {SEEN}
        """,
    ),
    "homes": (
        ("person_id", "line"),
        f"""
        SELECT person_id, line
        FROM residences
        JOIN addresses USING (address_id)
        WHERE current AND person_id = $asked AND person_id IN {SEEN}
            AND address_id IN {SEEN_PLACES}
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

BY_KEY = [name for name in IN_SQL if name.startswith("family_") or name == "homes"]
"""Questions of a family's page that the engine in a file answers by keys alone."""
OF_EACH = [
    name for name in graph.explore_names()
    if any(each.each for each in graph.explore_query(name).header.parameters.values())
]  # fmt: skip
"""Questions about several, whose rows are each told by one of them."""
TABLES = ("HASH_JOIN", " SCAN_NODE_TABLE", "ORDER_BY", "AGGREGATE")
"""Steps that read or make a table where a look-up by key would do."""

FOUND = """
INSERT INTO families BY NAME
SELECT
    'F' || address_id AS family_id,
    person_id,
    if(person_id LIKE '%3', 'died', 'adult') AS role,
    address_id
FROM residences
WHERE current AND person_id NOT LIKE '%7'
QUALIFY role <> 'died' OR bool_or(role <> 'died') OVER (PARTITION BY address_id)
"""
"""Who lives at one place is a family, but for some who belong to none; some have died there."""


@dataclass(frozen=True)
class Town:
    """A town of random links, as tables and as a graph."""

    con: duckdb.DuckDBPyConnection
    store: graph.GraphStore
    persons: tuple[str, ...]

    def families(self) -> list[str]:
        """Return the town's families."""
        rows = self.con.execute("SELECT DISTINCT family_id FROM families").fetchall()
        return [family for (family,) in rows]

    def records(self) -> list[str]:
        """Return the town's records."""
        rows = self.con.execute("SELECT record_id FROM records").fetchall()
        return [record for (record,) in rows]


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
        {"person_id": p, "records": 1, "sealed": dice.random() < 0.2,
         "sources": sorted({r[:2] for r, whose in records.items() if whose == p})}
        for p in persons))  # fmt: skip
    add(con, tables.RECORDS, (
        {"record_id": r, "source": r[:2], "source_key": r, "role": "person", "forenames": [],
         "surnames": [], "in_latest": True, "sealed": dice.random() < 0.2,
         "last_seen": dice.choice(DELIVERED), "delivery_id": "d"}
        for r in records))  # fmt: skip
    add(con, tables.DELIVERIES, (
        {"delivery_id": f"{source}-{day}", "source": source, "list": "l", "file": "f",
         "sha256": "0", "delivered_on": day, "sequence": 1, "status": "loaded", "rows_in": 1}
        for source in ("s0", "s1") for day in DELIVERED))  # fmt: skip
    add(con, tables.MEMBERS, (
        {"record_id": r, "person_id": p, "state": state, "probability": 0.5}
        for (r, p), state in held.items()))  # fmt: skip
    add(con, tables.ADDRESSES, (
        {"address_id": a, "line": f"{a} Road", "kind": "dwelling", "sealed": dice.random() < 0.2}
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
    add(con, tables.CRITERIA, (
        {"pack": "invented", "criterion": c, "area": "a", "subject": "person", "title": c,
         "why": "invented", "parameters": "{}", "as_of": date(2026, 9, 1)}
        for c in CRITERIA))  # fmt: skip
    add(con, tables.FINDINGS, (
        {"pack": "invented", "criterion": c, "area": "a", "subject_kind": "person", "subject": p,
         "state": "met", "evidence": []}
        for p in persons for c in CRITERIA if dice.random() < 0.3))  # fmt: skip
    con.execute(FOUND)
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
    """For every person or family of a random town the graph's answer is the tables' answer."""
    columns, query = IN_SQL[name]
    [key] = [key for key, each in graph.explore_query(name).header.parameters.items() if each.given]
    things = {"family_id": town.families(), "record_id": town.records()}.get(key, town.persons)
    answers = 0
    for thing in things:
        asked = town.store.rows(name, **{key: [thing] if key == "person_ids" else thing})
        found = sorted((tuple(row[column] for column in columns) for row in asked), key=str)
        wanted = sorted(town.con.execute(query, {"asked": thing}).fetchall(), key=str)
        assert found == wanted
        answers += len(found)
    assert answers


def _list_of(name: str, town: Town) -> tuple[str, list[str]]:
    """Return the parameter of a question that is a list, and all that it may be asked of."""
    parameters = graph.explore_query(name).header.parameters
    [key] = [key for key, each in parameters.items() if each.given]
    return key, list(town.families() if key == "family_ids" else town.persons)


@pytest.mark.parametrize("name", OF_EACH)
def test_of_several_the_answer_is_that_of_each(name: str, town: Town) -> None:
    """Whether an engine asks of all at once or of one after another, it finds the same rows."""
    query, (key, things) = graph.explore_query(name), _list_of(name, town)
    most = {"most": 9_999} if "most" in query.header.parameters else {}
    for several in (things[:5], things):
        asked = {key: several, **most}
        at_once = town.store.rows(query.text, **query.values(asked))
        assert at_once
        assert sorted(map(str, town.store.rows(name, **asked))) == sorted(map(str, at_once))


@pytest.mark.parametrize("town", ["ladybug"], indirect=True)
@pytest.mark.parametrize("name", [*OF_EACH, "network_people"])
def test_network_begins_with_keys(name: str, town: Town) -> None:
    """No such question reads all people, or all families, to find the few who are asked about."""
    key, things = _list_of(name, town)
    [(text, values)] = one_by_one(name, {key: things[:1]}, few=1)
    [row] = town.store.rows(f"EXPLAIN {text}", **values)
    [plan] = row.values()
    assert "PRIMARY_KEY" in plan


@pytest.mark.parametrize("town", ["ladybug"], indirect=True)
@pytest.mark.parametrize("name", BY_KEY)
def test_page_finds_nodes_by_key(name: str, town: Town) -> None:
    """No such question of a family's page reads or makes a table, which grows with the graph."""
    query = graph.explore_query(name)
    asked = {"person_ids": ["P1"]} if name == "homes" else {"family_id": "FA1"}
    [row] = town.store.rows(f"EXPLAIN {query.text}", **query.values(asked))
    [plan] = row.values()
    assert "PRIMARY_KEY" in plan
    assert [step for step in TABLES if step in plan] == []
