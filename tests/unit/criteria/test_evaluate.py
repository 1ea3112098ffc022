"""What a pack finds becomes findings with evidence, a state an area, and points that add up."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pei_graph import criteria, tables
from pei_graph.errors import CriterionError

AS_OF = date(2026, 11, 1)


def rows(con: duckdb.DuckDBPyConnection, query: str) -> set[tuple[Any, ...]]:
    """Return the rows of a query as a set."""
    return set(con.execute(query).fetchall())


def test_findings_carry_evidence_and_family(con: duckdb.DuckDBPyConnection) -> None:
    """Each finding names its facts and the family its person lives in now, if any."""
    found = rows(
        con, "SELECT criterion, subject, family_id, state, evidence::VARCHAR FROM findings"
    )
    assert found == {
        ("proven_offence", "tim", "F-1", "met", "[1, 2, 3]"),
        ("proven_offence", "una", "F-1", "met", "[4, 13]"),
        ("proven_offence", "nell", None, "met", "[9]"),
        ("repeated_suspension", "tim", "F-1", "cusp", "[5, 6]"),
        ("out_of_work_benefit", "petra", "F-2", "met", "[7]"),
        ("domestic_abuse_incident", "petra", "F-2", "met", "[8]"),
        ("asb_intervention", "vic", "F-4", "met", "[10, 11, 12]"),
        ("prison_release", "vic", "F-4", "met", "[14]"),
    }


def test_sentences_are_filled_in(con: duckdb.DuckDBPyConnection) -> None:
    """A finding says why in words, with its figure, its date and the threshold, and no name."""
    said = rows(con, "SELECT because FROM findings WHERE subject = 'tim'")
    assert said == {
        ("Days with a proven offence in the last 12 months: 3; the newest on 01/10/2026.",),
        ("Suspensions in the last 12 months: 2, short of 3; the newest on 02/03/2026.",),
    }


def test_every_family_has_a_state_in_every_area(con: duckdb.DuckDBPyConnection) -> None:
    """Met comes before on the cusp, that before not met; no data where no system could tell."""
    states = rows(con, "SELECT family_id, area, state FROM family_areas")
    by_family: dict[str, dict[str, str]] = {}
    for family, area, state in states:
        by_family.setdefault(family, {})[area] = state
    assert by_family == {
        "F-1": {
            "crime_and_asb": "met",
            "school": "cusp",
            "children_who_need_help": "no_data",
            "work_and_money": "met",
            "domestic_abuse": "not_met",
            "health": "no_data",
        },
        "F-2": {
            "crime_and_asb": "not_met",
            "school": "no_data",
            "children_who_need_help": "no_data",
            "work_and_money": "met",
            "domestic_abuse": "met",
            "health": "no_data",
        },
        "F-3": {
            "crime_and_asb": "no_data",
            "school": "not_met",
            "children_who_need_help": "no_data",
            "work_and_money": "no_data",
            "domestic_abuse": "no_data",
            "health": "no_data",
        },
        "F-4": {
            "crime_and_asb": "met",
            "school": "no_data",
            "children_who_need_help": "no_data",
            "work_and_money": "no_data",
            "domestic_abuse": "not_met",
            "health": "no_data",
        },
    }


def test_parent_elsewhere_contributes_one_area(con: duckdb.DuckDBPyConnection) -> None:
    """Of two problems of a child's non-resident parent the first in the pack's order counts."""
    said = rows(
        con, "SELECT area, because FROM family_areas WHERE because LIKE '%lives elsewhere%'"
    )
    assert said == {
        ("work_and_money", "Met by a parent who lives elsewhere: Adult on an out-of-work benefit")
    }


def test_priority_adds_up_by_hand(con: duckdb.DuckDBPyConnection) -> None:
    """Each reason adds its own points: state, members, severity, recency, growth, elsewhere."""
    added = rows(con, "SELECT criterion, points, reason FROM priorities WHERE family_id = 'F-1'")
    assert added == {
        ("proven_offence", 3, "Met"),
        ("proven_offence", 1, "Met by 2 members"),
        ("proven_offence", 1, "Severe: 3"),
        ("proven_offence", 1, "In the last 3 months"),
        ("proven_offence", 1, "Growing: on 3 days in the last 6 months, on 1 in as many before"),
        ("repeated_suspension", 1, "On the cusp"),
        ("out_of_work_benefit", 1, "Met by a parent who lives elsewhere"),
    }


def test_what_is_still_to_come_is_not_recent(con: duckdb.DuckDBPyConnection) -> None:
    """A release from prison that is due adds its points, and none for having been of late."""
    query = "SELECT points, reason FROM priorities WHERE criterion = 'prison_release'"
    assert rows(con, query) == {(2, "Met")}


def test_tables_list_what_was_asked(con: duckdb.DuckDBPyConnection) -> None:
    """CRITERIA holds every criterion asked, with the figures it used, found or not."""
    (asked,) = rows(con, "SELECT count(*) FROM criteria")
    assert asked == (len(criteria.read_packs()[0].criteria),)
    assert rows(con, "SELECT parameters FROM criteria WHERE criterion = 'proven_offence'") == {
        ('{"recent": 12}',)
    }


class Answers:
    """A store that answers each criterion with the same rows."""

    def __init__(self, found: list[dict[str, Any]]) -> None:
        """Answer with ``found``."""
        self.found = found

    def table(self, text: str, **_: Any) -> pa.Table:
        """Return no source, or the rows given."""
        if "Source" in text:
            return pa.table(
                {
                    "source": pa.array([], pa.string()),
                    "types": pa.array([], pa.list_(pa.string())),
                    "evidences": pa.array([], pa.list_(pa.string())),
                }
            )
        return pa.Table.from_pylist(
            self.found,
            schema=pa.schema(
                [
                    ("subject", pa.string()),
                    ("state", pa.string()),
                    ("since", pa.date32()),
                    ("value", pa.float64()),
                    ("evidence", pa.list_(pa.int64())),
                ]
            ),
        )


@contextmanager
def one_person() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give tables that hold one person."""
    with duckdb.connect() as con:
        for table in tables.STAGE_TABLES:
            con.execute(table.ddl)
        con.execute(
            "INSERT INTO persons (person_id, records, sources, sealed)"
            " VALUES ('tim', 1, ['s'], false)"
        )
        yield con


