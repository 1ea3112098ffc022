"""Which records speak of one person, and which must not."""

from datetime import date
from typing import Any

import pytest


def test_one_person_in_two_systems_is_accepted(council: Any, testa: dict[str, Any]) -> None:
    """The same name, birth date and home in two systems is one person."""
    council.record("schools:1", **testa)
    council.record("health:1", **testa)
    assert council.states() == {("health:1", "schools:1"): "accepted"}


def test_twins_stay_apart(council: Any, testa: dict[str, Any]) -> None:
    """Twins share surname, birth date and home; their forenames forbid the pair."""
    council.record("schools:1", **testa)
    council.record("schools:2", **{**testa, "forename": "mona"})
    council.record("health:1", **testa)
    accepted = {pair for pair, state in council.states().items() if state == "accepted"}
    assert accepted == {("health:1", "schools:1")}
    assert council.veto("schools:1", "schools:2") == "forename"


def test_father_and_son_stay_apart(council: Any) -> None:
    """One name and one home, but birth dates a generation apart, forbid the pair."""
    name = {"forename": "tim", "surname": "example", "sex": "M"}
    council.record("schools:1", **name, birth_date=date(2012, 5, 1))
    council.record("housing:1", **name, birth_date=date(1980, 2, 3), role="adult")
    assert "accepted" not in council.states().values()
    assert council.veto("schools:1", "housing:1") == "birth_date"


def test_a_role_tells_the_son_from_the_father(council: Any) -> None:
    """Where a birth date is missing, a pupil cannot be the tenant of the same name."""
    name = {"forename": "tim", "surname": "example", "sex": "M"}
    council.record("schools:1", **name, birth_date=date(2012, 5, 1))
    tenant = {"born_from": date(1920, 1, 1), "born_to": date(2008, 1, 1)}
    council.record("housing:1", **name, role="adult", **tenant)
    assert "accepted" not in council.states().values()
    assert council.veto("schools:1", "housing:1") == "age_band"


@pytest.mark.parametrize(
    ("born", "veto"), [(date(2026, 8, 20), None), (date(2025, 1, 20), "age_band")]
)
def test_a_child_who_was_expected_is_one_born_about_then(
    council: Any, born: date, veto: str | None
) -> None:
    """The day on which a child is expected bounds the day of the birth."""
    name = {"forename": "zed", "surname": "example", "sex": "F"}
    due = {"birth_date": date(2026, 9, 1), "birth_date_quality": "expected"}
    council.record("lcs:1", **name, **due)
    council.record("health:1", **name, birth_date=born)
    council.linked()
    assert council.veto("lcs:1", "health:1") == veto


@pytest.mark.parametrize(
    "other",
    [
        {"forename": "liz"},
        {"forename": "e"},
        {"forename": "elizabteh"},
        {"forename": "example", "surname": "elizabeth"},
        {"forename": "elizbeth"},
        {"forename": "lzbth", "forenames": ["lzbth", "elizabeth"]},
        {"surname": "married", "surnames": ["married", "example"]},
        {"surname": "example married"},
        {"birth_date": date(1990, 4, 2)},
        {"birth_date": date(1990, 2, 5)},
    ],
    ids=[
        "nickname", "initial", "letters swapped", "names swapped", "letter lost",
        "other spelling", "former surname", "double surname", "day and month", "one digit",
    ],
)  # fmt: skip
def test_everyday_differences_do_not_part_a_person(council: Any, other: dict[str, Any]) -> None:
    """A nickname, an initial, a slip, a former name or a swapped date is no disagreement."""
    person = {
        "forename": "elizabeth",
        "surname": "example",
        "birth_date": date(1990, 2, 4),
        "sex": "F",
    }
    council.record("housing:1", **person)
    council.record("benefits:1", **{**person, **other})
    assert council.states() == {("benefits:1", "housing:1"): "accepted"}


@pytest.mark.parametrize(("left", "right"), [("tmo", "tom"), ("mhmd", "mohamed")])
def test_short_slips_and_lost_vowels_are_no_veto(council: Any, left: str, right: str) -> None:
    """Swapped letters in a short name and vowels lost in transliteration forbid nothing."""
    council.record("schools:1", forename=left, surname="example", birth_date=date(2010, 1, 2))
    council.record("health:1", forename=right, surname="example", birth_date=date(2010, 1, 2))
    council.linked()
    assert council.veto("health:1", "schools:1") is None


def test_a_common_name_alone_stays_a_candidate(council: Any) -> None:
    """One name that several people bear, no birth date, another address: never joined unseen."""
    name = {"forename": "tim", "surname": "example"}
    for number, year in enumerate((1960, 1975, 1990)):
        at = {"address_id": f"home {number}", "postcode": f"IN{number} 1AA"}
        council.record(
            f"benefits:{number}",
            **name,
            birth_date=date(year, 2 + 3 * number, 9 + 4 * number),
            **at,
        )
    council.record("housing:1", **name, address_id="elsewhere", postcode="IN9 9ZZ")
    assert "accepted" not in council.states().values()


