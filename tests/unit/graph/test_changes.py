"""What differs between two runs' graphs, and only that, makes the one of the other."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from graph_engines import GRAPH_ENGINES, graph_engine
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from random_run import Run, drawn, put
from small_council import empty_tables

from pei_graph import graph
from pei_graph.errors import GraphError
from pei_graph.graph.changes import Changes, changes
from pei_graph.graph.narrowed import MADE_OF, NOTHING_KNOWN, TOLD
from pei_graph.graph.projection import (
    FINDINGS,
    LINKED,
    RESOLVED,
    STANDARDISED,
    contract_sources,
    select,
)
from pei_graph.graph.shape import PROPERTIES, SHAPES, Node
from pei_graph.refresh import (
    OF_RECORDS,
    RESTATED,
    beside,
    change_findings,
    change_homes,
    change_records,
)
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, connect, looking_in

SETTINGS = Settings(graph_buffer_mb=256, threads=2)
NAMES = (*STANDARDISED, *LINKED, *RESOLVED, *FINDINGS)
RUNS = 6
"""Graphs built upon one another, on each engine."""

Rows = Counter[tuple[Any, ...]]
few = hypothesis(max_examples=8, deadline=None)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Two runs' tables, empty: one's, and the other's as ``before``."""
    with duckdb.connect() as opened:
        empty_tables(opened)
        opened.execute("ATTACH ':memory:' AS before")
        with looking_in(opened, "before"):
            empty_tables(opened)
        opened.register("contract_sources", contract_sources({}))
        yield opened


def fill(con: duckdb.DuckDBPyConnection, before: Run, now: Run) -> None:
    """Both runs' tables hold their rows."""
    put(con, now)
    with looking_in(con, "before"):
        put(con, before)


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query, to be compared and counted."""
    return [tuple(map(repr, row)) for row in con.execute(query).fetchall()]


def told(con: duckdb.DuckDBPyConnection, before: Rows, of: Changes) -> Rows:
    """Return the rows of one of the graph's tables once the changes are made to those before."""
    gone = {row[:-1] for row in rows(con, f"FROM {of.gone}")}
    many = len(of.keys)
    others = {row[:many]: row[:-1] for row in rows(con, f"FROM {of.changed}")}
    kept = [others.get(row[:many], row) for row in before.elements() if row[:many] not in gone]
    return Counter([*kept, *rows(con, f"FROM {of.new}")])


@few
@given(st.randoms(use_true_random=False), st.randoms(use_true_random=False))
def test_changes_make_one_graph_of_another(
    con: duckdb.DuckDBPyConnection, before: random.Random, now: random.Random
) -> None:
    """Of any two runs: what goes, changes and comes turns each table's rows into the other's."""
    fill(con, drawn(before), drawn(now))
    with looking_in(con, "before"):
        was = {name: Counter(rows(con, select(name))) for name in NAMES}
    with changes(con, NAMES, before="before", known=NOTHING_KNOWN) as found:
        assert was | {each.name: told(con, was[each.name], each) for each in found} == {
            name: Counter(rows(con, select(name))) for name in NAMES
        }


def test_what_is_the_same_is_not_told_again(con: duckdb.DuckDBPyConnection) -> None:
    """Between a run and itself, its rows in another order, nothing changes but all of Source."""
    run = drawn(random.Random(1))  # noqa: S311 - invented rows need no secret
    fill(con, run, {table: each[::-1] for table, each in run.items()})
    with changes(con, NAMES, before="before", known=NOTHING_KNOWN) as found:
        assert {
            each.name
            for each in found
            if rows(con, f"FROM {each.gone}") + rows(con, f"FROM {each.changed}")
            + rows(con, f"FROM {each.new}")
        } == {"Source"}  # fmt: skip


def test_a_property_is_told_by_itself(con: duckdb.DuckDBPyConnection) -> None:
    """Of a record with another forename the change names that column and no other."""
    run = drawn(random.Random(1))  # noqa: S311
    fill(con, run, run)
    con.execute("UPDATE records SET forename = 'another' WHERE record_id = 's0:0'")
    names = ("Record", "FROM_SOURCE")
    with changes(con, names, before="before", known=NOTHING_KNOWN) as (record, tie):
        asked = f"SELECT record_id, forename, changed FROM {record.changed}"
        assert con.execute(asked).fetchall() == [("s0:0", "another", ["forename"])]
        assert con.execute(f"FROM {tie.changed}").fetchall() == []


