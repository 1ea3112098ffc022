"""Identifiers link first, unless they contradict what is known of the people."""

from datetime import date
from typing import Any


def test_a_shared_identifier_links_records_without_names(council: Any) -> None:
    """A record with nothing but a UPN belongs to the pupil who bears it."""
    council.record("schools:1", forename="testa", surname="example", birth_date=date(2012, 3, 4))
    council.record("ssda903:1", address_id=None, postcode=None)
    for record in ("schools:1", "ssda903:1"):
        council.identifier(record, "upn", "A000000000001")
    links = council.linked()
    assert {pair: (row["state"], row["reason"]) for pair, row in links.items()} == {
        ("schools:1", "ssda903:1"): ("accepted", "identifier")
    }


def test_an_identifier_outranks_a_changed_name(council: Any) -> None:
    """A pupil known by another forename in one system is still one pupil."""
    born = date(2012, 3, 4)
    council.record("schools:1", forename="testa", surname="example", birth_date=born)
    council.record("health:1", forename="mona", surname="other", birth_date=born)
    for record in ("schools:1", "health:1"):
        council.identifier(record, "nhs_number", "9990000001")
    assert council.states() == {("health:1", "schools:1"): "accepted"}
    assert council.veto("health:1", "schools:1") is None


def test_an_identifier_of_two_different_people_is_a_conflict(council: Any) -> None:
    """Where name and birth date both disagree, a person must look: shared numbers exist."""
    council.record("schools:1", forename="testa", surname="example", birth_date=date(2012, 3, 4))
    council.record("health:1", forename="mona", surname="other", birth_date=date(1980, 7, 8))
    for record in ("schools:1", "health:1"):
        council.identifier(record, "nhs_number", "9990000001")
    row = council.linked()["health:1", "schools:1"]
    assert (row["state"], row["veto"]) == ("possible", "identifier_conflict")


def test_an_invalid_identifier_has_no_force(council: Any) -> None:
    """A number that fails its check digit links nobody."""
    council.record("schools:1", forename="testa", address_id=None, postcode=None)
    council.record("health:1", forename="mona", address_id=None, postcode=None)
    for record in ("schools:1", "health:1"):
        council.identifier(record, "nhs_number", "9990000001")
    council.con.execute("UPDATE identifiers SET valid = false")
    assert council.states() == {}


def test_an_identifier_of_many_people_is_generic(council: Any) -> None:
    """A number typed for everyone whose own is unknown joins nobody."""
    names = ("testa", "mona", "tim", "zed", "quill", "brin", "olwen", "jory")
    for number, forename in enumerate(names):
        record = council.record(
            f"schools:{number}",
            forename=forename,
            surname=f"example{forename}",
            birth_date=date(2001 + number, 1 + number, 3),
            address_id=f"home {number}",
        )
        council.identifier(record, "upn", "A999999999999")
    assert council.states() == {}


def test_many_holders_of_one_identifier_make_few_pairs(council: Any) -> None:
    """One person's many records are chained: the pairs do not grow with their square."""
    for number in range(12):
        record = council.record(f"lcs:{number:02d}", address_id=None, postcode=None)
        council.identifier(record, "nhs_number", "9990000001")
    assert len(council.states()) == 11