@pytest.mark.parametrize("records", [0, 1, 2])
def test_few_records_link_without_training(
    council: Any, records: int, testa: dict[str, Any]
) -> None:
    """An empty council, one record and one pair all give LINKS, from the packaged model."""
    for number in range(records):
        council.record(f"schools:{number}", **testa)
    assert len(council.states()) == max(0, records - 1)


def test_a_source_without_names_links_nothing_by_itself(council: Any) -> None:
    """Records of looked-after children hold a birth date and a sex: that is no identity."""
    for number in range(20):
        council.record(
            f"ssda903:{number}",
            birth_date=date(2012, 1, 1 + number % 2),
            sex="M",
            address_id=None,
            postcode=None,
        )
    assert "accepted" not in council.states().values()


def test_a_mother_is_found_through_the_child_known_elsewhere(council: Any) -> None:
    """No birth date and an old address: her child, at home with her in another system, tells."""
    child = {"forename": "zed", "surname": "example", "birth_date": date(2014, 6, 7)}
    mother = {"forename": "mona", "surname": "example", "role": "adult"}
    old = {"address_id": "old home", "postcode": "IN9 9ZZ"}
    council.record("schools:1", **child, **old)
    council.record("schools:2", **mother, **old)
    council.record("benefits:1", **child)
    council.record("benefits:2", **mother, birth_date=date(1985, 1, 2))
    links = council.linked()
    assert links["benefits:2", "schools:2"]["bits"]["household"] > 0


def test_a_mother_of_another_surname_is_found_through_the_child(council: Any) -> None:
    """One birth date, a former surname at a former home: the child beside her tells."""
    for record, surname, home in (("a:1", "example", "home"), ("b:1", "formerly", "old home")):
        source = record[0]
        council.record(
            f"{source}:2", forename="zed", surname="x", birth_date=date(2014, 6, 7), address_id=home
        )
        for number, mother in (("1", "mona"), ("3", "quill")):
            if mother == "mona" or source == "a":
                council.record(
                    f"{source}:{number}",
                    forename=mother,
                    surname=surname,
                    birth_date=date(1985, 1, 2),
                    role="adult",
                    address_id=home,
                )
    links = council.linked()
    assert links["a:1", "b:1"]["bits"]["household"] > 0
    assert links["a:1", "b:1"]["state"] == "accepted"
    assert council.veto("a:3", "b:1") == "forename"


def test_a_parent_is_older_than_the_child(council: Any) -> None:
    """A pupil's recorded parent without a birth date is not another pupil of that name."""
    council.record("schools:1", forename="zed", surname="example", birth_date=date(2014, 6, 7))
    council.record("schools:2", forename="tim", surname="example", role="adult")
    council.record("health:1", forename="tim", surname="example", birth_date=date(2011, 1, 2))
    council.con.execute(
        "INSERT INTO facts BY NAME SELECT 1 AS fact_id, 'schools:2' AS record_id,"
        " 'relationship' AS kind, 'parent' AS type, 'schools:1' AS other_record_id,"
        " 'schools' AS source, 'd' AS delivery_id, 2 AS row"
    )
    council.linked()
    assert council.veto("schools:2", "health:1") == "age_band"


def test_names_that_households_use_for_one_person_are_learnt(council: Any) -> None:
    """Two forenames that stand for one birth date and home again and again are one name."""
    for number, surname in enumerate(("example", "other", "invented")):
        born = date(2010, 1 + number, 3)
        for record, forename in (("schools", "zed"), ("health", "quill")):
            at = {"address_id": f"home {number}", "postcode": f"IN{number} 1AA"}
            council.record(
                f"{record}:{number}", forename=forename, surname=surname, birth_date=born, **at
            )
    for number in range(60):
        council.record(
            f"police:{number}",
            forename=f"other{number}",
            surname="elsewhere",
            birth_date=date(1970, 1 + number % 12, 1 + number % 28),
            postcode=f"IN{number} 9ZZ",
        )
    council.linked()
    assert council.veto("schools:0", "health:0") is None


def test_names_that_families_give_again_and_again_are_not_one_name(council: Any) -> None:
    """Twins and their brothers bear the same two forenames in many homes: two names, not one."""
    for number in range(6):
        at = {"address_id": f"home {number}", "postcode": f"IN{number} 1AA"}
        for place, (forename, year) in enumerate((("tim", 2010), ("zed", 2010), ("zed", 2012))):
            council.record(
                f"schools:{number}{place}",
                forename=forename,
                surname=f"example{number}",
                birth_date=date(year, 2, 3 + number),
                **at,
            )
    council.linked()
    assert council.veto("schools:00", "schools:01") == "forename"


