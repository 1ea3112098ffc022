"""A run measured against a truth file, on towns small enough to count by hand."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_town import fill, truth, values, write

from pei_graph import tables
from pei_graph.evaluation import TruthError, evaluate

MIXED = {"a:1": "P-1", "a:2": "P-1", "a:3": "P-1", "b:4": "P-2", "b:5": "P-3"}
TRUE = {"a:1": "x", "a:2": "x", "a:3": "y", "b:4": "y", "b:5": "z"}


def test_pairs_are_counted_as_by_hand(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Of three pairs claimed one is right, and of two true pairs one is found."""
    fill(con, MIXED)
    report = evaluate(con, truth(tmp_path, TRUE))
    assert values(report) == {
        "person precision": 0.3333,
        "person recall": 0.5,
        "person F1": 0.4,
        "person B-cubed precision": 0.7333,
        "person B-cubed recall": 0.8,
        "person B-cubed F1": 0.7652,
        "persons found exactly": 0.3333,
        "persons split": 0.3333,
        "persons mixed with others": 0.6667,
        "person variation of information": 0.951,
    }
    assert report.counts["person pairs claimed"] == 3
    assert report.counts["true persons"] == 3


def test_errors_are_counted_by_source(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Wrong and missed pairs are counted under the two sources they join or part."""
    fill(con, MIXED)
    report = evaluate(con, truth(tmp_path, TRUE))
    assert report.errors == [
        {"source_l": "a", "source_r": "a", "claimed": 3, "true": 1, "wrong": 2, "missed": 0},
        {"source_l": "a", "source_r": "b", "claimed": 0, "true": 1, "wrong": 0, "missed": 1},
    ]


def test_source_and_key_name_a_record_too(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A truth with source and key says the same as one with record ids."""
    fill(con, {"a:1": "P-1", "a:2": "P-1"})
    file = write(tmp_path / "t.csv", "source,key,person,note", "a,1,x,", "a,2,x,first")
    assert values(evaluate(con, file))["person F1"] == 1.0


def test_records_without_counterpart_are_counted_apart(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Truth rows not in the run, and records without truth, change no measure but are counted."""
    fill(con, {"a:1": "P-1", "a:2": "P-1", "a:3": "P-1"})
    report = evaluate(con, truth(tmp_path, {"a:1": "x", "a:2": "x", "gone:1": "x"}))
    assert values(report)["person F1"] == 1.0
    assert report.counts["truth records not found"] == 1
    assert report.counts["records without truth"] == 1


def test_families_are_compared_on_people(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Family pairs count true persons, each standing for the found person with most records."""
    fill(con, {"a:1": "P-1", "a:2": "P-1", "a:3": "P-2", "a:4": "P-3"})
    for person, family in (("P-1", "F-1"), ("P-2", "F-1"), ("P-3", "F-2")):
        con.execute("INSERT INTO families (family_id, person_id) VALUES (?, ?)", [family, person])
    write(tmp_path / "families.csv", "person,family", "x,1", "y,1", "z,1")
    file = truth(tmp_path, {"a:1": "x", "a:2": "x", "a:3": "y", "a:4": "z"})
    measured = values(evaluate(con, file))
    assert (measured["family precision"], measured["family recall"]) == (1.0, 0.3333)


def test_two_taken_for_one_who_lives_alone_are_no_family(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Whom the run holds to be one person without a family was not found to live with anybody."""
    fill(con, {"a:1": "P-1", "a:2": "P-1", "a:3": "P-2", "a:4": "P-3"})
    con.execute("INSERT INTO families (family_id, person_id) VALUES ('F-1', 'P-2'), ('F-1', 'P-3')")
    write(tmp_path / "families.csv", "person,family", "x,1", "y,2", "z,3", "v,3")
    true = {"a:1": "x", "a:2": "y", "a:3": "z", "a:4": "v"}
    report = evaluate(con, truth(tmp_path, true))
    assert values(report)["family precision"] == 1.0
    assert report.counts["family members found"] == 2


def test_nobody_is_of_two_families(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A person who stands twice among the families is refused: they would be counted twice."""
    fill(con, {"a:1": "P-1", "a:2": "P-2"})
    file = truth(tmp_path, {"a:1": "x", "a:2": "y"})
    write(tmp_path / "families.csv", "person,family", "x,1", "y,1", "x,1")
    with pytest.raises(TruthError, match=r"1 rows of the truth name one.*families\.csv"):
        evaluate(con, file)


def test_family_membership_is_seen_from_each_member(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Of three who live together two were found so: their share of it is 2/3, 2/3 and 1/3.

    Who lives alone, and was found to, changes neither share. Who lives alone and was put with two
    others counts against what was found alone.
    """
    fill(con, {f"a:{person}": f"P-{person}" for person in range(1, 8)})
    put = {"F-1": (1, 2), "F-2": (3,), "F-3": (5, 6, 7)}
    rows = [(family, f"P-{person}") for family, members in put.items() for person in members]
    con.executemany("INSERT INTO families (family_id, person_id) VALUES (?, ?)", rows)
    lives = ("1,A", "2,A", "3,A", "5,B", "6,B")
    write(tmp_path / "families.csv", "person,family", *lives)
    true = {f"a:{person}": str(person) for person in range(1, 8)}
    report = evaluate(con, truth(tmp_path, true))
    measured = values(report)
    assert measured["family membership precision"] == round((2 + 2 * 2 / 3 + 1 / 3) / 5, 4)
    assert measured["family membership recall"] == round((2 * 2 / 3 + 1 / 3 + 2) / 5, 4)
    assert report.counts["family members found"] == 5
    assert report.counts["family members true"] == 5


def test_mixed_twins_are_counted(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Two people of one family born on one day in one found person are mixed twins."""
    fill(con, {"a:1": "P-1", "a:2": "P-1", "a:3": "P-2"}, born="2015-05-05")
    write(tmp_path / "families.csv", "person,family", "x,1", "y,1", "z,2")
    report = evaluate(con, truth(tmp_path, {"a:1": "x", "a:2": "y", "a:3": "z"}))
    assert report.counts["pairs of twins"] == 1
    assert report.counts["pairs of twins mixed"] == 1


def test_areas_are_compared_on_people(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """An area met by a family is met by its people, in the truth and in the run."""
    con.execute(tables.FAMILY_AREAS.ddl)
    fill(con, {"a:1": "P-1", "a:2": "P-2"})
    con.execute("INSERT INTO families (family_id, person_id) VALUES ('F-1', 'P-1'), ('F-2', 'P-2')")
    con.execute(
        "INSERT INTO family_areas (family_id, area, state)"
        " VALUES ('F-1', 'school', 'met'), ('F-2', 'school', 'met'), ('F-2', 'health', 'no_data')"
    )
    write(tmp_path / "families.csv", "person,family", "x,1", "y,2")
    write(
        tmp_path / "criteria.csv",
        "subject_kind,subject,area,state",
        "family,1,school,met",
        "person,x,health,met",
    )
    measured = values(evaluate(con, truth(tmp_path, {"a:1": "x", "a:2": "y"})))
    assert (measured["area precision"], measured["area recall"]) == (0.5, 0.5)


@pytest.mark.parametrize(
    "row", ["family,1,School,met", "family,1,school,Met", "household,1,school,met"]
)
def test_areas_that_nobody_could_meet_are_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, row: str
) -> None:
    """A truth that writes areas, states or subjects otherwise is not measured as all missed."""
    con.execute(tables.FAMILY_AREAS.ddl)
    fill(con, {"a:1": "P-1"})
    con.execute("INSERT INTO families (family_id, person_id) VALUES ('F-1', 'P-1')")
    con.execute("INSERT INTO family_areas (family_id, area, state) VALUES ('F-1', 'school', 'met')")
    write(tmp_path / "families.csv", "person,family", "x,1")
    write(tmp_path / "criteria.csv", "subject_kind,subject,area,state", row)
    with pytest.raises(TruthError, match=r"1 rows.*none here.*criteria\.csv"):
        evaluate(con, truth(tmp_path, {"a:1": "x"}))


def test_the_people_of_a_family_meet_an_area_together(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Areas of eight families, one of them wrong, are no surer for the five people of each."""
    con.execute(tables.FAMILY_AREAS.ddl)
    people = [(str(family), f"{family}{person}") for family in range(8) for person in "abcde"]
    fill(con, {f"a:{person}": f"P-{person}" for _, person in people})
    rows = [(f"F-{family}", f"P-{person}") for family, person in people]
    con.executemany("INSERT INTO families (family_id, person_id) VALUES (?, ?)", rows)
    con.execute(
        "INSERT INTO family_areas (family_id, area, state)"
        " SELECT DISTINCT family_id, 'school', 'met' FROM families"
    )
    write(tmp_path / "families.csv", "person,family", *(f"{who},{home}" for home, who in people))
    met = (f"family,{family},school,met" for family in range(7))
    write(tmp_path / "criteria.csv", "subject_kind,subject,area,state", *met)
    criteria = evaluate(con, truth(tmp_path, {f"a:{who}": who for _, who in people})).criteria
    assert criteria is not None
    assert criteria.precision.value == 7 / 8
    low, _ = criteria.precision.interval
    assert low is not None
    assert low < 0.65


def test_report_is_plain_json(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """The report survives JSON, with an interval around each pairwise share."""
    fill(con, MIXED)
    report = evaluate(con, truth(tmp_path, TRUE)).as_json()
    assert json.loads(json.dumps(report)) == report
    low, high = report["measures"]["person precision"]["interval"]
    assert 0 <= low < 1 / 3 < high <= 1


def test_of_one_record_nothing_is_sure(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Where no pair is claimed and none is true, no measure of pairs has an interval."""
    fill(con, {"a:1": "P-1"})
    persons = evaluate(con, truth(tmp_path, {"a:1": "x"})).persons
    assert {measure.interval for measure in persons.measures()} == {(None, None)}


def test_read_only_run_can_be_measured(tmp_path: Path) -> None:
    """Measuring writes nothing into the run."""
    file = tmp_path / "tables.duckdb"
    with duckdb.connect(str(file)) as con:
        for table in (tables.RECORDS, tables.MEMBERS, tables.FAMILIES):
            con.execute(table.ddl)
        fill(con, MIXED)
    with duckdb.connect(str(file), read_only=True) as con:
        assert values(evaluate(con, truth(tmp_path, TRUE)))["person recall"] == 0.5


BAD = {
    "missing column": (["record_id,who", "a:1,x"], "lacks columns"),
    "empty cell": (["record_id,person", "a:1,"], "1 rows of the truth leave a cell empty"),
    "repeated record": (
        ["record_id,person", "a:1,x", "a:1,y"],
        "1 rows of the truth name one",
    ),
    "other council": (["record_id,person", "z:9,x"], "names no record of this run"),
    "broken rows": (["record_id,person", 'a:1,"x', "a:2,y"], "truth"),
    "nothing in it": ([""], "truth"),
}


@pytest.mark.parametrize("lines", BAD.values(), ids=BAD.keys())
def test_bad_truth_is_refused_in_plain_words(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, lines: Any
) -> None:
    """A truth that cannot be used is refused with what is wrong and what to do, no value shown."""
    fill(con, {"a:1": "P-1"})
    file = write(tmp_path / "t.csv", *lines[0])
    with pytest.raises(TruthError, match=lines[1]):
        evaluate(con, file)


def test_missing_truth_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A truth file that is not there is named."""
    with pytest.raises(TruthError, match=r"no truth file absent\.csv"):
        evaluate(con, tmp_path / "absent.csv")


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    found=st.lists(st.integers(0, 4), min_size=12, max_size=12),
    true=st.lists(st.integers(0, 4), min_size=12, max_size=12),
)
def test_measures_equal_those_of_listed_pairs(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, found: list[int], true: list[int]
) -> None:
    """Counting by contingency gives what listing every pair would give."""
    names = [f"a:{number}" for number in range(len(found))]
    fill(con, {name: f"P-{person}" for name, person in zip(names, found, strict=True)})
    report = evaluate(con, truth(tmp_path, dict(zip(names, map(str, true), strict=True))))
    pairs = [(i, j) for i in range(len(found)) for j in range(i)]
    claimed = {pair for pair in pairs if found[pair[0]] == found[pair[1]]}
    real = {pair for pair in pairs if true[pair[0]] == true[pair[1]]}
    expected = len(claimed & real) / len(claimed) if claimed else 1.0
    assert report.persons.precision.value == pytest.approx(expected)
    assert report.counts["person pairs right"] == len(claimed & real)
