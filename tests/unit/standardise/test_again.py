"""Sources read again give the tables that reading every source gives."""

from collections.abc import Callable, Sequence
from datetime import date
from string import ascii_lowercase
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pei_graph.tables import (
    ADDRESSES,
    FACTS,
    IDENTIFIERS,
    ISSUES,
    QUARANTINE,
    RECORD_ROWS,
    RECORDS,
)

Rows = Sequence[dict[str, str | None]]
TABLES = (RECORDS, RECORD_ROWS, IDENTIFIERS, ADDRESSES, FACTS, ISSUES, QUARANTINE)
KEPT = {
    "birth_days": "FROM said.birth_days",
    "placeholder_days": "FROM said.placeholder_days",
    "places": "SELECT * EXCLUDE (number) FROM said.places",
    "crowded": "FROM said.crowded",
    "told": "SELECT t.* EXCLUDE (number), said FROM said.told AS t JOIN said.places USING (number)",
}
"""What the next run builds upon: numbers of places are a run's own."""

MORE = """
      - role: partner
        key: partner
        fields: {forename: partner_name}
        address: {line: line, postcode: postcode}
    facts:
      - {about: person, type: benefit, from_date: since, status: state}
    relationships:
      - {person: person, of: partner, kind: {from: kind, codes: kind}}
"""
"""A row may speak of two people: of the second its source may say more elsewhere."""

A_DAY_LATER = date(2026, 11, 2)

LINES = (
    "1 Example Street", "1 Exampel Street", "Flat 2, 1 Example Street", "7 Sample Road", "7 Sample",
    "Example Street", "", None, "The Old Mill, Sample Road", "Old Mill Sample Road",
    "7 Sample Inventon", "2, 1 Example Street",
)  # fmt: skip
ROWS = st.fixed_dictionaries(
    {
        "id": st.sampled_from(("1", "2", "3", "4", "N/K")),
        "partner": st.sampled_from(("2", "5", None)),
        "partner_name": st.sampled_from(("Pat", None)),
        "forename": st.sampled_from(("Testa", "Zoë", None)),
        "surname": st.sampled_from(("Invented", "O'Sample")),
        "born": st.sampled_from(("01/02/2010", "07/07/1977", "31/02/2001", "01/01/1900")),
        "nhs": st.sampled_from(("9434765919", "1", "0000000000", None)),
        "line": st.sampled_from(LINES),
        "postcode": st.sampled_from(("ZZ1 1AA", "ZZ1 1AB", "not known", None)),
        "uprn": st.sampled_from(("1001", "1002", "house", None)),
        "since": st.sampled_from(("01/03/2020", "01/09/2024", None)),
        "kind": st.sampled_from(("P", "Odd", None)),
        "state": st.sampled_from(("open", None)),
        "sealed": st.sampled_from(("yes", "no", None)),
    }
)
DELIVERIES = st.lists(ROWS, min_size=1, max_size=6)


def differing(council: Any, other: Any) -> list[str]:
    """Return the names of the tables in which two councils differ."""
    names = [table.name for table in TABLES if council.table(table.name) != other.table(table.name)]
    kept = [
        name
        for name, query in KEPT.items()
        if sorted(council.read(query), key=repr) != sorted(other.read(query), key=repr)
    ]
    return [*names, *kept]


@given(before=DELIVERIES, after=DELIVERIES, neighbours=DELIVERIES)
@settings(max_examples=12, deadline=None)
def test_one_source_read_again_is_every_source_read(
    empty_council: Callable[[], Any], contract: str, before: Rows, after: Rows, neighbours: Rows
) -> None:
    """Of two sources that share homes and birthdays one delivers again: all is as if read anew."""
    contract = f"codes: {{kind: {{P: partner}}}}\n{contract}{MORE}"
    first, second = ("people", before), ("people", after, A_DAY_LATER)
    upon, anew = empty_council(), empty_council()
    for council, deliveries in ((upon, (first,)), (anew, (first, second))):
        council.deliver("one", contract, *deliveries)
        council.deliver("other", contract, ("people", neighbours))
        council.standardise()
    with upon.beside():
        upon.deliver_again("one", contract, first, second)
        upon.standardise_again("one")
    assert differing(upon, anew) == []


