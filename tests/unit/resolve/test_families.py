"""What people are called, where they live now, and who is a family."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest


def person(town: Any, columns: str) -> Any:
    """Return columns of the only person."""
    [row] = town.rows(f"SELECT {columns} FROM persons")
    return row


def test_names_are_those_most_records_agree_on(town: Any) -> None:
    """A person bears the name that most of the records give, spelt as a source spells it."""
    town.record("a:1", forename="testa", forename_given="Testa")
    town.record("b:1", forename="tessa", forename_given="Tessa")
    town.record("c:1", forename="tessa", forename_given="Tessa")
    town.con.execute("DROP MACRO pair_veto")
    town.con.execute("CREATE MACRO pair_veto(l, r) AS NULL::VARCHAR")
    town.link("a:1", "b:1")
    town.link("b:1", "c:1")
    town.resolve()
    assert person(town, "forename, surname, records, sources") == (
        "Tessa",
        "Example",
        3,
        ["a", "b", "c"],
    )


def test_trust_in_a_source_weighs_its_spelling(town: Any, couple: tuple[str, str]) -> None:
    """Where two sources differ, the one that its contract trusts more is shown."""
    town.con.execute(
        "UPDATE records SET birth_date = '1990-01-01', birth_date_quality = 'exact',"
        " surname = 'invented', surname_given = 'Invented' WHERE source = 'schools'"
    )
    town.resolve({"schools": SimpleNamespace(trust=90), "police": SimpleNamespace(trust=20)})
    assert person(town, "surname, birth_date") == ("Invented", date(1990, 1, 1))


def test_birth_date_given_twice_outweighs_a_trusted_source(town: Any) -> None:
    """Two sources seldom make the same mistake: what they agree on is shown, whoever differs."""
    for record, day in (("a:1", 3), ("b:1", 14), ("c:1", 14)):
        born = date(1990, 3, day)
        town.record(record, forename="testa", birth_date=born, birth_date_quality="exact")
    town.con.execute("DROP MACRO pair_veto")
    town.con.execute("CREATE MACRO pair_veto(l, r) AS NULL::VARCHAR")
    town.link("a:1", "b:1")
    town.link("b:1", "c:1")
    town.resolve({"a": SimpleNamespace(trust=90), "b": SimpleNamespace(trust=30)})
    assert person(town, "records, birth_date") == (3, date(1990, 3, 14))


def test_initial_stands_only_where_nobody_gives_the_name(town: Any) -> None:
    """A full forename is shown before an initial, however often the initial is given."""
    town.con.execute("DROP MACRO pair_veto")
    town.con.execute("CREATE MACRO pair_veto(l, r) AS NULL::VARCHAR")
    town.record("a:1", forename="t", forename_given="T")
    town.record("b:1", forename="t", forename_given="T")
    town.record("c:1", forename="testa", forename_given="TESTA")
    town.link("a:1", "b:1")
    town.link("b:1", "c:1")
    town.resolve()
    assert person(town, "forename") == ("Testa",)


def test_unnamed_twin_is_shown_as_the_source_writes_until_somebody_gives_a_name(
    town: Any,
) -> None:
    """Twin 1 stands where nobody gives a name, and only there."""
    unnamed = {"forename": None, "forename_given": "Twin 1", "birth_order": 1}
    town.record("a:1", **unnamed)
    town.record("b:1", **unnamed)
    town.link("a:1", "b:1")
    town.resolve()
    assert person(town, "forename") == ("Twin 1",)
    town.record("c:1", forename="testa", forename_given="Testa")
    town.link("b:1", "c:1")
    town.resolve()
    assert person(town, "forename") == ("Testa",)


def test_name_in_capitals_is_shown_with_capitals_at_each_part(town: Any) -> None:
    """A name that only stands in capitals is shown as a name, hyphens and apostrophes too."""
    town.record("a:1", forename_given="TESTA-MAY", surname_given="O'EXAMPLE")
    town.resolve()
    assert person(town, "forename, surname") == ("Testa-May", "O'Example")


@pytest.mark.parametrize(
    ("cell", "forename", "shown"),
    [
        ("Têsta Example", "testa", "Têsta"),
        ("EXAMPLE, Anne-Testa", "anne testa", "Anne-Testa"),
        ("T'Esta María Example", "testa", "T'Esta"),
        ("TÊSTA EXAMPLE", "testa", "Têsta"),
        ("Example", "testa", "Testa"),
        ("Têsta", "testa", "Têsta"),
    ],
)
def test_of_a_whole_name_in_one_cell_the_forename_is_shown_as_written(
    town: Any, cell: str, forename: str, shown: str
) -> None:
    """Accents, hyphens and apostrophes of the cell stay; what it does not hold is shown plainly."""
    town.record(
        "a:1", forename=forename, forename_given=None, surname="example", surname_given=cell
    )
    town.resolve()
    assert person(town, "forename") == (shown,)


@pytest.mark.parametrize(
    ("cell", "surname", "shown"),
    [
        ("Testa Example-Sample", "example sample", "Example-Sample"),
        ("EL EXAMPLE, TESTA", "el example", "El Example"),
        ("Testa Exámple", "example", "Exámple"),
        ("Testa Testa", "testa", "Testa"),
        ("Testa O'Example", "oexample", "O'Example"),
        ("Testa Łoś-Example", "los example", "Łoś-Example"),
    ],
)
def test_of_a_whole_name_in_one_cell_the_surname_alone_is_shown(
    town: Any, cell: str, surname: str, shown: str
) -> None:
    """A source that keeps whole names in one cell spells the surname by its own words of them."""
    town.record("a:1", forename_given=None, surname=surname, surname_given=cell)
    town.resolve()
    assert person(town, "forename, surname") == ("Testa", shown)


def test_an_unborn_child_is_born_on_the_day_expected_until_somebody_tells_of_the_birth(
    town: Any,
) -> None:
    """A day to come stands only where no record gives the day of birth."""
    due = {"birth_date": date(2027, 1, 2), "birth_date_quality": "expected"}
    town.record("a:1", **due)
    town.record("b:1", **due)
    town.link("a:1", "b:1")
    town.resolve()
    assert person(town, "birth_date, adult") == (date(2027, 1, 2), False)
    town.record("c:1", birth_date=date(2026, 12, 20), birth_date_quality="exact")
    town.link("b:1", "c:1")
    town.resolve()
    assert person(town, "birth_date") == (date(2026, 12, 20),)


@pytest.mark.parametrize(
    ("given", "adult"),
    [
        ({"birth_date": date(2008, 11, 1), "birth_date_quality": "exact"}, True),
        ({"birth_date": date(2008, 11, 2), "birth_date_quality": "exact"}, False),
        ({"birth_date": date(1900, 1, 1), "birth_date_quality": "placeholder"}, None),
        ({"born_from": date(2010, 1, 1), "born_to": date(2020, 1, 1)}, False),
        ({"born_from": date(1950, 1, 1), "born_to": date(2000, 1, 1)}, True),
        ({"born_from": date(1916, 1, 1), "born_to": date(2011, 1, 1)}, True),
        ({"born_from": date(2000, 1, 1), "born_to": date(2020, 1, 1)}, None),
        ({}, None),
    ],
)
def test_adult_by_birth_date_or_role(town: Any, given: dict[str, Any], adult: object) -> None:
    """A person is an adult from the 18th birthday, else by what the role implies, else unknown."""
    town.record("a:1", **given)
    town.resolve()
    assert person(town, "adult") == (adult,)


def test_one_sealed_record_seals_the_person(town: Any, couple: tuple[str, str]) -> None:
    """A person is sealed where any of the records is."""
    town.con.execute("UPDATE records SET sealed = true WHERE record_id = ?", [couple[0]])
    town.resolve()
    assert person(town, "sealed") == (True,)


def homes(town: Any) -> set[Any]:
    """Return which addresses are lived in, and whether now."""
    return set(town.rows("SELECT address_id, current FROM residences"))


def test_newest_address_is_home(town: Any, couple: tuple[str, str]) -> None:
    """Of two open-ended addresses, the one learned of later is the present home."""
    town.address("old")
    town.address("new")
    town.lives(couple[0], "old", from_date=date(2015, 1, 1))
    town.lives(couple[1], "new", from_date=date(2026, 3, 1))
    town.con.execute("UPDATE records SET first_seen = NULL")
    town.resolve()
    assert homes(town) == {("old", False), ("new", True)}


def test_ended_address_is_not_home(town: Any, couple: tuple[str, str]) -> None:
    """An address with an end in the past is kept as a residence, not as home."""
    town.address("ended")
    town.address("open")
    town.lives(couple[0], "ended", from_date=date(2026, 5, 1), to_date=date(2026, 8, 1))
    town.lives(couple[1], "open", from_date=date(2020, 1, 1))
    town.resolve()
    assert homes(town) == {("ended", False), ("open", True)}


def test_record_address_without_dates_counts(town: Any) -> None:
    """A source that gives an address and no dates still says where somebody lives."""
    town.address("home")
    town.record("a:1", address_id="home")
    town.resolve()
    assert homes(town) == {("home", True)}


def test_people_at_one_dwelling_are_a_family_in_roles(town: Any) -> None:
    """Everyone whose home is one dwelling is of one family, by role."""
    town.address("home")
    town.record("a:1", birth_date=date(1980, 1, 1), birth_date_quality="exact")
    town.record("b:1", birth_date=date(2015, 1, 1), birth_date_quality="exact")
    town.record("c:1")
    for record in ("a:1", "b:1", "c:1"):
        town.lives(record, "home")
    town.resolve()
    rows = town.rows("SELECT family_id, person_id, role FROM families")
    assert set(rows) == {
        ("F-1", "P-1", "adult"),
        ("F-1", "P-2", "child"),
        ("F-1", "P-3", "unknown"),
    }


@pytest.mark.parametrize("kind", ["communal", "partial"])
def test_communal_and_vague_places_form_no_family(town: Any, kind: str) -> None:
    """People at a refuge, or at a place no better known than a postcode, are no family."""
    town.address("place", kind)
    town.records("a:1", "b:1")
    town.lives("a:1", "place")
    town.lives("b:1", "place")
    town.resolve()
    assert town.families() == {}
    assert len(town.rows("SELECT * FROM residences WHERE current")) == 2


@pytest.mark.parametrize(("surnames", "families"), [(13, 0), (1, 1)])
def test_overfull_dwelling_is_communal(town: Any, surnames: int, families: int) -> None:
    """Thirteen people of many surnames at one address are no family; of one surname they are."""
    town.address("place")
    for number in range(13):
        given = f"Example{number % surnames}"
        town.record(f"a:{number}", surname=given.lower(), surname_given=given)
        town.lives(f"a:{number}", "place")
    town.resolve()
    assert len(town.families()) == families
    rules = town.rows("SELECT rule, rows FROM issues")
    assert rules == ([] if families else [("overfull_dwelling", 1)])


def test_whole_names_in_one_cell_are_of_one_surname(town: Any) -> None:
    """Thirteen of one surname are a family where a source writes it behind each one's forename."""
    town.address("place")
    for number in range(13):
        name = {"forename": f"testa{number}", "surname_given": f"Testa{number} Example"}
        town.record(f"a:{number}", forename_given=None, **name)
        town.lives(f"a:{number}", "place")
    town.resolve()
    assert len(town.families()) == 1


def test_relations_stand_one_way_round(town: Any) -> None:
    """A child's link to a parent and the parent's to the child are one relation per source."""
    town.records("a:1", "b:1", "c:1", "d:1")
    for record, other, kind in (
        ("a:1", "b:1", "child"),
        ("b:1", "a:1", "parent"),
        ("c:1", "b:1", "sibling"),
        ("c:1", "d:1", "cared_for"),
    ):
        town.fact(record, "relationship", other_record_id=other, type=kind)
    town.resolve()
    rows = town.rows("SELECT person_id, kind, other_person_id, source FROM relations")
    assert set(rows) == {
        ("P-2", "parent", "P-1", "a"),
        ("P-2", "parent", "P-1", "b"),
        ("P-2", "sibling", "P-3", "c"),
        ("P-4", "carer", "P-3", "c"),
    }


def test_relation_to_oneself_is_dropped(town: Any, couple: tuple[str, str]) -> None:
    """A relationship between two records of one person says nothing."""
    town.fact(couple[0], "relationship", other_record_id=couple[1], type="sibling")
    town.resolve()
    assert town.rows("SELECT * FROM relations") == []
