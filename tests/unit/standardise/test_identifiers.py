"""Identifiers are normalised and checked; a wrong one is kept, marked and told."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.gb import nhs, upn

UPN = "B801200005001"
NHS = "9434765919"


def _carried(council: Any, *schemes: str) -> set[tuple[str, str, bool]]:
    return {
        (row["scheme"], row["value"], row["valid"])
        for row in council.table("identifiers")
        if row["scheme"] in schemes or not schemes
    }


def test_identifiers_are_normalised_and_checked(people: Callable[..., Any]) -> None:
    """Spaces, dashes, case, a spreadsheet's .0 and the last letter of a NINO fall away.

    A wrong check digit is kept, and is not valid.
    """
    made = people(
        {"upn": f" {UPN.lower()}", "nhs": "943 476 5919", "nino": "ce 12 34 56 a", "ehm": "e-17"},
        {"upn": "A801200005001", "nhs": "943 476 5918", "nino": "BG123456C"},
        {"nhs": "9434765919.0"},
    )
    assert _carried(made) == {
        ("upn", UPN, True),
        ("nhs_number", NHS, True),
        ("nino", "CE123456", True),
        ("ehm_id", "E17", True),
        ("upn", "A801200005001", False),
        ("nhs_number", "9434765918", False),
        ("nino", "BG123456", False),
    }


def test_a_former_upn_is_a_upn(people: Callable[..., Any]) -> None:
    """Both the present and the former pupil number identify the pupil."""
    other = upn.calc_check_digit("801200005002") + "801200005002"
    made = people({"upn": UPN, "old_upn": other})
    assert _carried(made) == {("upn", UPN, True), ("upn", other, True)}


def test_placeholders_are_no_identifiers(people: Callable[..., Any]) -> None:
    """Runs of one digit and well-known fillers are dropped, and counted in an issue."""
    made = people(
        {"nhs": "0000000000"}, {"nhs": "999 999 9999"}, {"nhs": "UNKNOWN"}, {"ehm": "0"},
        {"nino": "QQ 12 34 56 C"}, {"nino": "ab123456"},
    )  # fmt: skip
    assert _carried(made) == set()
    assert made.issues() == {
        ("placeholder_identifier", "nhs", 2, 3),
        ("placeholder_identifier", "ehm", 5, 1),
        ("placeholder_identifier", "nino", 6, 2),
    }


def test_invalid_identifiers_are_counted_by_column(people: Callable[..., Any]) -> None:
    """One issue a column says how many rows are concerned and which is the first."""
    made = people({"nhs": NHS}, {"nhs": "12"}, {"nhs": "13"}, {"uln": "12"})
    assert made.issues("invalid_identifier") == {
        ("invalid_identifier", "nhs", 3, 2),
        ("invalid_identifier", "uln", 5, 1),
    }


def test_a_key_that_others_quote_is_an_identifier(empty_council: Callable[..., Any]) -> None:
    """A source's own key and another's reference to it are one value of one scheme."""
    text = """
{scheme}
lists:
  people:
    title: People
    files: "*.csv"
    people: [{{role: child, key: id, identifiers: {identifiers}}}]
"""
    council = empty_council()
    council.deliver(
        "lcs",
        text.format(scheme="key_scheme: la_child_id", identifiers="{}"),
        ("people", [{"id": "c-12"}]),
    )
    council.deliver(
        "ehm",
        text.format(scheme="", identifiers="{la_child_id: lcs}"),
        ("people", [{"id": "9", "lcs": "C12"}]),
    )
    rows = council.standardise().table("identifiers")
    assert {(row["record_id"], row["scheme"], row["value"]) for row in rows} == {
        ("lcs:c-12", "la_child_id", "C12"),
        ("ehm:9", "la_child_id", "C12"),
    }


@pytest.mark.parametrize(
    ("own", "quoted"),
    [("1234", "1234.0"), ("1234.0", "1234"), ("0012", "12"), ("12", "0012"), ("7", "007.0")],
)
def test_a_number_is_quoted_as_a_spreadsheet_left_it(
    empty_council: Callable[..., Any], own: str, quoted: str
) -> None:
    """A point and zeros behind a number, or zeros lost before it, make no other number of it."""
    text = """
{head}
lists:
  people: {{title: People, files: "*.csv", people: [{{role: child, key: id, {identifiers}}}]}}
"""
    council = empty_council()
    quoting = "identifiers: {la_child_id: lcs}"
    lists = (
        ("lcs", "key_scheme: la_child_id", "fields: {}", {"id": own}),
        ("ehm", "", quoting, {"id": "a", "lcs": quoted}),
    )
    for source, head, identifiers, row in lists:
        council.deliver(source, text.format(head=head, identifiers=identifiers), ("people", [row]))
    assert len({row["value"] for row in council.standardise().table("identifiers")}) == 1


@pytest.fixture(scope="module")
def checks(council: Callable[..., Any]) -> Any:
    """Return a connection on which the stage's checks stand as macros."""
    text = "lists: {none: {title: None, files: x, people: [{role: child, key: id}]}}"
    return council(text, ("none", [{"id": "1"}])).con


@settings(max_examples=60, deadline=None)
@given(digits=st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_nhs_numbers_check_as_python_stdnum_does(checks: Any, digits: str) -> None:
    """Whatever the last digit of ten, the number is judged alike."""
    numbers = [f"{digits}{last}" for last in range(10)]
    found = checks.execute(
        "SELECT valid_nhs_number(number) FROM (SELECT unnest(?) AS number)", [numbers]
    ).fetchall()
    assert [valid for (valid,) in found] == [nhs.is_valid(number) for number in numbers]


@settings(max_examples=60, deadline=None)
@given(
    number=st.from_regex(r"801[0-9]{8}[0-9A-HJ-NP-RT-Z]", fullmatch=True),
    letter=st.sampled_from("ABCDEFGHJKLMNPQRTUVWXYZ"),
)
def test_upns_check_as_python_stdnum_does(checks: Any, number: str, letter: str) -> None:
    """Pupil numbers, also temporary ones, are judged alike with any check letter."""
    for each in (letter + number, upn.calc_check_digit(number) + number):
        (found,) = checks.execute("SELECT valid_upn(?)", [each]).fetchone()
        assert found == upn.is_valid(each)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("AB654321A", True), ("AB654321", True), ("DA123456A", False), ("AO123456A", False),
        ("AB654321E", False), ("GB123456A", False), ("AB12345", False),
    ],
)  # fmt: skip
def test_nino_prefixes_and_suffixes(
    people: Callable[..., Any], number: str, *, valid: bool
) -> None:
    """Letters and prefixes that are never issued make a National Insurance number invalid."""
    [(_, _, found)] = _carried(people({"nino": number}))
    assert found == valid


def test_uln_check_digit(checks: Any) -> None:
    """Ten minus the weighted remainder is the last digit; a remainder of nought is never valid."""
    numbers = {"1000000000": True, "1000000001": False, "0000000000": False}
    weighted = {
        number: checks.execute("SELECT valid_uln(?)", [number]).fetchone()[0] for number in numbers
    }
    assert weighted == numbers
