"""Two forenames of one birth date: one person's two names, or two people's."""

from datetime import date
from typing import Any

import pytest

SUSPECTED = {"address_id": "other home", "surname": "invented"}


def _twins(council: Any) -> None:
    """Two sources hold both of forty pairs of twins of primary school age."""
    for source in ("schools", "health"):
        council.crowd(
            80,
            source=source,
            surname="'example' || i // 2",
            birth_date="make_date(2016, 1 + i // 2 % 12, 1 + i // 2 % 28)",
            address_id="'home ' || i // 2",
            forename="CASE i % 2 WHEN 0 THEN 'tim' ELSE 'quill' END || chr((97 + i // 8)::INTEGER)",
        )


def _grown_up(council: Any) -> None:
    """Two other sources know 150 adults, each by another name."""
    for source, forename in (("police", "mona"), ("benefits", "zed")):
        council.crowd(
            150,
            source=source,
            surname="'other' || i",
            birth_date="make_date(1985, 1 + i % 12, 1 + i % 28)",
            address_id="'own home ' || i",
            forename=f"'{forename}' || i",
        )


@pytest.mark.parametrize(("year", "veto"), [(1986, None), (2016, "forename")])
def test_how_old_somebody_is_tells_two_names_from_twins(
    council: Any, year: int, veto: str | None
) -> None:
    """Where twins are known among children alone, two names of a grown-up are one person's."""
    _twins(council)
    _grown_up(council)
    for source, forename in (("police", "ursula"), ("benefits", "kim")):
        council.record(f"{source}:one", forename=forename, birth_date=date(year, 5, 6), **SUSPECTED)
    council.linked()
    assert council.veto("police:one", "benefits:one") == veto


@pytest.mark.parametrize(("year", "veto"), [(1986, None), (2016, "forename")])
def test_who_is_known_by_a_postcode_alone_is_told_from_twins_too(
    council: Any, year: int, veto: str | None
) -> None:
    """It means the only home with it where somebody of that surname and birth date lives."""
    _twins(council)
    _grown_up(council)
    born = {"birth_date": date(year, 5, 6), "surname": "invented", "postcode": "OU1 1AA"}
    council.record("police:one", forename="ursula", address_id="other home", **born)
    council.record("benefits:one", forename="kim", address_id=None, **born)
    council.linked()
    assert council.veto("police:one", "benefits:one") == veto


def test_a_slip_in_a_name_makes_nobody_a_twin(council: Any) -> None:
    """A source that holds one name twice, once misspelt, knows one person there and not two."""
    _twins(council)
    _grown_up(council)
    born = date(1986, 5, 6)
    for record, forename in (
        ("police:1", "ursula"),
        ("police:2", "ursulla"),
        ("benefits:1", "kim"),
    ):
        council.record(record, forename=forename, birth_date=born, **SUSPECTED)
    council.linked()
    assert council.veto("police:1", "benefits:1") is None


def test_two_names_that_an_identifier_holds_together_are_one_persons(council: Any) -> None:
    """Wherever else either stands with that surname and birth date; a twin's name is another."""
    born = date(2015, 3, 14)
    for record, forename in (
        ("schools:1", "mona"), ("health:1", "zed"), ("police:1", "mona"), ("housing:1", "zed"),
        ("police:2", "quill"),
    ):  # fmt: skip
        council.record(record, forename=forename, surname="example", birth_date=born)
    for record in ("schools:1", "health:1"):
        council.identifier(record, "upn", "A123")
    council.linked()
    assert council.veto("police:1", "housing:1") is None
    assert council.veto("police:2", "housing:1") == "forename"


def test_a_name_that_somebody_is_known_to_go_by_forbids_nothing(council: Any) -> None:
    """One record gives both names; another gives the second alone, without birth date or home."""
    council.record(
        "schools:1",
        forename="mona",
        forenames=["mona", "zed"],
        surname="example",
        birth_date=date(1980, 3, 14),
    )
    council.record("health:1", forename="mona", surname="example", birth_date=date(1980, 3, 14))
    nowhere = {"address_id": None, "postcode": None, "surname": "example"}
    council.record("police:1", forename="zed", **nowhere)
    council.record("police:2", forename="z", **nowhere)
    council.record("police:3", forename="quill", **nowhere)
    council.linked()
    vetoes = [council.veto("health:1", f"police:{number}") for number in (1, 2, 3)]
    assert vetoes == [None, None, "forename"]


@pytest.mark.parametrize(("second", "veto"), [("schools", "forename"), ("health", None)])
def test_names_given_to_twins_again_and_again_are_not_one_name(
    council: Any, second: str, veto: str | None
) -> None:
    """Two names that one source holds beside each other in home after home are twins' names."""
    for number in range(4):
        at = {"address_id": f"home {number}", "postcode": f"IN{number} 1AA"}
        for source, forename in (("schools", "hasim"), (second, "quillon")):
            council.record(
                f"{source}:{number}{forename}",
                forename=forename,
                surname=f"example{number}",
                birth_date=date(2010, 2, 3 + number),
                **at,
            )
    council.crowd(200, forename="'other' || i", surname="'elsewhere' || i", birth_date="NULL::DATE")
    council.linked()
    assert council.veto("schools:0hasim", f"{second}:0quillon") == veto


@pytest.mark.parametrize(("short", "veto"), [("krzy", None), ("zofi", "forename")])
def test_names_that_begin_alike_are_learnt_sooner(
    council: Any, short: str, veto: str | None
) -> None:
    """Of two families a short name is learnt where it begins as the long one does."""
    for number in range(2):
        at = {"address_id": f"home {number}", "postcode": f"IN{number} 1AA"}
        for source, forename in (("schools", "krambowiak"), ("health", short)):
            council.record(
                f"{source}:{number}",
                forename=forename,
                surname=f"example{number}",
                birth_date=date(2010, 2, 3 + number),
                **at,
            )
    council.crowd(200, forename="'other' || i", surname="'elsewhere' || i", birth_date="NULL::DATE")
    council.linked()
    assert council.veto("schools:0", "health:0") == veto


@pytest.mark.parametrize(
    ("other", "veto"),
    [
        ({}, None),
        ({"surname": "elsewhere"}, "forename"),
        ({"birth_date": date(1986, 5, 7)}, "forename"),
    ],
    ids=["of one surname and birth date", "another surname", "another birth date"],
)
def test_two_names_are_told_from_twins_wherever_they_live(
    council: Any, other: dict[str, Any], veto: str | None
) -> None:
    """Grown-ups of one surname and birth date whom two sources know at two homes by two names."""
    _twins(council)
    _grown_up(council)
    born = {"birth_date": date(1986, 5, 6), "surname": "invented"}
    council.record("police:one", forename="ursula", address_id="a home", **born)
    council.record("benefits:one", forename="kim", address_id="a new home", **{**born, **other})
    council.linked()
    assert council.veto("police:one", "benefits:one") == veto


def test_whom_one_source_knows_by_both_names_at_two_homes_are_two(council: Any) -> None:
    """A source that holds nobody twice has two records of that surname and birth date."""
    _twins(council)
    _grown_up(council)
    born = {"birth_date": date(2016, 5, 6), "surname": "invented"}
    council.record("schools:one", forename="ursula", address_id="a home", **born)
    council.record("schools:two", forename="kim", address_id="a new home", **born)
    council.record("police:one", forename="kim", address_id="a third home", **born)
    council.linked()
    assert council.veto("police:one", "schools:one") == "forename"
