"""Records of people who are no families: other fields, other errors, the same rules."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

SYLLABLES = ("ba", "do", "ki", "lu", "mer", "na", "pel", "ro", "sin", "tav")


def _archive() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give three records of each of 200 people; every fourth is once under another forename."""
    parts = list(product(SYLLABLES, SYLLABLES, SYLLABLES))
    for person in range(200):
        forename, other, surname = ("".join(parts[person * 5 + i]) for i in range(3))
        row = {"surname": f"{surname}son", "birth_date": date(1800, 1, 1) + timedelta(97 * person)}
        at = {"address_id": None, "postcode": f"IN{person} 1AA", "birth_place": f"town {surname}"}
        for number, called in enumerate(_called(person, forename, other)):
            yield f"archive:{person:03d}-{number}", {"forename": called, **row, **at}


def _called(person: int, forename: str, other: str) -> tuple[str, str, str]:
    return forename, forename, other if person % 4 == 0 else forename


@pytest.fixture
def archive(council: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """Give the links of the archive."""
    for record, row in _archive():
        council.record(record, **row)
    linked: dict[tuple[str, str], dict[str, Any]] = council.linked()
    return linked


def test_a_forename_forbids_nothing_where_hardly_any_home_has_two_people(
    archive: dict[tuple[str, str], dict[str, Any]],
) -> None:
    """Where names differ as seldom as mistakes are made, another name is one more mistake."""
    assert {row["veto"] for row in archive.values()} == {None}
    assert archive["archive:000-0", "archive:000-2"]["state"] == "accepted"


def test_a_birth_place_counts_where_a_source_gives_it(
    archive: dict[tuple[str, str], dict[str, Any]],
) -> None:
    """Two records of one birth place have bits for it, and none for an occupation nobody gives."""
    bits = archive["archive:000-0", "archive:000-1"]["bits"]
    assert bits["birth_place"] > 1
    assert bits["occupation"] == 0