def test_a_source_seen_again_is_told_once(con: duckdb.DuckDBPyConnection) -> None:
    """Where a newer delivery holds a source's records as they were, only what it lacks is told."""
    before, now = (drawn(random.Random(1)) for _ in range(2))  # noqa: S311
    for run, day in ((before, date(2022, 1, 1)), (now, date(2022, 1, 2))):
        run["deliveries"] = [
            {"delivery_id": f"{day}", "source": "s0", "list": "l", "file": "f", "sha256": "0",
             "delivered_on": day, "sequence": 1, "rows_in": 1, "status": "loaded"}
        ]  # fmt: skip
        for record in run["records"]:
            if record["source"] == "s0":
                record.update(delivery_id=f"{day}", last_seen=day)
    left = next(record for record in now["records"] if record["source"] == "s0")
    left |= {"delivery_id": "2022-01-01", "last_seen": date(2022, 1, 1)}
    fill(con, before, now)
    with changes(con, ("Record",), before="before", known=NOTHING_KNOWN) as (record,):
        asked = f"SELECT record_id, delivery_id, last_seen, changed FROM {record.changed}"
        assert con.execute(asked).fetchall() == [
            (left["record_id"], "2022-01-01", date(2022, 1, 1), ["delivery_id", "last_seen"])
        ]
        assert rows(con, f"FROM {record.new}") + rows(con, f"FROM {record.gone}") == []


@pytest.mark.parametrize("name", sorted(MADE_OF))
def test_nothing_else_is_read(name: str, con: duckdb.DuckDBPyConnection) -> None:
    """A table of the graph is made of no other table or column than those that are compared."""
    with duckdb.connect() as narrow:
        for table in MADE_OF[name]:
            kinds = {row[0]: row[1] for row in con.execute(f"DESCRIBE {table}").fetchall()}
            columns = ", ".join(f"{column} {kinds[column]}" for column in TOLD[table].split(", "))
            narrow.execute(f"CREATE TABLE {table} ({columns})")
        assert narrow.execute(select(name)).fetchall() == []


