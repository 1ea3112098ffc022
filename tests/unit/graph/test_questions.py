"""The named questions answer with the columns they declare, and never show what is sealed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

import cypher
from pei_graph import graph
from pei_graph.errors import GraphError
from pei_graph.graph import explore_query
from pei_graph.settings import Settings

NAMES = sorted(
    file.name.removesuffix(".cypher")
    for file in (cypher.ROOT / "explore").iterdir()
    if file.name.endswith(".cypher")
)
ASKED: dict[str, Any] = {
    "family_id": "F-1",
    "person_id": "tim",
    "record_id": "social_care:testa",
    "fact_ids": [1, 2, 3],
    "person_ids": ["tim", "testa", "petra"],
    "family_ids": ["F-1", "F-2"],
}


def ask(store: graph.GraphStore, name: str, **given: Any) -> list[dict[str, Any]]:
    """Return the rows of a question asked of the first family unless ``given`` says otherwise."""
    parameters = explore_query(name).header.parameters
    values = {key: ASKED[key] for key, parameter in parameters.items() if parameter.given}
    return store.rows(name, **{**values, **given})


@pytest.mark.parametrize("name", NAMES)
def test_answers_with_its_columns(name: str, store: graph.GraphStore) -> None:
    """Every row of a question has exactly the columns of its header."""
    declared = list(explore_query(name).header.returns)
    assert all(list(row) == declared for row in ask(store, name))


@pytest.mark.parametrize(
    "name", [name for name in NAMES if "see_sealed" in explore_query(name).header.parameters]
)
@pytest.mark.parametrize(
    "given",
    [{"person_id": "sally"}, {"family_id": "F-2"}, {"person_ids": ["sally", "petra"]}],
    ids=["herself", "her family", "her network"],
)
def test_never_shows_who_is_sealed(
    name: str, given: dict[str, Any], store: graph.GraphStore
) -> None:
    """A question asked in any way about a sealed person does not show the person or her facts."""
    takes = explore_query(name).header.parameters
    rows = ask(store, name, **{key: value for key, value in given.items() if key in takes})
    shown = [str(value).lower() for row in rows for value in row.values()]
    assert not [value for value in shown if "sally" in value]
    assert 5 not in [row.get("fact_id") for row in rows]


def test_sealed_are_shown_when_asked_for(store: graph.GraphStore) -> None:
    """`see_sealed` shows the sealed member, whom no count betrays without it."""
    hidden = ask(store, "family", family_id="F-2")
    shown = ask(store, "family", family_id="F-2", see_sealed=True)
    assert (hidden[0]["members"], shown[0]["members"]) == (1, 2)


def test_dealings_of_an_agency_say_who_leads(store: graph.GraphStore) -> None:
    """Each dealing of a member's has its own status and worker, ended or not."""
    rows = [row for row in ask(store, "family_involvements") if row["source"] == "social_care"]
    assert {(row["status"], row["worker"]) for row in rows} == {
        ("open", "Worker Two"),
        ("closed", "Worker One"),
    }


def test_related_people_elsewhere_are_found(store: graph.GraphStore) -> None:
    """A parent who lives elsewhere stands beside the family, with the home."""
    rows = ask(store, "family_relations")
    assert {(row["person_id"], row["kind"], row["other_id"]) for row in rows} == {
        ("tim", "parent", "petra")
    }
    assert rows[0]["family_id"] == "F-2"
    assert ask(store, "homes", person_ids=["petra"])[0]["line"] == "2 Invented Road"


def test_relation_reads_from_either_side(store: graph.GraphStore) -> None:
    """Asked of the parent, the same relation reads child."""
    rows = ask(store, "person_relations", person_id="petra")
    assert {(row["kind"], row["other_id"]) for row in rows} == {("child", "tim")}


def test_possible_person_is_named_from_both_sides(store: graph.GraphStore) -> None:
    """A record that may be another's is `ours` for one person and `theirs` for the other."""
    ours = ask(store, "person_possible", person_id="testa")
    theirs = ask(store, "person_possible", person_id="petra")
    assert [(row["other_id"], row["direction"]) for row in ours] == [("petra", "ours")]
    assert [(row["other_id"], row["direction"]) for row in theirs] == [("testa", "theirs")]


def test_findings_of_members_and_family(store: graph.GraphStore) -> None:
    """A family's findings are its members' and its own; every criterion found is described."""
    members = ask(store, "family_findings")
    own = ask(store, "family_own_findings", family_id="F-2")
    assert [(row["subject"], row["evidence"]) for row in members] == [("tim", [2])]
    assert [(row["subject"], row["state"]) for row in own] == [("F-2", "cusp")]
    described = {row["criterion_id"]: row["as_of"] for row in ask(store, "criteria_described")}
    assert {row["criterion_id"] for row in (*members, *own)} == described.keys()
    (one,) = ask(store, "person_findings")
    assert {one["as_of"], *described.values()} == {date(2026, 11, 1)}


def test_several_questions_are_answered_together(store: graph.GraphStore) -> None:
    """Questions asked at once have the answers they have one by one, in the order asked."""
    names = ("family_members", "family_relations", "family_involvements")
    together = list(store.answers(names, family_id="F-1", see_sealed=True))
    assert together == [store.rows(name, family_id="F-1", see_sealed=True) for name in names]
    assert all(together)


def test_one_step_of_a_network_is_counted_and_limited(store: graph.GraphStore) -> None:
    """Expanding tells how much it would show, and shows no more rows than asked for."""
    (tim,) = ask(store, "network_expand", person_ids=["tim"])
    assert (tim["relatives"], tim["agencies"], tim["housemates"]) == (1, 1, 1)
    assert len(ask(store, "network_agencies", most=1)) == 1


def test_unknown_question_and_parameter_are_refused(store: graph.GraphStore) -> None:
    """A question that does not exist, and a parameter it does not take, are named."""
    with pytest.raises(GraphError, match="no question no_such"):
        store.rows("no_such")
    with pytest.raises(GraphError, match="famly_id"):
        store.rows("family", famly_id="F-1")


def test_wrong_query_is_refused_without_its_values(store: graph.GraphStore) -> None:
    """The engine's message, which may quote a value, is not passed on."""
    with pytest.raises(GraphError) as error:
        store.rows("MATCH (p:Person {forename: 'Marked'}) RETURN no_such(p.forename) AS marked")
    assert "Marked" not in str(error.value)


def test_answers_many_threads_at_once(store: graph.GraphStore) -> None:
    """More threads than connections get the same answer."""
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda _: ask(store, "family_members"), range(24)))
    assert all(answer == answers[0] for answer in answers)


def test_question_that_takes_too_long_is_stopped(built: Any, settings: Settings) -> None:
    """A query beyond the time limit ends with advice, not with a hanging page."""
    slow = "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b RETURN sum(a * b) AS n"
    hasty = settings.model_copy(update={"graph_buffer_mb": 256, "query_timeout_s": 1})
    with graph.open_graph(built.graph, hasty) as store, pytest.raises(GraphError, match="long"):
        store.rows(slow)
