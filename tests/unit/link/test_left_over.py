"""Two sources that hold nobody twice, nearly all of whose records have found each other."""

from datetime import date
from typing import Any

import pytest

LEFT = 8
"""People who are left over in either."""


def _register(council: Any, source: str, strangers: int) -> None:
    """A source knows the same 1200 people as the other, and so many more of its own."""
    born = "make_date(1900 + i % 97, 1 + i % 12, 1 + i % 28)"
    council.crowd(
        1200, source=source, forename="'name' || i % 40", surname="'example' || i", birth_date=born
    )
    council.crowd(
        strangers,
        source=source,
        record_id=f"printf('{source}:stranger%04d', i)",
        source_key="printf('stranger%04d', i)",
        forename=f"'{source}' || i % 40",
        surname=f"'{source}' || i",
        birth_date=born,
        address_id=f"'{source} home ' || i",
    )


@pytest.mark.parametrize(("strangers", "state"), [(0, "accepted"), (600, "possible")])
def test_the_last_who_are_left_over_are_each_others(
    council: Any, strangers: int, state: str
) -> None:
    """With another surname and home, they are one person if hardly anybody else is left to be."""
    for source in ("register", "survey"):
        _register(council, source, strangers)
        for number in range(LEFT):
            council.record(
                f"{source}:left{number}",
                forename=f"name{number}",
                surname=f"{source}son{number}",
                birth_date=date(1930 + number, 5, 29),
                address_id=f"{source} last home {number}",
                postcode=None,
            )
    links = council.linked()
    found = [links["register:left" + str(at), "survey:left" + str(at)] for at in range(LEFT)]
    assert {link["state"] for link in found} == {state}
    assert {link["bits"]["source"] > 0 for link in found} == {state == "accepted"}
