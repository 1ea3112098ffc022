"""Dates are read in the contract's formats; impossible ones are told and never lose a row."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

FACTS = """
dates: ["%d/%m/%Y", "%d-%b-%y"]
lists:
  plans:
    title: Plans
    files: "*.csv"
    people: [{role: child, key: [id, start]}]
    facts: [{type: child_protection_plan, about: child, from_date: start, to_date: end}]
"""

UNBORN = """
dates: ["%d/%m/%Y"]
unborn: true
lists:
  children:
    title: Children
    files: "*.csv"
    people: [{role: child, key: id, fields: {birth_date: born}}]
"""


def test_birth_dates_are_read_as_written(people: Callable[..., Any]) -> None:
    """The contract's format, ISO with or without a time, a serial and two-digit years are read."""
    written = {
        "25/01/2015": date(2015, 1, 25),
        "5/1/2015": date(2015, 1, 5),
        "25/01/2015 00:00": date(2015, 1, 25),
        "2015-01-25": date(2015, 1, 25),
        "2015-01-25T10:30:00": date(2015, 1, 25),
        "42029": date(2015, 1, 25),
        "25/01/15": date(2015, 1, 25),
        "25/01/68": date(1968, 1, 25),
    }
    made = people(*({"born": text} for text in written))
    assert {
        row["birth_date_given"]: row["birth_date"] for row in made.records().values()
    } == written
    assert made.issues() == set()


def test_an_impossible_date_is_told_and_the_row_kept(people: Callable[..., Any]) -> None:
    """31 February, a date to come and plain words leave the record without a date of birth."""
    made = people(
        {"born": "31/02/2015"}, {"born": "01/02/2031"}, {"born": "soon"}, {"born": "01/02/1066"}
    )
    assert {row["birth_date"] for row in made.records().values()} == {None}
    assert len(made.records()) == 4
    assert made.issues() == {
        ("bad_date", "born", 2, 1),
        ("future_birth_date", "born", 3, 1),
        ("bad_date", "born", 4, 1),
        ("bad_date", "born", 5, 1),
    }


def test_an_unborn_child_is_expected_on_a_day(council: Callable[..., Any]) -> None:
    """Where a source records the unborn, a day within a pregnancy is the one they are due."""
    born = ["01/02/2027", "01/02/2031", "01/10/2026"]
    rows = [{"id": str(number), "born": day} for number, day in enumerate(born)]
    made = council(UNBORN, ("children", rows))
    assert [(row["birth_date"], row["birth_date_quality"]) for row in made.records().values()] == [
        (date(2027, 2, 1), "expected"),
        (None, None),
        (date(2026, 10, 1), "exact"),
    ]
    assert made.issues() == {("future_birth_date", "born", 3, 1)}


def test_a_birth_counts_before_what_was_expected(council: Callable[..., Any]) -> None:
    """The day of birth counts, also where a later list still says when it was expected."""
    told = ("children", [{"id": "1", "born": "30/10/2026"}], date(2026, 11, 1))
    late = ("children", [{"id": "1", "born": "20/11/2026"}], date(2026, 11, 2))
    [record] = council(UNBORN, told, late).records().values()
    assert (record["birth_date"], record["birth_date_quality"]) == (date(2026, 10, 30), "exact")


def test_a_column_wrong_throughout_is_one_matter(people: Callable[..., Any]) -> None:
    """The first hundred rows are told one by one; one issue speaks for all the others."""
    made = people(*({"born": "soon"} for _ in range(130)))
    told = made.table("issues")
    assert len(told) == 101
    assert sum(row["rows"] for row in told) == 130
    assert ("bad_date", "born", 102, 30) in made.issues()


def test_the_quality_of_a_birth_date_is_known(people: Callable[..., Any]) -> None:
    """A placeholder of the contract and a year alone are dates of lesser quality."""
    made = people(
        {"born": "25/01/2015"},
        {"born": "01/01/1900"},
        {"born": "01/01/2014"},
        {"born_year": "2013"},
        {},
    )
    assert [(row["birth_date"], row["birth_date_quality"]) for row in made.records().values()] == [
        (date(2015, 1, 25), "exact"),
        (date(1900, 1, 1), "placeholder"),
        (date(2014, 1, 1), "placeholder"),
        (date(2013, 1, 1), "partial"),
        (None, None),
    ]


def test_an_exact_birth_date_outlasts_a_newer_placeholder(
    council: Callable[..., Any],
) -> None:
    """A month alone or a placeholder in a newer delivery does not displace a whole date."""
    text = """
dates: ["%d/%m/%Y", "%m/%Y"]
placeholder_dates: ["1900-01-01"]
lists:
  people:
    title: People
    files: "*.csv"
    people: [{role: child, key: id, fields: {birth_date: born}}]
"""
    made = council(
        text,
        ("people", [{"id": "1", "born": "25/01/2015"}, {"id": "2", "born": "03/2015"}],
         date(2025, 1, 1)),
        ("people", [{"id": "1", "born": "01/2015"}, {"id": "2", "born": "01/01/1900"}],
         date(2026, 1, 1)),
    )  # fmt: skip
    assert [(row["birth_date"], row["birth_date_quality"]) for row in made.records().values()] == [
        (date(2015, 1, 25), "exact"),
        (date(2015, 3, 1), "partial"),
    ]


