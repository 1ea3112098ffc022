"""A small graph of those whom a difference concerns holds all that is theirs, and misses nobody."""

import random
import shutil
from pathlib import Path

import pytest
from changed_graph import changed
from random_run import drawn, put
from small_council import empty_tables

from pei_graph import graph
from pei_graph.graph import near
from pei_graph.graph.store import GraphStore
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, connect

SETTINGS = Settings(graph_buffer_mb=256, threads=2)
THEIRS = (
    "MATCH (p:Person) RETURN p.person_id AS person, p.*",
    "MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement) RETURN p.person_id AS person, i.*",
    "MATCH (p:Person)<-[c:CANDIDATE_FOR]-(r:Record) RETURN p.person_id AS person, c.*, r.*",
)
"""All that a criterion which reaches a person's own can see, row by row."""

ONE_FACT = "WHERE fact_id = (SELECT min(fact_id) FROM facts WHERE kind = 'involvement')"

DIFFERENCES = {
    "nothing": "SELECT 1",
    "a fact says more": f"UPDATE facts SET detail = 'another' {ONE_FACT}",
    "a fact is gone": f"DELETE FROM facts {ONE_FACT}",
    "a fact is another's": (
        "UPDATE facts SET record_id = (SELECT max(record_id) FROM records"
        f" WHERE record_id <> facts.record_id) {ONE_FACT}"
    ),
    "a record left": "UPDATE records SET in_latest = NOT in_latest WHERE record_id = 's0:0'",
    "a record is sealed": "UPDATE records SET sealed = NOT sealed WHERE record_id = 's1:1'",
    "a number more": "INSERT INTO identifiers VALUES ('s0:0', 'third', '3', true)",
    "a source is newer": "UPDATE deliveries SET delivered_on = DATE '2022-01-01'",
    "a person is older": "UPDATE persons SET birth_date = '1990-01-01' WHERE person_id = 'P1'",
    "a person moved": "UPDATE residences SET current = false",
    "a family is another": "UPDATE families SET family_id = 'F9' WHERE person_id = 'P1'",
    "a doubt is greater": "UPDATE members SET probability = 0.5 WHERE record_id = 's0:0'",
    "a doubt is gone": "DELETE FROM members WHERE state = 'possible' AND record_id = 's0:3'",
    "a record is another's": (
        "UPDATE members SET person_id = (SELECT max(person_id) FROM persons)"
        " WHERE record_id IN ('s0:0', 's0:3') AND state = 'accepted'"
    ),
}


@pytest.fixture(scope="module", params=[3, 5])
def last(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A run drawn by dice, its graph built."""
    run = RunFolder(1, tmp_path_factory.mktemp("last"))
    with connect(run.tables, SETTINGS) as con:
        empty_tables(con)
        put(con, drawn(random.Random(request.param)))  # noqa: S311 - invented rows
        con.execute("DELETE FROM members WHERE record_id NOT IN (SELECT record_id FROM records)")
    graph.build(run.tables, run.graph, SETTINGS, contracts={})
    return run


def theirs(store: GraphStore) -> dict[str, set[str]]:
    """Return what a graph holds of each person, each row as text."""
    found: dict[str, set[str]] = {}
    for question in THEIRS:
        for row in store.rows(question):
            found.setdefault(row["person"], set()).add(repr(row))
    return found


@pytest.mark.parametrize("what", [*DIFFERENCES, "everything"])
def test_who_is_not_near_is_as_before(
    last: RunFolder, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of whom anything differs all is in the small graph; of others the whole says as before."""
    monkeypatch.setattr(near, "MANY", 10)
    run = RunFolder(2, tmp_path)
    shutil.copyfile(last.tables, run.tables)
    with graph.open_graph(last.graph, SETTINGS) as store:
        was = theirs(store)
    with connect(run.tables, SETTINGS) as con:
        if what == "everything":
            put(con, drawn(random.Random(4)))  # noqa: S311 - invented rows
        else:
            con.execute(DIFFERENCES[what])
        with changed(con, last, run, SETTINGS) as (whole, few):
            assert few is not None
            now, found = theirs(whole), theirs(few)
        concerned = {row[0] for row in con.execute("FROM near_person").fetchall()}
    assert found == {person: rows for person, rows in now.items() if person in concerned}
    others = (now.keys() | was.keys()) - concerned
    assert {each: now.get(each) for each in others} == {each: was.get(each) for each in others}
    assert bool(concerned) == (now != was)


def test_many_are_asked_of_with_all(last: RunFolder, tmp_path: Path) -> None:
    """Where a difference concerns many of the persons there is no small graph."""
    run = RunFolder(2, tmp_path)
    shutil.copyfile(last.tables, run.tables)
    with connect(run.tables, SETTINGS) as con:
        con.execute("UPDATE persons SET sex = 'F'")
        with changed(con, last, run, SETTINGS) as (_, few):
            assert few is None
