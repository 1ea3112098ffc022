"""The graph is a whole projection of a run's tables, or it is not there."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pei_graph import graph
from pei_graph.contract import Contract
from pei_graph.errors import GraphError
from pei_graph.settings import Settings
from pei_graph.workspace import connect

SETTINGS = Settings(graph_buffer_mb=512, threads=2)
LABELS = {"Record": 6, "Person": 4, "Family": 2, "Address": 2, "Involvement": 5, "Source": 3}


def test_every_row_is_a_node(store: graph.GraphStore) -> None:
    """Each label has as many nodes as its table has rows."""
    assert {label: store.count(label) for label in LABELS} == LABELS


def test_relationships_are_those_of_the_model(store: graph.GraphStore, settings: Settings) -> None:
    """Each relationship of the model stands in the graph, between the labels of the model."""
    # What things are called is among the few words in which the engines differ.
    said = "labels(a)[0] AS a, type(r) AS r, labels(b)[0] AS b"
    if not settings.graph_url:
        said = "label(a) AS a, label(r) AS r, label(b) AS b"
    rows = store.rows(f"MATCH (a)-[r]->(b) RETURN DISTINCT {said}")
    assert {(row["a"], row["r"], row["b"]) for row in rows} == {
        ("Record", "FROM_SOURCE", "Source"),
        ("Record", "CANDIDATE_FOR", "Person"),
        ("Person", "LIVES_AT", "Address"),
        ("Person", "MEMBER_OF", "Family"),
        ("Family", "AT", "Address"),
        ("Person", "RELATED_TO", "Person"),
        ("Record", "EVIDENCES", "Involvement"),
        ("Person", "INVOLVED_IN", "Involvement"),
        ("Involvement", "WITH_AGENCY", "Source"),
        ("Person", "MEETS", "Criterion"),
        ("Family", "MEETS", "Criterion"),
    }


def test_only_pairs_at_the_review_floor_are_loaded(run: Any) -> None:
    """A pair refused by weight stays out; one refused by a veto, and a possible one, are loaded."""
    bits = "{'forename': 0, 'surname': 0, 'birth_date': 0, 'sex': 0, 'address': 0,"
    bits += " 'identifier': 0, 'household': 0, 'age_band': 0}"
    pairs = (
        ("police:petra", "police:testa", "refused", None),
        ("police:petra", "social_care:testa", "possible", None),
        ("schools:tim", "social_care:tim", "accepted", None),
        ("schools:sally", "schools:tim", "refused", "birth_date"),
    )
    with connect(run.tables, SETTINGS) as con:
        for left, right, state, veto in pairs:
            con.execute(
                "INSERT INTO links (record_l, record_r, weight, probability, reason, match_key,"
                f" state, veto, bits) VALUES (?, ?, 1, 0.6, 'model', '', ?, ?, {bits})",
                [left, right, state, veto],
            )
    graph.build(run.tables, run.graph, SETTINGS, contracts={})
    with graph.open_graph(run.graph, SETTINGS) as store:
        rows = store.rows("MATCH (:Record)-[s:SAME_AS]->(:Record) RETURN s.state AS state")
    assert sorted(row["state"] for row in rows) == ["accepted", "possible", "refused"]


def test_too_little_memory_for_the_engine_is_told(run: Any) -> None:
    """A graph that does not fit says which setting to change."""
    small = SETTINGS.model_copy(update={"graph_buffer_mb": 2, "graph_url": ""})
    with pytest.raises(GraphError, match="PEI_GRAPH_BUFFER_MB"):
        graph.build(run.tables, run.graph, small, contracts={})


def test_relationship_dates_have_the_names_of_the_model(run: Any) -> None:
    """`from` and `to` of a residence are dates under those names."""
    with connect(run.tables, SETTINGS) as con:
        con.execute("UPDATE residences SET from_date = DATE '2020-05-06' WHERE person_id = 'tim'")
    graph.build(run.tables, run.graph, SETTINGS, contracts={})
    with graph.open_graph(run.graph, SETTINGS) as store:
        rows = store.rows(
            "MATCH (p:Person {person_id: 'tim'})-[l:LIVES_AT]->() RETURN l.from AS f, l.to AS t"
        )
    assert [(str(row["f"]), row["t"]) for row in rows] == [("2020-05-06", None)]


def test_sources_are_described_by_their_contracts(run: Any) -> None:
    """A Source node carries its contract's title and contact, and the types it states or may."""
    contract = Contract.model_validate(
        {
            "id": "police", "title": "Invented Police", "agency": "Police", "owner": "Data team",
            "contact": {"team": "Front desk", "telephone": "01632 960000"},
            "freshness": {"every": "weekly", "since": "2020", "covers": "the county"},
            "evidences": ["proven_offence"],
            "lists": {
                "crimes": {
                    "title": "Crimes",
                    "people": [{"role": "person", "key": "id"}],
                    "facts": [{"type": "offence", "about": "person"}],
                },
            },
        }
    )  # fmt: skip
    graph.build(run.tables, run.graph, SETTINGS, contracts={"police": contract})
    with graph.open_graph(run.graph, SETTINGS) as store:
        police = store.rows(
            "MATCH (s:Source {source: 'police'})"
            " RETURN s.title AS title, s.telephone AS telephone, s.types AS types"
        )
    assert police == [
        {
            "title": "Invented Police",
            "telephone": "01632 960000",
            "types": ["offence", "police_incident"],
        }
    ]


