"""How often records of one home are one person's is told by who says so."""

from typing import Any

import pytest

FORENAME = "chr((97 + i % 20)::INTEGER) || 'a' || chr((97 + i // 20)::INTEGER)"
MANY = 200


@pytest.fixture
def homes(council: Any) -> Any:
    """Give two hundred homes, at half of which sources give birth dates.

    A parent whom benefits and a surgery know lives with a child whom schools and the surgery know.
    One child in ten bears the parent's name.
    """
    parent = "CASE WHEN i % 10 = 0 THEN 'mo' ELSE 'za' END"
    known = (
        ("schools", "pupil", "'mo'", 2012),
        ("surgery", "child", "'mo'", 2012),
        ("surgery", "adult", parent, 1980),
        ("benefits", "claimant", parent, 1980),
    )
    for source, role, name, born in known:
        council.crowd(
            MANY,
            source=source,
            record_id=f"printf('{source}:{role} %04d', i)",
            source_key=f"printf('{role} %04d', i)",
            role=f"'{role}'",
            forename=f"{name} || {FORENAME}",
            surname="'example' || i",
            sex="'F'",
            birth_date=f"CASE WHEN i % 2 = 0 THEN make_date({born}, 1 + i % 12, 1 + i % 28) END",
            birth_date_quality="CASE WHEN i % 2 = 0 THEN 'exact' END",
        )
    return council


def _state(council: Any, *roles: str) -> Any:
    """Two known in these roles bear one name at home; return how their link stands."""
    told = {"forename": "tessa", "surname": "testford", "sex": "F"}
    one, other = (
        council.record(f"{role.split()[0]}:1", role=role.split()[1], **told) for role in roles
    )
    link = council.linked().get((min(one, other), max(one, other)))
    return link["state"] if link else "no link"


@pytest.mark.parametrize(
    "roles", [("schools pupil", "surgery child"), ("benefits claimant", "surgery adult")]
)
def test_roles_that_share_people_are_one_person(homes: Any, roles: tuple[str, str]) -> None:
    """One name at home is enough where records of two roles often are one person's."""
    assert _state(homes, *roles) == "accepted"


@pytest.mark.parametrize(
    "roles", [("schools pupil", "benefits claimant"), ("schools pupil", "surgery adult")]
)
def test_roles_that_share_nobody_are_two_people(homes: Any, roles: tuple[str, str]) -> None:
    """It is a mother and a daughter of one name where such records never are one person's."""
    assert _state(homes, *roles) != "accepted"


def test_roles_that_seldom_meet_say_nothing(homes: Any) -> None:
    """Of a role that is next to unknown one name at home is worth what it is worth of all."""
    assert _state(homes, "police nominal", "benefits claimant") == "accepted"
