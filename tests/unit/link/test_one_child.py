"""Two sources' mothers of one child are one person, by whatever names they go."""

from datetime import date
from typing import Any

import pytest

BORN = date(2016, 3, 4)


@pytest.fixture
def parents(council: Any) -> Any:
    """Give a council in which schools and clinics both know the mothers of eighty children.

    Half of them they call otherwise; the birth dates agree.
    """
    for source, other in (("schools", "mona"), ("clinics", "zed")):
        forename = f"CASE WHEN i < 40 THEN '{other}' ELSE 'quill' END || i"
        for role, columns in (
            ("m", {"forename": forename, "birth_date": "make_date(1985, 1 + i % 12, 5)"}),
            ("c", {"forename": "'child' || i", "birth_date": "make_date(2015, 1 + i % 12, 9)"}),
        ):
            council.crowd(
                80,
                source=source,
                record_id=f"printf('{source}:{role}%02d', i)",
                surname="'example' || i",
                sex="'F'",
                **columns,
            )
        council.con.execute(
            "INSERT INTO facts BY NAME SELECT row_number() OVER () AS fact_id, record_id,"
            " replace(record_id, ':m', ':c') AS other_record_id, 'relationship' AS kind,"
            f" 'parent' AS type FROM records WHERE record_id LIKE '{source}:m%'"
        )
    return council


def mother(council: Any, record_id: str, **told: Any) -> None:
    """A source records the mother of the child that bears the number in ``source:number``."""
    source, number = record_id.split(":")
    at = {"surname": f"testford{number[0]}", "address_id": f"home {number[0]}"}
    child = f"{source}:child{number[0]}"
    if number == number[0]:
        council.record(child, forename="tim", birth_date=BORN, sex="M", **at)
    council.record(record_id, **{"sex": "F", "birth_date": None, **at, **told})
    council.con.execute(
        "INSERT INTO facts BY NAME SELECT 9999 AS fact_id, ? AS record_id, ? AS other_record_id,"
        " 'relationship' AS kind, 'parent' AS type",
        [record_id, child],
    )


def test_mother_of_one_child_is_one_person(parents: Any) -> None:
    """By whatever forename, or by a former surname at a former home, without a birth date.

    What it is worth is learnt from those of whom both birth dates are known.
    """
    former = {"surname": "formerly", "address_id": "former home", "postcode": "IN9 9ZZ"}
    for number, other in enumerate(
        ({"forename": "wei"}, {"forename": "wei", **former, "surname": "testford1"}, former)
    ):
        mother(parents, f"schools:{number}", forename="jessica")
        mother(parents, f"clinics:{number}", **{"forename": "jessica", **other})
    links = parents.linked()
    for number in range(3):
        found = links[f"clinics:{number}", f"schools:{number}"]
        assert found["state"] == "accepted"
        assert found["match_key"].endswith("+one_child")


def test_what_tells_two_parents_apart_is_heeded(parents: Any) -> None:
    """Father and mother are two; so are those of two birth dates, and whom a source has beside.

    So may be those who share neither forename, surname nor home.
    """
    elsewhere = {"surname": "formerly", "address_id": "former home"}
    for number, other in enumerate(
        ({"sex": "M"}, {"sex": None}, elsewhere, {"birth_date": date(1992, 7, 8)}, {})
    ):
        born = date(1980, 1, 2) if "birth_date" in other else None
        mother(parents, f"schools:{number}", forename="wei", birth_date=born)
        mother(parents, f"clinics:{number}", **{"forename": "jessica", **other})
    mother(parents, "clinics:4b", forename="mona")
    parents.linked()
    vetoes = {parents.veto(f"clinics:{number}", f"schools:{number}") for number in range(5)}
    assert vetoes == {"forename"}


def test_an_adopted_child_has_other_parents_than_before(parents: Any) -> None:
    """The mother by birth and the adoptive mother are no one person by it, who tells of the order.

    Here it is a return, which bears the number that a clinic knows the child by.
    """
    former = {"surname": "formerly", "address_id": "former home", "postcode": "IN9 9ZZ"}
    for number in (1, 2):
        mother(parents, f"schools:{number}", forename="jessica")
        mother(parents, f"clinics:{number}", forename="jessica", **former)
    parents.record("returns:1", forename=None, surname=None, birth_date=BORN, sex="M")
    for record_id in ("returns:1", "clinics:child1"):
        parents.identifier(record_id, "la_child_id", "1")
    parents.con.execute(
        "INSERT INTO facts BY NAME SELECT 9998 AS fact_id, 'returns:1' AS record_id,"
        " 'involvement' AS kind, 'adoption_order' AS type"
    )
    links = parents.linked()
    assert links["clinics:2", "schools:2"]["match_key"].endswith("+one_child")
    assert links["clinics:1", "schools:1"]["state"] == "possible"
