"""Errors by group: who is missed, who is mixed up, and how far groups lie apart."""

from pathlib import Path

import duckdb
import pytest
from small_town import fill, truth, write

from pei_graph.evaluation import Report, TruthError, evaluate

TWO_TRADITIONS = ("person,sex,born,tradition,birth", "x,F,2015-05-05,welsh,", "y,M,,polish,")


def test_each_error_counts_where_it_belongs(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A missed pair counts for its own person, a false one half for each it mixes."""
    fill(con, {"a:1": "P-1", "a:2": "P-1", "a:3": "P-1", "a:4": "P-2"})
    write(tmp_path / "people.csv", *TWO_TRADITIONS)
    report = evaluate(con, truth(tmp_path, {"a:1": "x", "a:2": "x", "a:3": "y", "a:4": "y"}))
    found = report.by("name tradition")
    rates = {
        name: (group.agreement.recall.value, round(group.agreement.precision.value, 4))
        for name, group in found.items()
    }
    assert rates == {"welsh": (1.0, 0.5), "polish": (0.0, 0.0)}
    assert found["polish"].pairs == {"true": 1, "claimed": 1, "right": 0}


def test_the_truth_outranks_the_records(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Sex and age are the truth's; where it is silent, what most records say; else not known."""
    fill(con, {"a:1": "P-1", "a:2": "P-2"}, born="1980-01-01")
    con.execute("UPDATE records SET sex = 'M', last_seen = DATE '2020-05-04'")
    write(tmp_path / "people.csv", *TWO_TRADITIONS)
    report = evaluate(con, truth(tmp_path, {"a:1": "x", "a:2": "y"}))
    assert set(report.by("sex")) == {"F", "M"}
    assert set(report.by("age band")) == {"0 to 4", "25 to 44"}
    assert set(report.by("area")) == {"not known"}


def test_ethnic_groups_are_the_censuss(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Codes and words of one group count together; a refusal counts as not known."""
    fill(con, {"a:1": "P-1", "a:2": "P-2", "a:3": "P-3", "a:4": "P-4"})
    for record, said in (("a:1", "BAFR"), ("a:2", "Black Caribbean"), ("a:3", "REFU")):
        con.execute("UPDATE records SET ethnicity = ? WHERE record_id = ?", [said, record])
    report = evaluate(con, truth(tmp_path, {"a:1": "w", "a:2": "x", "a:3": "y", "a:4": "z"}))
    found = {name: group.persons for name, group in report.by("ethnic group").items()}
    assert found == {"Black": 2, "not known": 2}


def test_no_origin_of_a_name_is_guessed(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Where the truth says nothing of names, nothing is reported by name tradition."""
    fill(con, {"a:1": "P-1", "a:2": "P-1"})
    assert evaluate(con, truth(tmp_path, {"a:1": "x", "a:2": "x"})).by("name tradition") == {}


def crowd(con: duckdb.DuckDBPyConnection, folder: Path, *, split: int) -> Report:
    """Return the measures of 400 people of two records each, ``split`` of the Polish ones split."""
    people = [f"p{number:03d}" for number in range(400)]
    found = {f"a:{name}{side}": name for name in people for side in "lr"}
    true = dict(found)
    found |= {f"a:{name}r": f"{name}-other" for name in people[:split]}
    fill(con, found)
    says = (f"{name},{'polish' if name < 'p200' else 'welsh'}" for name in people)
    write(folder / "people.csv", "person,tradition", *says)
    return evaluate(con, truth(folder, true))


def test_one_sex_is_one_group(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """However the truth writes a sex, it is that of the records of whom the truth does not say."""
    fill(con, {f"a:{name}": f"P-{name}" for name in "vwxyz"})
    con.execute("UPDATE records SET sex = 'F' WHERE record_id = 'a:z'")
    write(tmp_path / "people.csv", "person,sex", "v,Female", "w,f", "x,MALE", "y,M", "z,")
    report = evaluate(con, truth(tmp_path, {f"a:{name}": name for name in "vwxyz"}))
    assert {name: group.persons for name, group in report.by("sex").items()} == {"F": 3, "M": 2}


def test_the_largest_gap_is_stated(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """The worst and the best group are named with their rates and the interval between them."""
    gap = crowd(con, tmp_path, split=40).gap("name tradition")
    assert gap is not None
    assert (gap.worst.name, gap.best.name) == ("polish", "welsh")
    assert gap.difference.value == pytest.approx(0.2)
    low, high = gap.difference.interval
    assert low is not None
    assert high is not None
    assert 0.12 < low < 0.18
    assert 0.22 < high < 0.28
    assert "20.0 points" in gap.sentence


def test_intervals_without_errors_are_not_empty(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Where nothing is wrong the interval rests on how many people were looked at."""
    persons = crowd(con, tmp_path, split=0).persons
    for measure in (persons.recall, persons.f1):
        assert measure.value == 1.0
        low, _ = measure.interval
        assert low is not None
        assert 0.98 < low < 1.0


def test_measures_come_out_the_same_again(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """The same run and truth give the same intervals, to the last digit."""
    assert crowd(con, tmp_path, split=7).as_json() == crowd(con, tmp_path, split=7).as_json()


def test_twins_are_those_the_truth_names(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Twins share a birth in the truth; they are mixed where any of their records are."""
    fill(con, {"a:1": "P-1", "a:2": "P-1", "a:3": "P-2", "a:4": "P-3"})
    write(tmp_path / "people.csv", "person,birth", "w,B1", "x,B1", "y,B2", "z,B2")
    report = evaluate(con, truth(tmp_path, {"a:1": "w", "a:2": "x", "a:3": "y", "a:4": "z"}))
    assert report.counts["pairs of twins"] == 2
    assert report.twins is not None
    assert report.twins.value == 0.5


@pytest.mark.parametrize(
    "lines",
    [["person,born", "x,5 May"], ["sex", "F"], ["person,sex", ",F"], ["person", "x", "x"]],
    ids=["date", "column", "cell", "repeated"],
)
def test_bad_people_are_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, lines: list[str]
) -> None:
    """A file of people that cannot be used is refused, and named."""
    fill(con, {"a:1": "P-1"})
    write(tmp_path / "people.csv", *lines)
    with pytest.raises(TruthError, match=r"people\.csv"):
        evaluate(con, truth(tmp_path, {"a:1": "x"}))
