"""Facts: what the rows state about people, once, with codes in the vocabulary's words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.unit.standardise.conftest import TODAY

TEXT = """
dates: ["%d/%m/%Y"]
codes:
  state: {{O: open, C: closed, N/S: ""}}
  part: {{VIC: victim, SUS: suspect}}
lists:
  incidents:
    title: Incidents
    files: "*.csv"
    mode: {mode}
    people: [{{role: nominal, key: id}}]
    facts:
      - type: police_incident
        about: nominal
        role: {{from: part, codes: part}}
        event: number
        from_date: day
        status: {{from: state, codes: state}}
        detail: kind
        value: cost
        worker: officer
        telephone: phone
        when: [{{column: flag, is_not: [Y]}}]
      - {{type: domestic_abuse_incident, about: nominal, event: number, from_date: day,
         when: [{{column: flag, is: [y]}}, {{column: id, filled: true}}]}}
"""

ROW = {
    "id": "1", "part": " vic ", "number": "77", "day": "01/02/2026", "state": "o",
    "kind": "noise", "cost": "£1,200.50", "officer": "PC Example", "phone": "01632 960000",
    "flag": None,
}  # fmt: skip


def test_a_row_states_a_fact(council: Callable[..., Any]) -> None:
    """Codes match whatever their case and blanks; numbers lose signs; events belong to a source."""
    made = council(TEXT.format(mode="snapshot"), ("incidents", [ROW]))
    (fact,) = made.table("facts")
    assert {key: value for key, value in fact.items() if value is not None} == {
        "fact_id": fact["fact_id"],
        "record_id": "lcs:1",
        "kind": "involvement",
        "type": "police_incident",
        "role": "victim",
        "event": "lcs:77",
        "from_date": date(2026, 2, 1),
        "status": "open",
        "detail": "noise",
        "value": 1200.5,
        "worker": "PC Example",
        "telephone": "01632 960000",
        "source": "lcs",
        "delivery_id": "lcs-incidents-1",
        "row": 2,
        "first_told": TODAY,
    }
    assert made.issues() == set()


def test_conditions_choose_the_fact(council: Callable[..., Any]) -> None:
    """A row states only the facts whose conditions it meets."""
    rows = [ROW, {**ROW, "flag": "Y", "number": "78"}, {**ROW, "flag": "N", "number": "79"}]
    made = council(TEXT.format(mode="snapshot"), ("incidents", rows))
    assert {(row["event"], row["type"]) for row in made.table("facts")} == {
        ("lcs:77", "police_incident"),
        ("lcs:78", "domestic_abuse_incident"),
        ("lcs:79", "police_incident"),
    }


def test_an_unknown_code_is_told_once_a_column(council: Callable[..., Any]) -> None:
    """The fact stands without the meaning; *nothing* is no issue, nor is a row it is not for."""
    rows = [
        {**ROW, "state": "N/S"},
        {**ROW, "state": "?", "number": "2"},
        {**ROW, "state": "??", "number": "3"},
        {**ROW, "state": "???", "number": "4", "flag": "Y"},
    ]
    made = council(TEXT.format(mode="snapshot"), ("incidents", rows))
    assert made.issues() == {("unknown_code", "state", 3, 2)}
    assert {row["status"] for row in made.table("facts")} == {None}
    (issue,) = made.table("issues")
    assert "codes.state" in issue["advice"]
    assert "?" not in str({**issue, "advice": ""})


def test_a_bad_number_is_told(council: Callable[..., Any]) -> None:
    """Words where a number should be leave the fact without it."""
    made = council(TEXT.format(mode="snapshot"), ("incidents", [{**ROW, "cost": "a lot"}]))
    assert made.issues() == {("bad_number", "cost", 2, 1)}
    assert made.table("facts")[0]["value"] is None


def test_a_snapshot_replaces_and_an_append_adds(council: Callable[..., Any]) -> None:
    """Facts of an older snapshot no longer count, its records remain but are marked."""
    old, new = {**ROW, "id": "1"}, {**ROW, "id": "2"}
    deliveries = (
        ("incidents", [old], date(2026, 1, 1)),
        ("incidents", [new], date(2026, 2, 1)),
    )
    snapshot = council(TEXT.format(mode="snapshot"), *deliveries)
    append = council(TEXT.format(mode="append"), *deliveries)
    assert {row["record_id"] for row in snapshot.table("facts")} == {"lcs:2"}
    assert {row["record_id"] for row in append.table("facts")} == {"lcs:1", "lcs:2"}
    assert [row["in_latest"] for row in snapshot.records().values()] == [False, True]
    assert [row["in_latest"] for row in append.records().values()] == [True, True]


def test_one_statement_is_one_fact_with_a_lasting_id(council: Callable[..., Any]) -> None:
    """Said again in a newer delivery, it is the same fact, found in the newer place."""
    made = council(
        TEXT.format(mode="append"),
        ("incidents", [{"id": "9"}, ROW, ROW], date(2026, 1, 1)),
        ("incidents", [ROW], date(2026, 2, 1)),
    )
    alone = council(TEXT.format(mode="snapshot"), ("incidents", [ROW]))
    facts = [row for row in made.table("facts") if row["event"]]
    assert [(row["delivery_id"], row["row"]) for row in facts] == [("lcs-incidents-2", 2)]
    assert facts[0]["fact_id"] == alone.table("facts")[0]["fact_id"]


def test_a_fact_tells_since_when_it_is_stated(council: Callable[..., Any]) -> None:
    """Another officer is news; the same said by a row that is otherwise in other things is not."""
    old = [ROW, {**ROW, "number": "78"}, {**ROW, "number": "79"}]
    new = [{**ROW, "flag": "N"}, {**ROW, "number": "78", "officer": "PC Sample"}, old[2]]
    made = council(
        TEXT.format(mode="snapshot"),
        ("incidents", [{"id": "9"}, *old], date(2026, 1, 1)),
        ("incidents", new, date(2026, 2, 1)),
    )
    assert {(row["event"], row["first_told"], row["row"]) for row in made.table("facts")} == {
        ("lcs:77", date(2026, 1, 1), 2),
        ("lcs:78", date(2026, 2, 1), 3),
        ("lcs:79", date(2026, 1, 1), 4),
    }


def test_attendance_codes_are_added_up(council: Callable[..., Any]) -> None:
    """Rows of one pupil and term become one fact; codes go into the sums the contract names."""
    text = """