@pytest.fixture(scope="module", params=GRAPH_ENGINES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    """Each engine in turn, and a folder for what it serves."""
    folder = tmp_path_factory.mktemp("changes")
    with graph_engine(request.param, folder) as given:
        yield SimpleNamespace(folder=folder, settings=SETTINGS.model_copy(update=given))


@pytest.mark.parametrize("how", ["grown", "changed", "told"])
def test_graphs_follow_one_another(engine: SimpleNamespace, how: str) -> None:
    """Built upon the last run's, time and again, a graph holds what its tables say."""
    last = None
    for number in range(1, RUNS + 1):
        run = RunFolder(number, engine.folder / how / str(number))
        run.folder.mkdir(parents=True)
        with connect(run.tables, SETTINGS) as con:
            empty_tables(con)
            put(con, drawn(random.Random(number)))  # noqa: S311
            make(con, run, last, how, engine.settings)
            con.register("contract_sources", contract_sources({}))
            with graph.open_graph(run.graph, engine.settings) as store:
                for name in NAMES:
                    assert held(con, store, name) == Counter(rows(con, select(name))), name
        last = run


def test_another_graph_is_not_changed(engine: SimpleNamespace) -> None:
    """A graph that lacks what its tables say is refused, and no half of the next one stays."""
    last, run = (RunFolder(number, engine.folder / f"other {number}") for number in (1, 2))
    for each in (last, run):
        each.folder.mkdir()
        with connect(each.tables, SETTINGS) as con:
            empty_tables(con)
            put(con, drawn(random.Random(each.number)))  # noqa: S311
    with connect(last.tables, SETTINGS) as con:
        make(con, last, None, "grown", engine.settings)
        put(con, drawn(random.Random(3)))  # noqa: S311
    with connect(run.tables, SETTINGS) as con, pytest.raises(GraphError):
        make(con, run, last, "changed", engine.settings)
    assert not run.graph.exists()


ASKED = (
    graph.Question(
        "MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement) WHERE i.from <= $day"
        " RETURN p.person_id AS person, i.from AS began, collect(i.fact_id) AS facts",
        {"day": date(2021, 6, 1)},
    ),
    graph.Question("MATCH (r:Record) RETURN r.record_id AS record, r.sealed AS sealed", {}),
    graph.Question("MATCH (s:Source) RETURN s.source AS source, s.types AS types", {}),
)


def test_a_graph_answers_as_it_is_changed(engine: SimpleNamespace) -> None:
    """What is asked with a change is answered as the whole graph answers it later."""
    last, run = (RunFolder(number, engine.folder / f"asked {number}") for number in (1, 2))
    for each in (last, run):
        each.folder.mkdir()
        with connect(each.tables, SETTINGS) as con:
            empty_tables(con)
            put(con, drawn(random.Random(each.number)))  # noqa: S311
    with connect(last.tables, SETTINGS) as con:
        make(con, last, None, "grown", engine.settings)
    with (
        graph.coming_graph(
            run.graph, engine.settings, contracts={}, workspace="drawn", last=last.graph
        ) as coming,
        connect(run.tables, SETTINGS) as con,
        beside(con, last),
    ):
        assert coming.begin_upon(last.graph)
        coming.change(con, (*STANDARDISED, *LINKED, *RESOLVED), NOTHING_KNOWN, ASKED)
        with coming.answered() as early:
            answers = [answered(early, each) for each in ASKED]
        change_findings(con, coming)
        with coming.asked() as whole:
            assert answers == [answered(whole, each) for each in ASKED]
    assert any(answers)


def answered(store: graph.Answering, asked: graph.Question) -> list[str]:
    """Return the rows of an answer, in an order."""
    return sorted(map(repr, store.table(asked.text, **asked.parameters).to_pylist()))


def make(
    con: duckdb.DuckDBPyConnection,
    run: RunFolder,
    last: RunFolder | None,
    how: str,
    settings: Settings,
) -> None:
    """The run's graph stands, built upon the last one's where there is one."""
    known = (*STANDARDISED, *LINKED, *RESOLVED)
    with graph.coming_graph(
        run.graph, settings, contracts={}, workspace="drawn", last=last.graph if last else None
    ) as coming:
        if last and how != "grown":
            assert coming.begin_upon(last.graph)
            with beside(con, last):
                if how == "told":
                    tell_what_differs(con)
                    change_records(con, coming)
                    change_homes(con, coming)
                else:
                    coming.change(con, known, NOTHING_KNOWN)
                change_findings(con, coming)
        else:
            with coming.growing() as growing:
                growing.add(con, known)
            coming.add_findings(con)
        coming.keep()


OWN = {
    "remade": ("record_id", OF_RECORDS),
    "restated": ("record_id", RESTATED),
    "relinked": ("unnest([record_l, record_r]) AS record_id", ("links",)),
    "other_member": ("record_id", ("members",)),
    "other_persons": ("person_id", ("persons",)),
    "other_residences": ("person_id", ("residences",)),
    "other_relations": ("person_id", ("relations",)),
    "other_families": ("family_id, person_id", ("families",)),
}
"""The tables by which a run says what it made again: the column, and where rows may differ."""


def tell_what_differs(con: duckdb.DuckDBPyConnection) -> None:
    """A run's tables name nothing but what differs, as the tightest run would.

    And all records of a source with other deliveries, which are always made again.
    """
    for name, (column, narrowed) in OWN.items():
        differing = (
            f"SELECT {column} FROM (FROM {one} EXCEPT ALL FROM {other})"
            for table in narrowed
            for one, other in ((table, f"before.{table}"), (f"before.{table}", table))
        )
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {' UNION '.join(differing)}")
    con.execute(
        "INSERT INTO remade SELECT record_id FROM (FROM records UNION FROM before.records)"
        " WHERE source IN ((SELECT source FROM (FROM deliveries EXCEPT FROM before.deliveries))"
        " UNION (SELECT source FROM (FROM before.deliveries EXCEPT FROM deliveries)))"
    )


def held(con: duckdb.DuckDBPyConnection, store: graph.GraphStore, name: str) -> Rows:
    """Return the rows that a graph holds of one of its tables, in the order of its columns."""
    shape = SHAPES[name]
    columns = [str(row[0]) for row in con.execute(f"DESCRIBE ({select(name)})").fetchall()]
    if isinstance(shape, Node):
        said = [f"x.{column}" for column in _named(columns)]
        asked = f"MATCH (x:{shape.label})"
    else:
        ends = [f"a.{shape.start.key}", f"b.{shape.end.key}"]
        said = [*ends, *(f"x.{column}" for column in _named(columns[2:]))]
        asked = f"MATCH (a:{shape.start.label})-[x:{shape.type}]->(b:{shape.end.label})"
    named = ", ".join(f"{each} AS c{number}" for number, each in enumerate(said))
    answer = store.rows(f"{asked} RETURN {named}")
    return Counter(tuple(map(repr, row.values())) for row in answer)


def _named(columns: list[str]) -> list[str]:
    return [f"`{PROPERTIES.get(column, column)}`" for column in columns]
