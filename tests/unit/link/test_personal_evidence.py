"""What tells one person from another beside names and dates alone."""

from datetime import date
from typing import Any

import pytest

from pei_graph.link import link

BORN = date(2015, 3, 14)


def test_twins_with_numbers_of_their_own_are_two(council: Any, testa: dict[str, Any]) -> None:
    """Two valid NHS numbers are two children, even where a name was given to both."""
    for key, number in (("1", "9990000018"), ("2", "9990000026")):
        record = council.record(f"schools:{key}", **testa | {"forename": f"testa{key}"})
        council.identifier(record, "nhs_number", number)
    council.linked()
    assert council.veto("schools:1", "schools:2") == "numbers_differ"


@pytest.mark.parametrize(
    ("one", "other", "veto"), [(1, 2, "birth_order"), (1, 1, None), (1, None, None)]
)
def test_twins_whom_nobody_has_named_are_two(
    council: Any, testa: dict[str, Any], one: int, other: int | None, veto: str | None
) -> None:
    """Which child of one birth somebody is tells them apart until they have names."""
    for key, born in (("1", one), ("2", other)):
        nameless = {"forename": None, "forenames": [], "birth_order": born}
        council.record(f"lcs:{key}", **testa | nameless)
    council.linked()
    assert council.veto("lcs:1", "lcs:2") == veto


def test_another_number_does_not_part_what_agrees_throughout(
    council: Any, testa: dict[str, Any]
) -> None:
    """A pupil who moved has a new UPN, the same name and the same birthday."""
    for source, number in (("schools", "A1"), ("academy", "B2")):
        council.identifier(council.record(f"{source}:1", **testa), "upn", number)
    council.linked()
    assert council.veto("academy:1", "schools:1") is None


def test_a_source_that_gives_both_names_speaks_for_others(council: Any) -> None:
    """One record of a home says *testa, known as mona*: the home's other records may say either."""
    council.record("lcs:1", forename="testa", surname="example", forenames=["testa", "mona"])
    council.record("a:1", forename="testa", surname="example")
    council.record("b:1", forename="mona", surname="example")
    council.record("b:2", forename="mona", surname="example", address_id="elsewhere")
    council.linked()
    assert council.veto("a:1", "b:1") is None
    assert council.veto("a:1", "b:2") == "forename"


@pytest.mark.parametrize(
    ("one", "other"), [("kathryn", "catherine"), ("mohammed", "muhamad"), ("philippa", "filipa")]
)
def test_names_that_sound_alike_are_close(council: Any, one: str, other: str) -> None:
    """The consonants that are heard count, however they are spelt."""
    council.record("a:1", forename=one, surname="example", birth_date=BORN)
    council.record("b:1", forename=other, surname="example", birth_date=BORN)
    assert council.linked()["a:1", "b:1"]["levels"]["forename"] > 0


def test_a_wrong_sex_does_not_part_one_name(council: Any) -> None:
    """The same name under another sex is a slip, and so are a nickname and one birth date.

    By another surname and without a birth date it may be somebody else.
    """
    council.record("a:1", forename="matthew", surname="example", sex="M", birth_date=BORN)
    elsewhere = {"sex": "F", "address_id": "elsewhere"}
    council.record("b:1", forename="matthew", surname="example", **elsewhere)
    council.record("b:2", forename="matt", surname="other", birth_date=BORN, **elsewhere)
    council.record("b:3", forename="matthew", surname="other", **elsewhere)
    council.linked()
    assert [council.veto("a:1", f"b:{number}") for number in (1, 2, 3)] == [None, None, "sex"]


@pytest.mark.parametrize(
    ("born", "veto"),
    [
        (date(2015, 4, 2), None),
        (date(2015, 4, 25), None),
        (date(2005, 3, 23), None),
        (date(2025, 2, 25), None),
        (date(2015, 9, 27), "birth_date"),
        (date(2007, 5, 29), "birth_date"),
    ],
)
def test_a_slip_in_a_birth_date_does_not_part_one_name(
    council: Any, born: date, veto: str | None
) -> None:
    """No two of a home are born a month or ten years apart and bear one name as well.

    Elsewhere it may be somebody else, and so it may be in one source.
    """
    council.record("a:1", forename="matthew", surname="example", birth_date=BORN)
    nowhere = {"address_id": None, "postcode": None}
    for record, more in (("b:1", {}), ("b:2", nowhere), ("b:3", {"address_id": "x"}), ("a:2", {})):
        council.record(record, forename="matt", surname="example", birth_date=born, **more)
    council.linked()
    assert council.veto("a:1", "b:1") == council.veto("a:1", "b:2") == veto
    assert council.veto("a:1", "b:3") == council.veto("a:1", "a:2") == "birth_date"


def test_a_swapped_name_is_that_of_no_relative(council: Any) -> None:
    """Both names stand in each other's field: it is less where one does, as a relative's too."""
    council.record("a:1", forename="example", surname="matthew")
    council.record("b:1", forename="matt", surname="example", birth_date=BORN)
    council.record("b:2", forename="quill", surname="example", birth_date=date(2012, 5, 6))
    links = council.linked()
    assert links["a:1", "b:1"]["state"] == "accepted"
    for name in ("forename", "surname"):
        levels = [links["a:1", other]["levels"][name] for other in ("b:1", "b:2")]
        assert levels[0] > levels[1]


def test_a_swapped_name_under_another_sex_is_a_slip(council: Any) -> None:
    """Nobody has a brother by both of her names, each in the other's field."""
    council.record("a:1", forename="mona", surname="example", sex="F", birth_date=BORN)
    council.record("b:1", forename="example", surname="mona", sex="M", birth_date=BORN)
    council.record("b:2", forename="example", surname="tim", sex="M", birth_date=BORN)
    council.linked()
    assert council.veto("a:1", "b:1") is None
    assert council.veto("a:1", "b:2") is not None


