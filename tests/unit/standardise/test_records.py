"""Records: one for each key of a source, from all its lists and deliveries; no row is lost."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

FAMILY = """
missing: ["", none]
codes: {sex: {Girl: F, Boy: M}}
lists:
  children:
    title: Children and their parents, one row each
    files: "*.csv"
    people:
      - role: child
        key: [centre, child]
        fields:
          forename: forename
          birth_date: {from: [day, month, year], take: join, separator: "/"}
          sex: {from: sex, codes: sex}
          case_family: {from: family, pattern: "^F-?(.*)$"}
      - role: parent
        key: parent
        fields: {forename: [called, parent_forename], surname: {constant: Example}}
        when: [{column: parent, filled: true}, {column: living, is_not: ["no"]}]
  visits:
    title: Visits
    files: "*.csv"
    people: [{role: visitor, key: parent}]
"""


def test_a_row_may_speak_of_two_people(council: Callable[..., Any]) -> None:
    """Keys of several columns, joined cells, patterns, constants and the first filled column."""
    row = {
        "centre": "A", "child": "1", "forename": "Tim", "day": "25", "month": "01", "year": "2015",
        "sex": "girl", "family": "F-7", "parent": "9", "called": "none", "parent_forename": "Testa",
        "living": "yes",
    }  # fmt: skip
    made = council(FAMILY, ("children", [row]))
    chosen = {
        key: (row["role"], row["forename"], row["surname"], row["birth_date"], row["sex"])
        for key, row in made.records().items()
    }
    assert chosen == {
        "lcs:A/1": ("child", "tim", None, date(2015, 1, 25), "F"),
        "lcs:9": ("parent", "testa", "example", None, None),
    }
    assert made.records()["lcs:A/1"]["case_family"] == "lcs:7"


def test_a_list_of_keys_alone_makes_records(council: Callable[..., Any]) -> None:
    """Whoever only visits is a record too; who is known otherwise keeps the first list's role."""
    made = council(
        FAMILY,
        ("children", [{"centre": "A", "child": "1", "parent": "9"}]),
        ("visits", [{"parent": "9"}, {"parent": "10"}]),
    )
    assert {key: row["role"] for key, row in made.records().items()} == {
        "lcs:A/1": "child",
        "lcs:9": "parent",
        "lcs:10": "visitor",
    }


def test_a_key_is_one_however_a_spreadsheet_left_it(council: Callable[..., Any]) -> None:
    """A number in a column of numbers that some rows leave empty often ends in .0."""
    made = council(
        FAMILY,
        ("children", [{"centre": "3", "child": "1", "parent": "9", "family": "F-7.0"}]),
        ("visits", [{"parent": "9.0"}, {"parent": "v1.0"}]),
    )
    assert set(made.records()) == {"lcs:3/1", "lcs:9", "lcs:v1.0"}
    assert made.records()["lcs:3/1"]["case_family"] == "lcs:7"


def test_a_key_has_the_digits_that_its_contract_says(council: Callable[..., Any]) -> None:
    """Zeros before a number are as many as there should be, in each part of a key; others stay.

    So those whose zeros are whole keep the ids that they had.
    """
    made = council(
        "key_digits: 3\n" + FAMILY,
        (
            "children",
            [
                {"centre": "A", "child": "01", "parent": "9.0", "family": "F-007"},
                {"centre": "A", "child": "1", "parent": "009", "family": "F-7"},
                {"centre": "2", "child": "0012345", "parent": "a01"},
            ],
        ),
        ("visits", [{"parent": "0009"}, {"parent": "000"}]),
    )
    keys = {"lcs:A/001", "lcs:002/12345", "lcs:009", "lcs:a01", "lcs:000"}
    assert set(made.records()) == keys
    assert made.records()["lcs:A/001"]["case_family"] == "lcs:007"


def test_the_newest_delivery_speaks_first(council: Callable[..., Any]) -> None:
    """Of each field the newest filled statement counts, and provenance points to the newest row."""
    made = council(
        FAMILY,
        ("children", [{"centre": "A", "child": "1", "forename": "Tom", "sex": "Boy"}],
         date(2025, 1, 1)),
        ("children", [{}, {"centre": "A", "child": "1", "forename": "Tim", "sex": None}],
         date(2026, 1, 1)),
    )  # fmt: skip
    record = made.records()["lcs:A/1"]
    assert (record["forename"], record["sex"], record["forenames"]) == ("tim", "M", ["tim", "tom"])
    assert (record["delivery_id"], record["row"]) == ("lcs-children-2", 3)


def test_an_unknown_sex_is_told(people: Callable[..., Any]) -> None:
    """Words for either sex are read, words for *not known* are nothing, the rest is an issue."""
    made = people({"sex": "Female"}, {"sex": "1"}, {"sex": "Not known"}, {"sex": "girll"})
    assert [row["sex"] for row in made.records().values()] == ["F", "M", None, None]
    assert made.issues() == {("unknown_sex", "sex", 5, 1)}