def test_a_bad_date_in_a_key_or_fact_keeps_record_and_fact(council: Callable[..., Any]) -> None:
    """The key is the text as written; the fact stands without the date that cannot be."""
    made = council(FACTS, ("plans", [{"id": "1", "start": "31/02/2020", "end": "03-Mar-21"}]))
    assert set(made.records()) == {"lcs:1/31/02/2020"}
    (fact,) = made.table("facts")
    assert (fact["from_date"], fact["to_date"]) == (None, date(2021, 3, 3))
    assert made.issues() == {("bad_date", "start", 2, 1)}


def test_a_role_bounds_the_birth_date(council: Callable[..., Any]) -> None:
    """Age bands count back from each delivery, or its month; bands that agree narrow each other."""
    text = """
lists:
  pupils:
    title: Pupils
    files: "*.csv"
    people: [{role: pupil, key: id, age: [4, 18]}]
  leavers:
    title: Leavers
    files: "*.csv"
    people: [{role: leaver, key: id, age: [16, 19]}]
"""
    on = date(2026, 9, 1)
    made = council(
        text, ("pupils", [{"id": "1"}, {"id": "2"}], on), ("leavers", [{"id": "2"}], on)
    ).records()
    bands = [(row["born_from"], row["born_to"]) for row in made.values()]
    assert bands == [
        (date(2007, 9, 2), date(2022, 9, 1)),
        (date(2007, 9, 2), date(2010, 9, 1)),
    ]


@pytest.mark.parametrize(
    ("on", "later", "same"),
    [
        (date(2026, 9, 1), date(2026, 9, 30), True),
        (date(2026, 9, 2), date(2026, 9, 3), True),
        (date(2026, 9, 30), date(2026, 10, 1), False),
    ],
)
def test_another_night_bounds_nobody_otherwise(
    empty_council: Callable[[], Any], on: date, later: date, same: bool
) -> None:
    """What is delivered again within a month says nothing else of whoever has no birth date."""
    text = "lists: {p: {title: P, files: '*.csv', people: [{role: pupil, key: id, age: [4, 18]}]}}"
    bounds = []
    for nights in ([on], [on, later]):
        council = empty_council()
        council.deliver("one", text, *(("p", [{"id": "1"}], night) for night in nights))
        council.standardise()
        [record] = council.records().values()
        bounds.append((record["born_from"], record["born_to"]))
    assert (bounds[0] == bounds[1]) is same
    assert bounds[0][1] == bounds[1][1]


def test_a_day_that_one_contract_declares_stands_for_not_known_everywhere(
    empty_council: Callable[[], Any],
) -> None:
    """Clerks of another system type the same day; a habit of 1 January stays its source's own."""
    council = empty_council()
    people = "{role: person, key: id, fields: {forename: name, birth_date: born}}"
    lists = f"lists: {{people: {{title: People, files: '*.csv', people: [{people}]}}}}"
    rows = [{"id": "1", "name": "Testa", "born": "1901-01-01"}]
    rows += [{"id": "2", "name": "Tim", "born": "2015-01-01"}]
    council.deliver("one", f"placeholder_dates: ['1901-01-01', '01-01']\n{lists}", ("people", rows))
    council.deliver("other", lists, ("people", rows))
    council.standardise()
    assert {key: row["birth_date_quality"] for key, row in council.records().items()} == {
        "one:1": "placeholder", "one:2": "placeholder",
        "other:1": "placeholder", "other:2": "exact",
    }  # fmt: skip


def test_a_day_far_commoner_than_any_birthday_stands_for_not_known(
    people: Callable[..., Any],
) -> None:
    """Nobody declared it, but thirty records have it and no other day has more than one."""
    typed = [{"born": "07/07/1977"} for _ in range(30)]
    made = people(*typed, *({"born": f"{day:02}/08/1977"} for day in range(1, 21)))
    qualities = {row["birth_date"]: row["birth_date_quality"] for row in made.records().values()}
    assert qualities.pop(date(1977, 7, 7)) == "placeholder"
    assert set(qualities.values()) == {"exact"}


def test_an_archive_says_from_when_births_are_believed(empty_council: Callable[[], Any]) -> None:
    """Births of long ago are slips in a council's systems, and the matter itself in an archive."""
    council = empty_council()
    people = "{role: person, key: id, fields: {birth_date: born}}"
    lists = f"lists: {{people: {{title: People, files: '*.csv', people: [{people}]}}}}"
    rows = [{"id": "1", "born": "1655-02-03"}]
    council.deliver("archive", f"births_from: 1500-01-01\n{lists}", ("people", rows))
    council.deliver("housing", lists, ("people", rows))
    council.standardise()
    born = {key: row["birth_date"] for key, row in council.records().items()}
    assert born == {"archive:1": date(1655, 2, 3), "housing:1": None}
