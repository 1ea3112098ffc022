"""Names that stand in each other's field are compared as if each stood in its own."""

from datetime import date
from typing import Any

import pytest

BORN = date(2015, 3, 14)


@pytest.fixture
def families(council: Any) -> Any:
    """Give a council of forty families of one surname, with some forenames again and again."""
    for forenames in (["mona", "tim", "zed lo"], ["quill", "example", "ursula"]):
        first = ", ".join(f"'{each.split()[0]}'" for each in forenames)
        lists = ", ".join(f"{list(dict.fromkeys((each.split()[0], each)))}" for each in forenames)
        council.crowd(
            60,
            source="benefits" if "mona" in forenames else "housing",
            forename=f"[{first}][1 + i % 3]",
            forenames=f"[{lists}][1 + i % 3]",
            surname="'testford'" if "mona" in forenames else "'other' || i % 40",
            birth_date="make_date(1950 + i, 1 + i % 12, 1 + i % 28)",
        )
    return council


def _compared(council: Any, record: str) -> tuple[str, str]:
    """Return the forename and the surname by which a record is compared."""
    council.linked()
    [row] = council.con.execute(
        "SELECT forename, surname FROM comparables WHERE record_id = ?", [record]
    ).fetchall()
    return row


@pytest.mark.parametrize(
    ("forenames", "surname", "compared"),
    [
        (["testford"], "mona", ("mona", "testford")),
        (["testford"], "zed lo", ("zed", "testford")),
        (["testford", "testford zed"], "lo", ("zed", "testford")),
        (["testford"], "unheard", ("unheard", "testford")),
        (["mona"], "testford", ("mona", "testford")),
        (["mona"], "tim", ("mona", "tim")),
        (["example"], "unheard", ("example", "unheard")),
        (["other1"], "other2", ("other1", "other2")),
    ],
    ids=[
        "the family name comes first",
        "with two forenames",
        "all in one field",
        "a forename nobody else bears",
        "in order",
        "two forenames",
        "a forename and a name unheard of",
        "two surnames",
    ],
)
def test_names_are_compared_in_the_field_where_others_have_them(
    families: Any, forenames: list[str], surname: str, compared: tuple[str, str]
) -> None:
    """Where both tell that they stand in each other's field; RECORDS keep what the source says."""
    families.record(
        "schools:1", forename=forenames[0], forenames=forenames, surname=surname, birth_date=BORN
    )
    assert _compared(families, "schools:1") == compared
    assert families.con.execute(
        "SELECT forename, surname FROM records WHERE record_id = 'schools:1'"
    ).fetchall() == [(forenames[0], surname)]


def test_whose_family_name_comes_first_is_found_without_a_birth_date(families: Any) -> None:
    """As anybody of that name is who lives at one home, and called by the forename."""
    said = {"sex": "F", "address_id": "one home"}
    families.record("schools:1", forename="mona", surname="testford", birth_date=BORN, **said)
    families.record("police:1", forename="testford", surname="mona", **said)
    link = families.linked()["police:1", "schools:1"]
    assert link["state"] == "accepted"
    assert link["match_key"] == "+forename +surname +sex +address"