def test_a_row_without_a_person_is_set_aside(council: Callable[..., Any]) -> None:
    """It stands in QUARANTINE with the rule, a column and its cells; RAW marks it."""
    made = council(
        FAMILY,
        ("children", [{"centre": "A", "child": None, "parent": "9", "living": "no"}]),
        ("visits", [{"parent": "none"}, {"parent": "1"}]),
    )
    assert {
        (row["list"], row["row"], row["column"], row["rule"]) for row in made.table("quarantine")
    } == {("children", 2, "centre", "missing_key"), ("visits", 2, "parent", "missing_key")}
    assert made.read('SELECT _row FROM raw."lcs.children" WHERE _aside') == [(2,)]
    assert made.read('SELECT _row FROM raw."lcs.visits" WHERE _aside') == [(2,)]


def test_conditions_that_nobody_meets_are_named(council: Callable[..., Any]) -> None:
    """A row that is about none of the contract's people says so, rather than lacking a key."""
    text = """
lists:
  people:
    title: People
    files: "*.csv"
    people: [{role: child, key: id, when: [{column: kind, is: [child]}]}]
"""
    made = council(text, ("people", [{"id": "1", "kind": "team"}, {"id": "2", "kind": "Child"}]))
    assert [(row["row"], row["column"], row["rule"]) for row in made.table("quarantine")] == [
        (2, "kind", "no_person")
    ]
    assert set(made.records()) == {"lcs:2"}


def test_a_column_that_was_not_delivered_is_empty(council: Callable[..., Any]) -> None:
    """Lists load without their optional columns."""
    made = council(FAMILY, ("children", [{"centre": "A", "child": "1"}]))
    assert made.records()["lcs:A/1"]["forename"] is None


def test_a_second_run_changes_nothing(people: Callable[..., Any]) -> None:
    """Standardising again gives the same records and facts."""
    made = people(
        {"forename": "Testa", "known": "Tess", "line": "1 Invented Road", "postcode": "ZZ1 1ZZ"},
        {"forename": "Tim", "upn": "B801200005001", "line": "1 Invented Rd", "postcode": "zz11zz"},
    )
    tables = ("records", "record_rows", "identifiers", "addresses", "facts")
    before = {name: made.table(name) for name in tables}
    made.standardise()
    assert {name: made.table(name) for name in tables} == before


BRIEF = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""Each example is a whole run of the stage, so few are tried and none is shrunk."""

CELLS = st.none() | st.sampled_from(["1", "2", "A", "none", "31/02/2015", "F-", "no"]) | st.text()

ROWS = st.lists(
    st.fixed_dictionaries(
        dict.fromkeys(("centre", "child", "parent", "forename", "day", "family", "living"), CELLS)
    ),
    max_size=8,
)


@settings(BRIEF)
@given(old=ROWS, new=ROWS, visits=st.lists(st.fixed_dictionaries({"parent": CELLS}), max_size=4))
def test_every_row_is_spoken_for(
    council: Callable[..., Any], old: Any, new: Any, visits: Any
) -> None:
    """Whatever the cells hold, each row stands in RECORD_ROWS or in QUARANTINE, never in both."""
    made = council(
        FAMILY,
        ("children", old, date(2025, 1, 1)),
        ("children", new, date(2026, 1, 1)),
        ("visits", visits, date(2026, 1, 1)),
    )
    spoken = {(row["delivery_id"], row["row"]) for row in made.table("record_rows")}
    aside = Counter((row["delivery_id"], row["row"]) for row in made.table("quarantine"))
    delivered = {
        (f"lcs-{name}", number)
        for name, rows in (("children-1", old), ("children-2", new), ("visits-3", visits))
        for number in range(2, len(rows) + 2)
    }
    assert spoken | set(aside) == delivered
    assert not spoken & set(aside)
    assert set(aside.values()) <= {1}
    assert {row["record_id"] for row in made.table("record_rows")} == set(made.records())


@settings(BRIEF)
@given(
    rows=st.lists(
        st.dictionaries(
            st.sampled_from(
                ["forename", "surname", "known", "born", "born_year", "sex", "upn", "nhs", "line",
                 "postcode", "uprn", "since", "sealed"]
            ),
            st.text(max_size=30) | st.from_regex(r"[0-9A-Za-z/,. '-]{0,20}", fullmatch=True),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_any_text_standardises(people: Callable[..., Any], rows: Any) -> None:
    """No text in any cell stops the stage, and each row makes its record."""
    made = people(*rows)
    assert len(made.records()) == len(rows)
    names = "".join(row["forename"] or "" for row in made.records().values())
    assert set(names) <= set("abcdefghijklmnopqrstuvwxyz ")