def test_one_name_in_both_fields_counts_once(council: Any) -> None:
    """Who has a single name, written as forename and surname, does not agree twice."""
    born = date(1985, 6, 7)
    for number, surname in enumerate(("zara", "example")):
        at = {"address_id": f"home {number}", "postcode": f"IN{number} 1AA"}
        for source in ("schools", "health"):
            council.record(
                f"{source}:{number}", forename="zara", surname=surname, birth_date=born, **at
            )
    links = council.linked()
    single, double = links["health:0", "schools:0"], links["health:1", "schools:1"]
    assert single["levels"]["surname"] is None
    assert single["weight"] < double["weight"]


def test_a_birthday_that_many_share_is_weak_evidence(council: Any) -> None:
    """A date that many sources give for *not known* tells people apart less than any other."""
    council.crowd(
        1200,
        forename="'name' || i % 40",
        surname="'example' || i % 30",
        birth_date="CASE WHEN i % 4 = 0 THEN DATE '1988-01-01'"
        " ELSE make_date(1950 + i % 60, 2, 1 + i % 27) END",
    )
    for number, born in enumerate((date(1988, 1, 1), date(1971, 5, 6))):
        for source in ("health", "housing"):
            council.record(
                f"{source}:{number}",
                forename="testa",
                surname="invented",
                birth_date=born,
                address_id=f"{source} {number}",
                postcode=None,
            )
    links = council.linked()
    common, rare = links["health:0", "housing:0"], links["health:1", "housing:1"]
    assert common["levels"] == rare["levels"]
    assert common["bits"]["birth_date"] < rare["bits"]["birth_date"] - 3


def test_a_surname_that_goes_with_the_forename_says_less(council: Any) -> None:
    """Where many bear one full name, the surname adds less than its own rarity would tell."""
    council.crowd(
        1200,
        forename="CASE WHEN i < 40 THEN 'zara' ELSE 'name' || i % 60 END",
        surname="CASE WHEN i < 40 THEN 'invented' ELSE 'example' || i % 60 END",
        birth_date="make_date(1950 + i % 60, 1 + i % 12, 1 + i % 27)",
    )
    born = date(1971, 5, 16)
    for number, surname in enumerate(("invented", "example7")):
        for source in ("health", "housing"):
            council.record(
                f"{source}:{number}",
                forename="zara" if number == 0 else "name9",
                surname=surname,
                birth_date=born,
                address_id=f"{source} {number}",
                postcode=None,
            )
    links = council.linked()
    together, apart = links["health:0", "housing:0"], links["health:1", "housing:1"]
    assert together["bits"]["surname"] < apart["bits"]["surname"] - 2


@pytest.mark.parametrize(("held", "veto"), [(2, None), (1, "forename")])
def test_two_names_of_one_birthday_are_twins_only_where_sources_would_know(
    council: Any, held: int, veto: str | None
) -> None:
    """Sources that hold both of every pair of twins hold one child here: a child of two names.

    Wherever else one of the two names stands, it is that child's. Where a source often holds one
    twin alone, the two names may be two children's.
    """
    twins = {
        "surname": "'example' || i // 2",
        "birth_date": "make_date(2010, 1 + i // 2 % 12, 1 + i // 2 % 28)",
        "address_id": "'home ' || i // 2",
        "forename": "CASE i % 2 WHEN 0 THEN 'tim' ELSE 'quill' END || chr((97 + i // 8)::INTEGER)",
    }
    council.crowd(80, **twins)
    council.crowd(80, source="health", **twins)
    council.con.execute(
        "DELETE FROM records WHERE source = 'health' AND source_key::INTEGER % 2 >= $held",
        {"held": held},
    )
    for source, forename in (("schools", "mona"), ("health", "zed")):
        for home in range(40):
            council.record(
                f"{source}:other{home:02}",
                forename=forename,
                surname=f"invented{home}",
                birth_date=date(2011, 1 + home % 12, 1 + home % 28),
                address_id=f"other home {home}",
            )
    council.record(
        "police:1",
        forename="zed",
        surname="invented0",
        birth_date=date(2011, 1, 1),
        address_id="elsewhere",
        postcode=None,
    )
    link = council.linked().get(("health:other00", "schools:other00"), {"match_key": ""})
    assert ("+no_twin" in link["match_key"]) is (veto is None)
    assert council.veto("schools:other00", "health:other00") == veto
    assert council.veto("schools:other00", "police:1") == veto


def test_where_nobody_comes_twice_strangers_of_one_name_stay_apart(council: Any) -> None:
    """Benefits know everybody once: training may not take namesakes for one person."""
    council.crowd(
        8000,
        source="benefits",
        forename="'name' || hash(i) % 90",
        surname="'example' || hash(-i) % 90",
        birth_date="CASE WHEN hash(i, 'given') % 10 > 0"
        " THEN make_date(1950 + (hash(i, 'year') % 50)::INT, 1 + (hash(i, 'month') % 12)::INT,"
        " 1 + (hash(i, 'day') % 28)::INT) END",
        sex="CASE WHEN hash(i) % 2 = 0 THEN 'F' ELSE 'M' END",
    )
    assert "accepted" not in council.states().values()
