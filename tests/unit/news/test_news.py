"""What counts as news of a person."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pei_graph.news import find_news
from pei_graph.settings import Settings
from pei_graph.tables import DELIVERIES, FACTS, MEMBERS
from pei_graph.workspace import connect

LAST = date(2026, 9, 29)
COUNCIL = """
INSERT INTO deliveries BY NAME
SELECT unnest(['school-1', 'school-2', 'police-1', 'police-2']) AS delivery_id,
    unnest(['school', 'school', 'police', 'police']) AS source, 'people' AS list,
    unnest([DATE '2026-08-01', DATE '2026-09-29', DATE '2026-09-20', DATE '2026-09-29'])
        AS delivered_on,
    'loaded' AS status;
INSERT INTO members BY NAME
SELECT unnest(['school:1', 'police:1', 'school:2', 'police:2']) AS record_id,
    unnest(['P-1', 'P-1', 'P-2', 'P-2']) AS person_id, 'accepted' AS state;
INSERT INTO members BY NAME
SELECT 'police:3' AS record_id, 'P-1' AS person_id, 'possible' AS state;
"""

ONE = """
INSERT INTO facts BY NAME
SELECT $number AS fact_id, $record_id AS record_id, $kind AS kind, 'offence' AS type,
    $source AS source, $source || '-2' AS delivery_id, 1 AS row, $first_told AS first_told,
    $address_id AS address_id, $other_record_id AS other_record_id;
"""
NOTHING = {"kind": "involvement", "address_id": None, "other_record_id": None}

Told = Callable[..., list[tuple[int, str]]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Return the news in some facts as of the last of September: which, and of whom."""

    def news(*facts: dict[str, object]) -> list[tuple[int, str]]:
        with connect(Path(":memory:"), Settings(threads=1, temp_dir=tmp_path)) as con:
            for table in (DELIVERIES, MEMBERS, FACTS):
                con.execute(table.ddl)
            con.execute(COUNCIL)
            for number, fact in enumerate(facts, start=1):
                source = str(fact["record_id"]).partition(":")[0]
                con.execute(ONE, {**NOTHING, **fact, "number": number, "source": source})
            find_news(con, as_of=date(2026, 9, 30))
            return con.execute("SELECT fact_id, person_id FROM news ORDER BY fact_id").fetchall()

    return news


def test_what_a_later_delivery_states_first_is_news(told: Told) -> None:
    """News is of an accepted record's person, four weeks at most, and no list's first delivery."""
    facts = [
        {"record_id": "school:1", "first_told": LAST},
        {"record_id": "school:1", "first_told": date(2026, 8, 31)},
        {"record_id": "police:2", "first_told": date(2026, 9, 20)},
        {"record_id": "police:2", "first_told": LAST},
        {"record_id": "police:3", "first_told": LAST},
    ]
    assert told(*facts) == [(1, "P-1"), (4, "P-2")]


@pytest.mark.parametrize(
    ("before", "news"),
    [
        ({"record_id": "school:1", "address_id": "A-1"}, [1, 3]),
        ({"record_id": "school:1", "address_id": "A-1", "first_told": LAST}, [1, 2, 3]),
        ({"record_id": "school:2", "address_id": "A-1"}, [1, 2, 3]),
    ],
)
def test_an_address_that_was_known_is_no_news(
    told: Told, before: dict[str, object], news: list[int]
) -> None:
    """Where any source told earlier that the person lives there, another saying so is not news."""
    early = {"kind": "address", "first_told": date(2026, 9, 20), **before}
    late = {"record_id": "police:1", "kind": "address", "first_told": LAST}
    found = told(early, {**late, "address_id": "A-1"}, {**late, "address_id": "A-2"})
    assert [fact for fact, _ in found] == news


def test_a_tie_that_was_known_is_no_news(told: Told) -> None:
    """Two people are told to be kin once, by whichever of their records."""
    early = {"kind": "relationship", "first_told": date(2026, 8, 1), "record_id": "school:1"}
    late = {"kind": "relationship", "first_told": LAST, "record_id": "police:1"}
    tied = {**late, "other_record_id": "police:2"}
    assert told({**early, "other_record_id": "school:2"}, tied) == []
    assert told({**early, "other_record_id": "school:1"}, tied) == [(2, "P-1")]
