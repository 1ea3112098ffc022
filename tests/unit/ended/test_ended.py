"""What has ended though its source gives no day for it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pei_graph.contract import read_contracts
from pei_graph.ended import find_ended
from pei_graph.settings import Settings
from pei_graph.tables import FACTS, MEMBERS, RECORDS
from pei_graph.workspace import connect

AS_OF = date(2026, 9, 30)
JANUARY, MARCH, JULY = date(2026, 1, 5), date(2026, 3, 2), date(2026, 7, 1)

RECORD = """
INSERT INTO records BY NAME
SELECT $record AS record_id, $record <> 'gone:1' AS in_latest
"""
MEMBER = """
INSERT INTO members BY NAME
SELECT $record AS record_id, $person AS person_id, $state AS state
"""
FACT = """
INSERT INTO facts BY NAME
SELECT $number AS fact_id, $record AS record_id, 'involvement' AS kind, $type AS type,
    split_part($record, ':', 1) AS source, $from AS from_date, $to AS to_date, $status AS status
"""
PEOPLE = [
    ("lcs:1", "P-1", "accepted"),
    ("return:1", "P-1", "accepted"),
    ("gone:1", "P-1", "accepted"),
    ("return:2", "P-2", "accepted"),
    ("lcs:3", "P-3", "accepted"),
    ("lcs:3", "P-2", "possible"),
]

Fact = dict[str, object]
Ended = Callable[..., dict[int, str]]


def fact(record: str, began: date | None = JANUARY, ended: date | None = None, **of: str) -> Fact:
    """A child in need, unless it says otherwise."""
    told = {"record": record, "from": began, "to": ended, "status": None}
    return {**told, "type": "child_in_need", **of}


@pytest.fixture
def ended(tmp_path: Path) -> Ended:
    """Return which of some facts have ended, by their number from 1, and why."""

    def found(*facts: Fact) -> dict[int, str]:
        with connect(Path(":memory:"), Settings(threads=1, temp_dir=tmp_path)) as con:
            for table in (RECORDS, MEMBERS, FACTS):
                con.execute(table.ddl)
            for record in {record for record, *_ in PEOPLE}:
                con.execute(RECORD, {"record": record})
            for record, person, state in PEOPLE:
                con.execute(MEMBER, {"record": record, "person": person, "state": state})
            for number, each in enumerate(facts, start=1):
                con.execute(FACT, {**each, "number": number})
            find_ended(con, read_contracts(), as_of=AS_OF)
            return dict(con.execute("SELECT fact_id, because FROM ended ORDER BY ALL").fetchall())

    return found


def test_what_its_own_source_closed_or_lists_no_more_has_ended(ended: Ended) -> None:
    """Of whatever type, unless a day is given; what happens on a day does not go on anyhow."""
    facts = [
        fact("lcs:1", type="debt"),
        fact("lcs:1", type="debt", status="closed"),
        fact("gone:1", type="debt"),
        fact("gone:1", type="debt", status="closed"),
        fact("gone:1", JANUARY, JULY, type="debt"),
        fact("gone:1", type="offence", status="closed"),
    ]
    assert ended(*facts) == {2: "closed", 3: "unlisted", 4: "closed"}


def test_a_source_that_knows_the_end_ends_what_another_has_open(ended: Ended) -> None:
    """What began that day, and what began before the end of the last that it closed."""
    assert ended(fact("return:1"), fact("lcs:1", JANUARY, JULY)) == {1: "elsewhere"}
    assert ended(fact("return:1", MARCH), fact("lcs:1", JANUARY, JULY)) == {1: "elsewhere"}
    assert ended(fact("lcs:1"), fact("lcs:1", JANUARY, JULY)) == {1: "elsewhere"}
    assert ended(fact("return:1"), fact("lcs:1", JANUARY, JANUARY)) == {1: "elsewhere"}
    planned = fact("return:1", JANUARY, date(2027, 1, 1))
    assert ended(planned, fact("lcs:1", JANUARY, JULY)) == {1: "elsewhere"}


@pytest.mark.parametrize(
    ("open_one", "others"),
    [
        (fact("return:1", JULY), [fact("lcs:1", JANUARY, JULY)]),
        (fact("return:1", MARCH), [fact("lcs:1", JANUARY, JULY), fact("lcs:1", JULY)]),
        (fact("lcs:1"), [fact("return:1", JANUARY, MARCH), fact("return:1", MARCH)]),
        (fact("return:1"), [fact("lcs:1", JANUARY, date(2026, 10, 1))]),
        (fact("return:1"), [fact("lcs:1", JANUARY, JULY, type="looked_after")]),
        (fact("return:1", type="early_help"), [fact("lcs:1", JANUARY, JULY, type="early_help")]),
        (fact("return:2"), [fact("lcs:1", JANUARY, JULY)]),
        (fact("return:2"), [fact("lcs:3", JANUARY, JULY)]),
        (fact("return:1", None), [fact("lcs:1", JANUARY, JULY)]),
    ],
    ids=[
        "what began as the other ended",
        "one that the other source goes on with",
        "the whole of what the other source has in two",
        "an end to come",
        "another type",
        "what somebody may be in twice at once",
        "another person",
        "a record that may be theirs",
        "a beginning that nobody gave",
    ],
)
def test_what_nobody_knows_to_have_ended_goes_on(
    ended: Ended, open_one: Fact, others: list[Fact]
) -> None:
    """Another end ends it only where it must be its own."""
    assert ended(open_one, *others) == {}