dates: ["%Y-%m-%d"]
lists:
  sessions:
    title: Sessions
    files: "*.csv"
    people: [{role: pupil, key: upn}]
    facts:
      - type: attendance
        about: pupil
        from_date: start
        combine:
          column: code
          number: sessions
          into:
            value: [P, L]
            total: [P, L, O, I]
            unauthorised: [O]
"""
    rows = [
        {"upn": "A", "start": "2026-01-01", "code": code, "sessions": sessions}
        for code, sessions in {"P": "90", "l": "5", "O": "7", "I": "8", "X": "30"}.items()
    ]
    other = {"upn": "A", "start": "2026-04-01", "code": "P", "sessions": "10"}
    made = council(text, ("sessions", [*rows, other]))
    assert {
        (row["from_date"], row["value"], row["total"], row["unauthorised"], row["row"])
        for row in made.table("facts")
    } == {(date(2026, 1, 1), 95, 110, 7, 2), (date(2026, 4, 1), 10, 10, None, 7)}


def test_relationships_read_record_is_kind_of_other(council: Callable[..., Any]) -> None:
    """Codes lead to the vocabulary; any other word counts as relative, and is told."""
    text = """
codes: {kind: {Mum: parent, Odd: ghost}}
lists:
  links:
    title: Who is what to whom
    files: "*.csv"
    people: [{role: adult, key: adult}, {role: child, key: child}]
    relationships: [{person: adult, of: child, kind: {from: kind, codes: kind}}]
"""
    rows = [
        {"adult": "1", "child": "2", "kind": "mum"},
        {"adult": "1", "child": "3", "kind": "Odd"},
        {"adult": "1", "child": "4", "kind": "Aunt"},
        {"adult": "1", "child": None, "kind": "Mum"},
        {"adult": "1", "child": "1", "kind": "Mum"},
    ]
    made = council(text, ("links", rows))
    assert {
        (row["record_id"], row["type"], row["other_record_id"]) for row in made.table("facts")
    } == {
        ("lcs:1", "parent", "lcs:2"),
        ("lcs:1", "relative", "lcs:3"),
        ("lcs:1", "relative", "lcs:4"),
    }
    assert made.issues() == {
        ("unknown_relationship", "kind", 3, 1),
        ("unknown_code", "kind", 4, 1),
    }


def test_an_address_is_a_fact(people: Callable[..., Any]) -> None:
    """Each address a record gives is a dated statement of residence."""
    made = people({"line": "1 Invented Road", "postcode": "ZZ1 1ZZ", "since": "01/02/2020"})
    (fact,) = made.table("facts")
    assert (fact["kind"], fact["type"], fact["from_date"], fact["address_id"]) == (
        "address",
        "residence",
        date(2020, 2, 1),
        made.records()["lcs:1"]["address_id"],
    )
