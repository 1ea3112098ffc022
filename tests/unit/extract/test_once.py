"""Of equal rows of a snapshot list that several deliveries hold, RAW has the newest alone."""

from datetime import date
from typing import Any

import pytest

PEOPLE = {
    "files": ["people_*.csv"],
    "reader": {"format": "csv"},
    "delivered_on": {"pattern": r"(?P<year>\d{4})_(?P<month>\d\d)"},
}
HEAD = "id,name,exported\n"
JANUARY, FEBRUARY, MARCH = "people_2025_01.csv", "people_2025_02.csv", "people_2025_03.csv"
_ASIDE = "quarantine JOIN deliveries AS d USING (delivery_id)"
OF = 'raw."s.people" AS s JOIN deliveries AS d ON d.delivery_id = s._delivery'


def _month(number: int) -> date:
    return date(2025, number, (31, 28, 31)[number - 1])


def test_a_row_that_is_said_again_stands_once(delivered: Any) -> None:
    """It stands in the newest delivery with the day that said it first; others keep their own.

    What the contract does not read, as the hour of an export, makes no other row of it.
    """
    made = delivered(
        {
            JANUARY: HEAD + "1,Testa,10:00\n2,Tim,10:00\n",
            FEBRUARY: HEAD + "1,Testa,11:00\n2,Tom,11:00\n",
            MARCH: HEAD + "3,Testo,12:00\n1,Testa,12:00\n",
        },
        people=PEOPLE,
    )
    assert made.rows("d.delivered_on, s._row, s.id, s.name, s.exported, s._since", OF) == [
        (_month(1), 3, "2", "Tim", "10:00", None),
        (_month(2), 3, "2", "Tom", "11:00", None),
        (_month(3), 2, "3", "Testo", "12:00", None),
        (_month(3), 3, "1", "Testa", "12:00", _month(1)),
    ]
    assert made.deliveries("delivered_on, rows_in, repeated") == [
        (_month(1), 2, 1), (_month(2), 2, 1), (_month(3), 2, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("1,", "2,"), ("1,-", "1,"), ("1,1:x", "1:1,x"), ("1,2Testa", "12,Testa")],
    ids=["key", "dash", "colon", "split"],
)
def test_rows_are_told_apart_cell_by_cell(delivered: Any, earlier: str, later: str) -> None:
    """The same letters spread otherwise over the cells are another row."""
    made = delivered({JANUARY: f"{HEAD}{earlier},\n", FEBRUARY: f"{HEAD}{later},\n"}, people=PEOPLE)
    assert len(made.raw()) == 2


def test_a_row_that_one_delivery_has_twice_stays_twice(delivered: Any) -> None:
    """Which is for later stages to judge; in all counts add up."""
    twice = HEAD + "1,Testa,10:00\n1,Testa,10:00\n"
    made = delivered({JANUARY: twice, FEBRUARY: twice}, people=PEOPLE)
    assert made.raw("_row, _since") == [(2, _month(1)), (3, _month(1))]
    assert made.deliveries("rows_in, repeated") == [(2, 0), (2, 2)]
    assert made.adds_up("people")


def test_a_broken_row_that_is_said_again_is_set_aside_once(delivered: Any) -> None:
    """It stands in QUARANTINE for the newest delivery that has it, and counts in the others."""
    made = delivered(
        {
            JANUARY: HEAD + "1,Testa,10:00\n2\n3\n",
            FEBRUARY: HEAD + "1,Testa,10:00\n2\n2\n",
            MARCH: HEAD + "1,Testa,10:00\n3\n",
        },
        people=PEOPLE,
    )
    assert made.rows("d.delivered_on, row, trim(content, chr(10))", _ASIDE) == [
        (_month(2), 3, "2"), (_month(2), 4, "2"), (_month(3), 3, "3"),
    ]  # fmt: skip
    assert made.deliveries("delivered_on, rows_in, repeated") == [
        (_month(1), 3, 3), (_month(2), 3, 1), (_month(3), 2, 0),
    ]  # fmt: skip
    assert made.adds_up("people")


def test_a_column_may_have_any_name(delivered: Any) -> None:
    """One that is called as a column of ours is the delivered one."""
    read = {"forename": "sequence", "surname": "content", "middle_names": "rowid"}
    people = [{"role": "child", "key": "id", "fields": read}]
    head = "id,sequence,content,rowid,since,_since,_aside,delivered_on\n"
    same, other = "1,1,b,AAA,c,d,e,f\n", "1,2,b,AAA,c,d,e,f\n"
    made = delivered(
        {JANUARY: head + same, FEBRUARY: head + same + other}, people={**PEOPLE, "people": people}
    )
    assert made.raw("id, sequence, _row") == [("1", "1", 2), ("1", "2", 3)]


@pytest.mark.parametrize(
    "told",
    [{"mode": "append"}, {"constants": {"month": r"_(\d\d)\.csv"}}],
    ids=["what is added", "what a file's name says"],
)
def test_rows_that_mean_their_delivery_stay(delivered: Any, told: dict[str, Any]) -> None:
    """Where each delivery adds to the last, or its name says something, no row repeats another."""
    same = HEAD + "1,Testa,10:00\n"
    made = delivered({JANUARY: same, FEBRUARY: same}, people=PEOPLE | told)
    assert len(made.raw("_row")) == 2
    assert made.deliveries("rows_in, repeated") == [(1, 0), (1, 0)]