def test_a_day_becomes_a_placeholder_in_a_source_that_delivered_nothing(
    empty_council: Callable[[], Any], contract: str
) -> None:
    """Fifteen records share a day; ten more of another source make it no birthday, and back."""
    council = empty_council()
    usual = [
        {"id": str(day), "born": f"{day:02}/08/1977", "since": "01/03/2020"} for day in range(1, 21)
    ]
    common = [{"id": str(100 + number), "born": "07/07/1977"} for number in range(15)]
    more = [{"id": str(200 + number), "born": "07/07/1977"} for number in range(10)]
    council.deliver("one", contract, ("people", usual))
    council.deliver("other", contract, ("people", common))
    council.standardise()

    def qualities() -> set[tuple[str, str]]:
        return set(
            council.read(
                "SELECT source, birth_date_quality FROM records WHERE birth_date = ?",
                date(1977, 7, 7),
            )
        )

    assert qualities() == {("other", "exact")}
    with council.beside():
        council.deliver_again("one", contract, ("people", usual + more))
        council.standardise_again("one")
    assert qualities() == {("one", "placeholder"), ("other", "placeholder")}
    with council.beside():
        council.deliver_again("one", contract, ("people", usual))
        council.standardise_again("one")
    assert qualities() == {("other", "exact")}


def test_a_home_is_crowded_by_what_two_sources_say(
    empty_council: Callable[[], Any], contract: str
) -> None:
    """Twenty-one surnames at one address, each told twice, make it communal; fewer leave a home."""
    council = empty_council()
    homes = ("1 Example Street", "7 Sample Road")

    def told(line: str, *names: str) -> list[dict[str, str]]:
        return [
            {"id": str(at), "surname": f"Sample{name}", "line": line, "postcode": "ZZ1 1AA"}
            for at, name in enumerate(names)
        ]

    def again(*names: str) -> tuple[set[Any], set[Any]]:
        with council.beside():
            council.deliver_again("one", contract, ("people", told(homes[0], *names)))
            council.standardise_again("one")
            remade = council.read(
                "SELECT line FROM addresses SEMI JOIN readdressed USING (address_id)"
            )
        communal = council.read("SELECT line FROM addresses WHERE kind = 'communal'")
        return set(remade), set(communal)

    many = ascii_lowercase[:21]
    council.deliver("one", contract, ("people", told(homes[1], *many)))
    council.deliver("other", contract, ("people", told(homes[0], *many)))
    council.standardise()
    crowded = (f"{homes[0]}, ZZ1 1AA",)
    remade, communal = again(*many)
    assert crowded in remade
    assert communal == {crowded}
    assert council.read("SELECT rows FROM issues WHERE rule = 'crowded_dwelling'") == [(1,)]
    remade, communal = again(*many[:20], many[0])
    assert crowded in remade
    assert communal == set()
    assert council.read("SELECT rows FROM issues WHERE rule = 'crowded_dwelling'") == []


def test_an_address_completed_by_another_source_follows_it(
    empty_council: Callable[[], Any], contract: str
) -> None:
    """A house without a postcode is where its only namesake is; with two of them, nobody knows."""
    council = empty_council()
    short = [{"id": "1", "line": "1 Example Street", "since": "01/03/2020"}]
    whole = {"id": "1", "line": "1 Example Street", "postcode": "ZZ1 1AA"}
    council.deliver("one", contract, ("people", [{"id": "1", "line": "9 Sample Road"}]))
    council.deliver("other", contract, ("people", short))
    council.standardise()
    alone = council.records()["other:1"]["address_id"]
    with council.beside():
        council.deliver_again("one", contract, ("people", [whole]))
        council.standardise_again("one")
    records = council.records()
    assert records["other:1"]["address_id"] == records["one:1"]["address_id"] != alone
    assert council.read("SELECT DISTINCT address_id FROM facts WHERE source = 'other'") == [
        (records["one:1"]["address_id"],)
    ]
    with council.beside():
        two = [whole, {**whole, "id": "2", "postcode": "ZZ1 1AB"}]
        council.deliver_again("one", contract, ("people", two))
        council.standardise_again("one")
    assert council.records()["other:1"]["address_id"] == alone


def test_a_street_spelt_otherwise_completes_an_address_elsewhere(
    empty_council: Callable[[], Any], contract: str
) -> None:
    """A postcode tells a spelling, that a house, the house a postcode, both a UPRN; and back."""
    council = empty_council()
    misspelt = {"id": "1", "line": "1 Exampel Street", "postcode": "ZZ1 1AA", "uprn": "1001"}
    short = {"id": "2", "line": "1 Example Street"}
    usual = {"line": "7 Example Street", "postcode": "ZZ1 1AA"}
    elsewhere = [{"id": "1", "line": "9 Sample Road"}]
    council.deliver("one", contract, ("people", elsewhere))
    council.deliver("other", contract, ("people", [misspelt, short]))
    council.standardise()
    alone = council.records()["other:2"]["address_id"]
    for rows, found in (
        ([{**usual, "id": "1"}, {**usual, "id": "2", "line": "7a Example Street"}], "u1001"),
        (elsewhere, alone),
    ):
        with council.beside():
            council.deliver_again("one", contract, ("people", rows))
            council.standardise_again("one")
        assert council.records()["other:2"]["address_id"] == found
