"""People whom a list names by a key alone, and nobody describes, are told of."""

from collections.abc import Iterator

import duckdb
import pytest
from alike_sources import READ, SAME, Row, Sources, examples

from pei_graph.tables import MISREAD


@pytest.fixture
def sources() -> Iterator[Sources]:
    """Give a source of people and their visits, and another that knows 40 of those people."""
    with duckdb.connect() as con:
        found = Sources(con)
        found.contract("housing", people=READ, visits={})
        found.contract("schools")
        found.say("housing", examples())
        found.say("schools", examples())
        yield found


def keys_alone(numbers: range) -> dict[int, Row]:
    """Return what a list that gives nothing but keys says of people."""
    return {number: {"forename": None, "sex": None} for number in numbers}


def test_keys_that_lead_to_nobody_are_told(sources: Sources) -> None:
    """With the list, the column of the key, of how many people, and what to do."""
    sources.say("housing", keys_alone(range(500, 512)), list_id="visits")
    [told] = sources.told()
    assert (told["source"], told["list"], told["column"]) == ("housing", "visits", "Id")
    assert (told["rule"], told["severity"], told["rows"]) == (MISREAD["keys"], "warning", 12)
    assert "12 of 52 people of this source are known by their key" in told["advice"]


def test_who_is_described_by_another_source_is_no_stranger(sources: Sources) -> None:
    """A source may say nothing of people but a number by which another knows them."""
    sources.say("housing", keys_alone(range(SAME, SAME + 40)), list_id="visits")
    assert sources.told() == []


@pytest.mark.parametrize(("others", "strangers"), [(1, 9), (400, 20)])
def test_a_few_strangers_are_not_told(sources: Sources, others: int, strangers: int) -> None:
    """Some people are deleted from any system while what was noted of them is kept."""
    sources.say("housing", examples(range(1000, 1000 + others)))
    sources.say("housing", keys_alone(range(500, 500 + strangers)), list_id="visits")
    assert sources.told() == []