def test_a_swapped_name_is_found_by_a_name_known_as(council: Any) -> None:
    """One birth date and both names swapped are compared, also where a nickname was swapped."""
    nowhere = {"address_id": None, "postcode": None, "birth_date": BORN}
    council.record("a:1", forename="matthew", surname="example", **nowhere)
    council.record("b:1", forename="example", surname="matt", **nowhere)
    assert council.linked()["a:1", "b:1"]["state"] == "accepted"


@pytest.mark.parametrize(
    ("one", "other"),
    [({"forename": "xiao ming"}, {"forename": "xiaoming"}),
     ({"surname": "el sayed"}, {"surname": "elsayed"})],
    ids=["forename", "surname"],
)  # fmt: skip
def test_a_name_of_two_words_is_one_written_as_one(
    council: Any, one: dict[str, str], other: dict[str, str]
) -> None:
    """Whether a name of two syllables is written with a space differs from clerk to clerk."""
    name = {"forename": "testa", "surname": "example", "birth_date": BORN}
    [part] = one
    for record, spelt in (("a:1", one), ("b:1", other), ("b:2", {part: spelt_otherwise(one)})):
        council.record(record, **name | spelt)
    links = council.linked()
    levels = [links["a:1", record]["levels"][part] for record in ("b:1", "b:2")]
    assert levels[0] > levels[1]


def test_by_what_a_name_is_known_depends_on_no_other_record(council: Any) -> None:
    """A name written as one word is one of a record's names, whether or not others write it so."""
    council.record("a:1", forename="zo dle", surname="example")
    council.record("b:1", forename="mona", surname="far", address_id="elsewhere")
    council.linked()
    model = link(council.con, {})
    query = "SELECT home_names FROM comparables WHERE record_id = 'a:1'"
    alone = council.con.execute(query).fetchall()
    council.record("c:1", forename="zodle", surname="farther", address_id="elsewhere")
    link(council.con, {}, model=model)
    assert council.con.execute(query).fetchall() == alone


def spelt_otherwise(name: dict[str, str]) -> str:
    """Return the name as one word with its halves the other way round."""
    [spelling] = name.values()
    return "".join(reversed(spelling.split()))


def test_who_moved_within_a_sector_is_likelier_one(council: Any) -> None:
    """Most moves are short: the same postcode sector says more than the district, and that more."""
    name = {"forename": "testa", "surname": "example", "birth_date": BORN}
    council.record("a:1", **name, postcode="IN1 1AA")
    for number, postcode in enumerate(("IN1 1ZZ", "IN1 2ZZ", "OU1 1AA")):
        council.record(f"b:{number}", **name, postcode=postcode, address_id=f"home {number}")
    links = council.linked()
    found = [links["a:1", f"b:{number}"]["bits"]["address"] for number in range(3)]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


def test_a_sector_says_nothing_beside_a_birth_place(council: Any) -> None:
    """Who was born in one town has lived near: it is not counted twice."""
    name = {"forename": "testa", "surname": "example", "birth_date": BORN, "birth_place": "figton"}
    council.record("a:1", **name, postcode="IN1 1AA")
    council.record("b:1", **name, postcode="IN1 1ZZ", address_id="elsewhere")
    council.record("b:2", **name, postcode="OU1 1ZZ", address_id="far away")
    links = council.linked()
    assert links["a:1", "b:1"]["bits"]["address"] == links["a:1", "b:2"]["bits"]["address"]


def test_first_of_january_may_stand_for_the_year(council: Any) -> None:
    """1 January and another day of one year do not contradict each other."""
    for source, born in (
        ("a", date(1987, 1, 1)),
        ("b", date(1987, 5, 11)),
        ("c", date(1988, 7, 12)),
    ):
        council.record(f"{source}:1", forename="testa", surname="example", birth_date=born)
    council.linked()
    assert council.veto("a:1", "b:1") is None
    assert council.veto("b:1", "c:1") == "birth_date"


def test_a_source_without_duplicates_speaks_against_two_of_its_ids(council: Any) -> None:
    """Where a thousand people have one id each, two ids of the source are seldom one person."""
    people = {
        "forename": "chr((97 + i % 26)::INTEGER) || 'testa' || chr((97 + i // 26 % 26)::INTEGER)",
        "surname": "'example' || chr((97 + i // 676)::INTEGER) || chr((97 + i % 26)::INTEGER)",
        "birth_date": "DATE '1990-01-01' + i::INTEGER",
    }
    council.crowd(1100, source="schools", **people)
    council.crowd(1100, source="health", **people)
    newcomer = {"forename": "testa", "surname": "newcomer", "birth_date": date(1990, 1, 26)}
    council.record("schools:x", **newcomer)
    council.record("schools:y", **newcomer)
    bits = council.linked()["schools:x", "schools:y"]["bits"]
    assert bits["source"] < -3


def test_an_identifier_counts_however_little_else_is_shared(council: Any) -> None:
    """A pair that a rule brought up and found wanting is still the identifier's to judge."""
    for source, forename, surname in (("a", "testa", "example"), ("b", "mona", "other")):
        record = council.record(
            f"{source}:1", forename=forename, surname=surname, birth_date=BORN, address_id=source,
            postcode="IN1 1AA",
        )  # fmt: skip
        council.identifier(record, "nino", "QQ123456C")
    assert council.states() == {("a:1", "b:1"): "accepted"}
