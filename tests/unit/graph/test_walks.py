"""A relationship walked twice: where engines differ, and that no question or criterion does.

Ladybug's patterns are walks, Neo4j's are trails: within one MATCH a trail goes along a relationship
once. So whoever shares a home is, to Ladybug, also at home with themselves.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from graph_engines import GRAPH_ENGINES, graph_engine
from small_council import empty_tables

import cypher
from pei_graph import graph
from pei_graph.criteria import read_packs
from pei_graph.graph import explore_names, explore_query
from pei_graph.settings import Settings
from pei_graph.workspace import connect

SETTINGS = Settings(graph_buffer_mb=256, threads=2)
DAY = date(2026, 11, 1)

TOLD = """
INSERT INTO persons BY NAME
SELECT unnest(['P1', 'P2', 'P3', 'P4']) AS person_id, unnest([true, true, true, false]) AS adult,
    1 AS records, ['s'] AS sources, false AS sealed;
INSERT INTO addresses BY NAME
SELECT unnest(['A1', 'A2']) AS address_id, 'dwelling' AS kind, 'Road' AS line, false AS sealed;
INSERT INTO residences BY NAME
SELECT unnest(['P1', 'P2', 'P3', 'P4']) AS person_id,
    unnest(['A1', 'A1', 'A2', 'A2']) AS address_id, true AS current, ['s'] AS sources;
INSERT INTO families BY NAME
SELECT person_id, 'F' || address_id AS family_id, address_id,
    if(person_id IN ('P1', 'P4'), 'child', 'adult') AS role
FROM residences;
INSERT INTO records BY NAME
SELECT unnest(['s:1', 's:2', 's:3']) AS record_id, 's' AS source, '1' AS source_key,
    'person' AS role, [] AS forenames, [] AS surnames, true AS in_latest, false AS sealed;
INSERT INTO members BY NAME
SELECT unnest(['s:1', 's:2', 's:1', 's:3']) AS record_id,
    unnest(['P1', 'P1', 'P2', 'P3']) AS person_id,
    unnest(['accepted', 'accepted', 'possible', 'accepted']) AS state, 0.5 AS probability;
INSERT INTO links BY NAME
SELECT unnest(['s:1', 's:1']) AS record_l, unnest(['s:1', 's:2']) AS record_r, 1.0 AS weight,
    0.5 AS probability, 'model' AS reason, '' AS match_key, 'accepted' AS state;
INSERT INTO relations BY NAME
SELECT 'P1' AS person_id, 'P2' AS other_person_id, 'sibling' AS kind, 's' AS source;
INSERT INTO facts BY NAME
SELECT unnest([1, 2]) AS fact_id, unnest(['s:1', 's:3']) AS record_id, 'involvement' AS kind,
    'community_order' AS type, 's' AS source, 'd' AS delivery_id, 1 AS row,
    DATE '2026-01-01' AS first_told;