def test_graph_that_cannot_be_whole_is_removed(run: Any) -> None:
    """A fact of an unknown person stops the build, names no value and leaves no file behind."""
    with connect(run.tables, SETTINGS) as con:
        con.execute("UPDATE members SET person_id = 'Marked Name' WHERE person_id = 'petra'")
    with pytest.raises(GraphError) as error:
        graph.build(run.tables, run.graph, SETTINGS, contracts={})
    assert "Marked" not in str(error.value)
    assert {file.name for file in run.folder.iterdir()} <= {"tables.duckdb", "spill"}


def test_graph_grows_while_its_tables_are_still_being_made(run: Any) -> None:
    """Records added before anyone is resolved, on a connection in use, make the same graph."""
    with (
        connect(run.tables, SETTINGS) as con,
        graph.growing(run.graph, SETTINGS, contracts={}) as growing,
    ):
        con.execute("ALTER TABLE persons RENAME TO persons_to_come")
        con.execute("SELECT record_id FROM records")
        growing.add(con, graph.STANDARDISED)
        con.execute("ALTER TABLE persons_to_come RENAME TO persons")
        con.execute("SELECT person_id FROM persons")
        growing.add(con, graph.RESOLVED)
    with graph.open_graph(run.graph, SETTINGS) as store:
        assert {label: store.count(label) for label in LABELS} == LABELS


def test_stage_that_fails_beside_a_growing_graph_leaves_none(run: Any) -> None:
    """A graph whose other half never comes is removed."""
    with connect(run.tables, SETTINGS) as con, pytest.raises(GraphError, match="never came"):
        _grow_half(run, con)
    assert {file.name for file in run.folder.iterdir()} <= {"tables.duckdb", "spill"}


def _grow_half(run: Any, con: duckdb.DuckDBPyConnection) -> None:
    with graph.growing(run.graph, SETTINGS, contracts={}) as growing:
        growing.add(con, graph.STANDARDISED)
        raise GraphError("The persons never came")


def test_there_must_be_a_graph_to_open(tmp_path: Path) -> None:
    """Opening a graph that was never built says what to do."""
    with pytest.raises(GraphError, match="pei run"):
        graph.open_graph(tmp_path / "graph.lbug", SETTINGS)


def test_scores_and_lists_come_back_as_the_tables_have_them(run: Any) -> None:
    """What the graph keeps as whole numbers and text is answered as shares, bits and lists."""
    bits = "{'forename': 0, 'surname': 0, 'birth_date': 0, 'sex': 0, 'address': 0,"
    bits += " 'identifier': 0, 'household': 0, 'age_band': 0}"
    with connect(run.tables, SETTINGS) as con:
        con.execute(
            "UPDATE members SET probability = 0.99999999, weakest_link = 12.3456"
            " WHERE person_id = 'tim'"
        )
        con.execute("UPDATE residences SET sources = ['schools', 'police'] WHERE person_id = 'tim'")
        con.execute(
            "INSERT INTO identifiers (record_id, scheme, value, valid) VALUES"
            " ('schools:tim', 'upn', 'A1', true), ('schools:tim', 'nhs_number', '9', true)"
        )
        con.execute(
            "INSERT INTO links (record_l, record_r, weight, probability, reason, match_key, state,"
            " bits) VALUES ('schools:tim', 'social_care:tim', 1.5, 1 / (1 + 2 ** -1.5), 'model',"
            f" '', 'accepted', {bits})"
        )
    graph.build(run.tables, run.graph, SETTINGS, contracts={})
    with graph.open_graph(run.graph, SETTINGS) as store:
        records = {row["record_id"]: row for row in store.rows("person_records", person_id="tim")}
        (link,) = store.rows("person_links", person_id="tim")
        (address,) = store.rows("person_addresses", person_id="tim")
    school = records["schools:tim"]
    assert school["source_key"] == "tim"
    assert school["identifiers"] == ["nhs_number:9", "upn:A1"]
    assert (school["probability"], school["weakest_link"]) == (0.999999, 12.346)
    assert records["social_care:tim"]["identifiers"] is None
    assert (link["weight"], round(link["probability"], 6)) == (1.5, 0.738796)
    assert address["sources"] == ["schools", "police"]