@pytest.mark.parametrize(("value", "says"), [(89.96, "89.9 %"), (90.0, "90 %"), (92.7, "92.7 %")])
def test_a_figure_is_not_rounded_across_a_threshold(value: float, says: str) -> None:
    """A figure is cut, so that a sentence never says that 90.0 is below 90."""
    (pack,) = criteria.read_packs()
    chosen = [each for each in pack.criteria if each.header.id == "persistent_absence"]
    answer = Answers([{**SOUND, "value": value}])
    with one_person() as con:
        criteria.evaluate(con, answer, [replace(pack, criteria=chosen)], as_of=AS_OF)  # type: ignore[arg-type]
        assert says in str(rows(con, "SELECT because FROM findings"))


SOUND = {"subject": "tim", "state": "met", "since": AS_OF, "value": 1.0, "evidence": [1]}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ([{**SOUND, "subject": "Marked Name"}], "1 unknown subjects"),
        ([{**SOUND, "state": "perhaps"}], "1 unknown states"),
        ([{**SOUND, "evidence": []}], "1 rows without evidence"),
        ([SOUND, SOUND], "1 subjects found twice"),
    ],
)
def test_answer_that_breaks_its_promise_is_refused(answer: list[dict[str, Any]], says: str) -> None:
    """An answer with a wrong row stops the run, names the file and no person."""
    (pack,) = criteria.read_packs()
    alone = replace(pack, criteria=pack.criteria[:1])
    with one_person() as con, pytest.raises(CriterionError, match=says) as error:
        criteria.evaluate(con, Answers(answer), [alone], as_of=AS_OF)  # type: ignore[arg-type]
    assert "asb_intervention.cypher" in str(error.value)
    assert "Marked" not in str(error.value)