"""
"""P1 and P2 share a home, as do P3 and P4; a pair of a record with itself, and a grown-up who is
called a child, show whoever walks a relationship twice."""

SHAPES = {
    "there and back": (
        "MATCH (p:Person)-[:LIVES_AT]->(:Address)<-[:LIVES_AT]-(o:Person)",
        {"ladybug": 8, "neo4j": 4},
    ),
    "two parts of one MATCH": (
        "MATCH (r:Record)-[:CANDIDATE_FOR]->(p:Person), (r)-[:CANDIDATE_FOR]->(o:Person)",
        {"ladybug": 6, "neo4j": 2},
    ),
    "of any length": (
        "MATCH (p:Person)-[:RELATED_TO*2..2]-(o:Person)",
        {"ladybug": 2, "neo4j": 0},
    ),
    "two MATCHes": (
        "MATCH (p:Person)-[:LIVES_AT]->(a:Address) MATCH (a)<-[:LIVES_AT]-(o:Person)",
        {"ladybug": 8, "neo4j": 8},
    ),
}
"""A pattern, and how many rows each engine finds."""

ASKED: dict[str, tuple[dict[str, Any], tuple[str, ...], set[tuple[Any, ...]]]] = {
    "network_expand": (
        {"person_ids": ["P1"]}, ("person_id", "relatives", "agencies", "housemates"),
        {("P1", 1, 1, 1)},
    ),
    "network_housemates": (
        {"person_ids": ["P1", "P3"], "most": 9}, ("person_id", "other_id"),
        {("P1", "P2"), ("P3", "P4")},
    ),
    "network_possible": (
        {"person_ids": ["P1"], "most": 9}, ("person_id", "other_id"), {("P1", "P2")},
    ),
    "person_links": ({"person_id": "P1"}, ("record_l", "record_r"), {("s:1", "s:2")}),
    "person_possible": (
        {"person_id": "P1"}, ("other_id", "record_id", "direction"), {("P2", "s:1", "ours")},
    ),
}  # fmt: skip
"""Every question that walks a relationship of one type twice: what is asked, and what is true."""
CRITERIA = {"community_order": {"P3"}}
"""Every criterion that does, and whom it finds."""

CLAUSE = re.compile(
    r"\bMATCH\b(.*?)(?=\b(?:OPTIONAL|MATCH|WITH|WHERE|RETURN|UNION|UNWIND|CALL)\b|[{}]|\Z)",
    re.DOTALL,
)
TYPES = re.compile(r"\[\w*:([A-Z_|]+)")


def walks_twice(text: str) -> bool:
    """Return whether a MATCH of the text may go along one relationship twice."""
    body = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    for clause in CLAUSE.findall(body):
        types = [each for found in TYPES.findall(clause) for each in found.split("|")]
        if len(types) != len(set(types)) or re.search(r"\[[^\]]*\*", clause):
            return True
    return False


@pytest.fixture(scope="module", params=GRAPH_ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def walked(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[graph.GraphStore]:
    """Two homes and three records, in each engine."""
    folder = tmp_path_factory.mktemp("walked")
    with graph_engine(engine, folder) as given:
        settings = SETTINGS.model_copy(update=given)
        with connect(folder / "tables.duckdb", SETTINGS) as con:
            empty_tables(con)
            con.execute(TOLD)
        graph.build(folder / "tables.duckdb", folder / "graph.lbug", settings, contracts={})
        with graph.open_graph(folder / "graph.lbug", settings) as store:
            yield store


@pytest.mark.parametrize("shape", SHAPES)
def test_engines_walk_as_is_known(shape: str, engine: str, walked: graph.GraphStore) -> None:
    """A pattern that can go along a relationship twice does so in Ladybug, and not in Neo4j."""
    pattern, rows = SHAPES[shape]
    assert walked.rows(f"{pattern} RETURN count(*) AS found") == [{"found": rows[engine]}]


@pytest.mark.parametrize("name", ASKED)
def test_question_tells_the_truth_on_both(name: str, walked: graph.GraphStore) -> None:
    """What a walk would find besides is not among a question's rows, whichever the engine."""
    given, columns, true = ASKED[name]
    rows = walked.rows(name, **given)
    assert sorted(tuple(row[column] for column in columns) for row in rows) == sorted(true)


@pytest.mark.parametrize("name", CRITERIA)
def test_criterion_finds_the_same_on_both(name: str, walked: graph.GraphStore) -> None:
    """Nobody is found by a criterion for living with themselves."""
    queries = {query.header.id: query for pack in read_packs() for query in pack.criteria}
    query = queries[name]
    rows = walked.table(query.text, **query.values({"as_of": DAY}, as_of=DAY)).to_pylist()
    assert {row["subject"] for row in rows} == CRITERIA[name]


def test_every_text_that_walks_twice_is_tried() -> None:
    """A question or criterion that begins to walk one type twice must stand in these tests."""
    questions = {name for name in explore_names() if walks_twice(explore_query(name).text)}
    files = (cypher.ROOT / "criteria").rglob("*.cypher")  # type: ignore[attr-defined]
    criteria = {file.stem for file in files if walks_twice(file.read_text("utf-8"))}
    assert questions == set(ASKED)
    assert criteria == set(CRITERIA)


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("MATCH (a)-[:KNOWS]->(b)<-[k:KNOWS]-(c) RETURN a", True),
        ("MATCH (a)-[:KNOWS]->(b), (b)-[:LIKES|KNOWS]->(c) RETURN a", True),
        ("MATCH (a)-[:KNOWS*1..3]->(b) RETURN a", True),
        ("MATCH (a)-[:KNOWS]->(b) MATCH (b)-[:KNOWS]->(c) RETURN count(*)", False),
        ("MATCH (a)-[:KNOWS]->(b)\nWHERE EXISTS { MATCH (b)-[:KNOWS]->(c) }\nRETURN a", False),
    ],
)
def test_what_walks_twice_is_recognised(text: str, twice: bool) -> None:
    """Only within one MATCH do the engines differ."""
    assert walks_twice(text) is twice
