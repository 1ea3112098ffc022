"""Which dates a criterion holds against a day is read from its text, or not concluded at all."""

import pytest

from pei_graph.criteria import read_packs
from pei_graph.criteria.held import dates_held
from pei_graph.graph import Query

(PACK,) = read_packs()
BY_ID = {each.header.id: each for each in PACK.criteria}


HEADER = BY_ID["persistent_absence"].header
PARAMETERS = HEADER.parameters | {"recent": HEADER.parameters["oldest"]}


def held(conditions: str, told: str = "p.person_id AS subject") -> set[str] | None:
    """Return the comparisons read from a text about a person's involvements, as it writes them."""
    text = f"MATCH (p:Person)-[:INVOLVED_IN]->(i:Involvement)\n{conditions}\nRETURN\n  {told}\n"
    found = dates_held(Query(HEADER.model_copy(update={"parameters": PARAMETERS}), text))
    return None if found is None else {f"{h.date} {h.side} ${h.parameter}" for h in found}


def test_every_packaged_criterion_of_few_is_understood() -> None:
    """None of them is asked of everybody for the day alone."""
    of_few = [each for each in PACK.criteria if each.header.reach == "own"]
    assert [each.header.id for each in of_few if not dates_held(each)] == []
    school_roll = dates_held(BY_ID["no_school_roll"]) or ()
    assert {(each.date, each.side, each.parameter) for each in school_roll} == {
        ("birth_date", "<=", "youngest"),
        ("birth_date", ">", "oldest"),
        ("to", ">", "as_of"),
        ("to", ">", "recent"),
        ("to", ">", "grace"),
    }


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ("WHERE i.from > $recent AND i.from <= $as_of", {"from > $recent", "from <= $as_of"}),
        ("WHERE i.type = 'from > $x' OR NOT (i.to >= $as_of)", {"to >= $as_of"}),
        ("WHERE p.birth_date < $recent", {"birth_date < $recent"}),
        ("WITH p, max(i.to) AS ended\nWHERE ended > $recent", {"to > $recent"}),
        ("WITH p, i.from AS began, i\nWHERE began > $recent", {"from > $recent"}),
        ("WITH p, count(CASE WHEN i.to > $as_of THEN 1 END) AS open", {"to > $as_of"}),
        ("WITH p, collect({began: i.from}) AS known\nWHERE p.birth_date > $as_of",
         {"birth_date > $as_of"}),
        ("where I.FROM > $recent", {"from > $recent"}),
    ],
)  # fmt: skip
def test_dates_are_read(conditions: str, found: set[str]) -> None:
    """A date of the person's own, by itself or by a name, held against a day as a condition."""
    assert held(conditions) == found


@pytest.mark.parametrize(
    "conditions",
    [
        "WHERE i.from + $span > $as_of",
        "WHERE i.from > $as_of - $span",
        "WHERE i.from > $recent + 1",
        "WHERE $recent < i.from",
        "WHERE i.from = $as_of",
        "WHERE i.from IN [$as_of]",
        "WHERE i.to - i.from > $recent",
        "WHERE (i.from) > $recent",
        "WHERE i.from > $recent = true",
        "WHERE i.from > $recent < i.to",
        "WHERE 1 < i.from > $recent",
        "WHERE i.from > coalesce($recent, $as_of)",
        "WHERE coalesce(i.to, i.from) > $as_of",
        "WHERE i.value > $as_of",
        "WHERE i.from > $unknown",
        "WHERE q.from > $recent",
        "WHERE p.sources > $recent",
        "WHERE i.to + $span // WHERE i.from\n > $as_of",
        "WHERE i.to + $span /* WHERE i.from */ > $as_of",
        "WHERE i.`from` > $as_of",
        "WHERE i.type = 'it\\'s' AND i.from > $as_of",
        "WHERE i.type = 'open AND i.from > $as_of",
        "WHERE i.from > $as_of AND date() > i.from",
        "WHERE i.from > $as_of AND i.from > date.realtime()",
        "WHERE i.from > $as_of AND i.detail = current_date",
        "WHERE i.from > $as_of AND any(i IN [1] WHERE i > 0)",
        "WHERE i.from > $as_of AND size(list_filter([1], i -> i > 0)) > 0",
        "WHERE size([i IN [{from: p.birth_date}] WHERE (i.from > $as_of) | 1]) > 0",
        "WITH p, i, 1 AS date\nWHERE i.from > $as_of AND date() > i.from",
        "WITH p, {from: i.from + $span} AS i\nWHERE i.from > $as_of",
        "WITH p, i.from + $span AS ended\nWHERE ended > $as_of",
        "WITH p, $span + i.from AS ended\nWHERE ended > $as_of",
        "WITH p, $span + max(i.to) AS ended\nWHERE ended > $as_of",
        "WITH p, max(i.to) + $span AS ended\nWHERE ended > $as_of",
        "WITH p, max(coalesce(i.to, i.from)) AS ended\nWHERE ended > $as_of",
        "WITH p, max(i.to) AS ended\nWITH p, ended + $span AS ended\nWHERE ended > $as_of",
        "UNWIND [p.birth_date] AS ended\nWITH p, ended\nWHERE ended > $as_of",
        "MATCH (p)<-[:CANDIDATE_FOR]-(r:Record)\nWHERE r.first_seen > $recent",
        "MATCH (p)<-[:CANDIDATE_FOR]-(r:Involvement|Record)\nWHERE r.from > $recent",
        "MATCH (p)<-[c:CANDIDATE_FOR]-()\nWHERE c.from > $recent",
        "SET i.from = $as_of",
    ],
)
def test_nothing_else_is_concluded(conditions: str) -> None:
    """A day that is used otherwise, or a word that is not known, and the text is not understood."""
    assert held(conditions) is None


def test_a_day_that_is_told_is_not_understood() -> None:
    """Who is found is found otherwise each day where the day is in the answer."""
    assert held("WHERE i.from > $recent", "p.person_id AS subject, $as_of AS since") is None
