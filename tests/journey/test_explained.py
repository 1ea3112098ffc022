"""Explanations of an invented council: what is told is what the run reckoned."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from pei_graph.cli import main
from pei_graph.explain import (
    PairExplanation,
    explain_apart,
    explain_pair,
    explain_person,
    tell_pair,
)
from pei_graph.explain.model import saved_model
from pei_graph.explain.score import score

EXACTLY = 1e-6

BITS = ("weight", "probability", "model_weight")
WORDS = ("reason", "match_key", "state", "veto", "levels")


@pytest.fixture
def con(council: SimpleNamespace) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of the council's run."""
    with duckdb.connect(str(council.workspace.require_current().tables), read_only=True) as opened:
        yield opened


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    return con.sql(query).to_arrow_table().to_pylist()


def test_a_pair_judged_anew_comes_out_as_the_run_had_it(con: duckdb.DuckDBPyConnection) -> None:
    """Every kind of pair that LINKS holds is judged alike from the saved model, bit for bit."""
    kinds = "PARTITION BY reason, state, veto, match_key ORDER BY record_l, record_r"
    links = _rows(con, f"FROM links QUALIFY row_number() OVER ({kinds}) = 1 ORDER BY ALL LIMIT 60")
    assert {link["state"] for link in links} == {"accepted", "possible", "refused"}
    model = saved_model(con)
    for link in links:
        [anew] = score(con, model, [link["record_r"], link["record_l"]])
        assert {name: anew[name] for name in WORDS} == {name: link[name] for name in WORDS}
        assert [anew[name] for name in BITS] == pytest.approx(
            [link[name] for name in BITS], abs=EXACTLY
        )
        assert anew["bits"] == pytest.approx(link["bits"], abs=EXACTLY)


def test_the_steps_add_up_to_the_weight(con: duckdb.DuckDBPyConnection) -> None:
    """From the prior each step adds its bits, and the last sum is the weight."""
    [link] = _rows(con, "FROM links WHERE reason = 'model' ORDER BY ALL LIMIT 1")
    sums = explain_pair(con, link["record_r"], link["record_l"]).waterfall
    assert sums.prior + sum(step.bits for step in sums.steps) == pytest.approx(sums.weight)
    assert sums.steps[-1].total == pytest.approx(sums.weight)
    told = {name for name, level in link["levels"].items() if level is not None}
    assert {step.comparison for step in sums.steps} >= told


def test_a_pair_that_was_never_compared_says_what_it_lacks(con: duckdb.DuckDBPyConnection) -> None:
    """Of two strangers each rule names the details that are not the same in both."""
    [row] = _rows(
        con,
        "SELECT l.record_id AS one, r.record_id AS other FROM comparables AS l"
        " JOIN comparables AS r ON l.birth_date < r.birth_date AND l.forename < r.forename"
        " AND l.surname < r.surname AND l.postcode <> r.postcode AND l.root <> r.root"
        " ANTI JOIN links ON record_l IN (l.record_id, r.record_id)"
        " ORDER BY ALL LIMIT 1",
    )
    pair = explain_pair(con, row["one"], row["other"])
    assert pair.state == "apart"
    assert pair.rules
    assert all(rule.lacks for rule in pair.rules)
    assert {lack.field for rule in pair.rules for lack in rule.lacks} >= {
        "date of birth", "surname",
    }  # fmt: skip


def test_names_read_the_other_way_round_are_said_to_be(con: duckdb.DuckDBPyConnection) -> None:
    """Where one record's names stand in each other's field, in the table and in a sentence."""
    [row] = _rows(
        con,
        "SELECT record_l, record_r, one.forename AS written, one.surname AS other_name FROM links"
        " JOIN records AS one ON one.record_id = record_l"
        " JOIN records AS other ON other.record_id = record_r"
        " JOIN comparables AS read ON read.record_id = record_l AND read.surname = one.forename"
        " WHERE one.forename <> one.surname AND one.forename = other.surname"
        " AND one.surname = other.forename ORDER BY ALL LIMIT 1",
    )
    pair = explain_pair(con, row["record_l"], row["record_r"])
    forename, surname = pair.values[:2]
    assert forename.left == f"{row['other_name'].title()}, written as the surname"
    assert surname.left == f"{row['written'].title()}, written as the forename"
    assert (forename.agreement, surname.agreement) == ("same", "same")
    name = row["written"].title()
    assert any(f"writes {name} as the forename" in told for told in tell_pair(pair, {}))
    assert not any("other way round" in told for told in tell_pair(_straight(con), {}))


def _straight(con: duckdb.DuckDBPyConnection) -> PairExplanation:
    """Return a pair of two forenames that both stand in their own field."""
    [row] = _rows(
        con,
        "SELECT record_l, record_r FROM links"
        " JOIN comparables AS l ON l.record_id = record_l"
        " JOIN comparables AS r ON r.record_id = record_r"
        " JOIN records AS one ON one.record_id = record_l AND one.surname = l.surname"
        " JOIN records AS other ON other.record_id = record_r AND other.surname = r.surname"
        " WHERE l.forename <> r.forename ORDER BY ALL LIMIT 1",
    )
    return explain_pair(con, row["record_l"], row["record_r"])


def test_a_person_is_built_from_the_strongest_tie_on(con: duckdb.DuckDBPyConnection) -> None:
    """One step fewer than records joins them all, each at most as strong as the one before."""
    [row] = _rows(con, "FROM persons ORDER BY records DESC, person_id LIMIT 1")
    person = explain_person(con, row["person_id"])
    assert len(person.records) == row["records"]
    assert len(person.joins) == row["records"] - 1
    sure = [join.tie.weight for join in person.joins if join.tie.kind != "household"]
    assert sure == sorted(sure, reverse=True)
    last = person.joins[-1]
    assert last.left + last.right == row["records"]


def test_two_persons_are_told_apart(con: duckdb.DuckDBPyConnection) -> None:
    """Of two persons with a vetoed pair between them the veto is named, and the pair is shown."""
    [row] = _rows(
        con,
        "SELECT a.person_id AS one, b.person_id AS other, record_l, record_r, veto FROM links"
        " JOIN members AS a ON a.record_id = record_l AND a.state = 'accepted'"
        " JOIN members AS b ON b.record_id = record_r AND b.state = 'accepted'"
        " WHERE veto IS NOT NULL AND a.person_id <> b.person_id ORDER BY ALL LIMIT 1",
    )
    apart = explain_apart(con, row["other"], row["one"])
    assert apart.why == "forbidden"
    assert row["veto"] in {veto["veto"] for veto in apart.vetoes}
    assert apart.strongest


def test_the_command_line_tells_pairs_and_persons(council: SimpleNamespace) -> None:
    """`pei explain` takes a person, two persons, a record or two records, in words and as JSON."""
    tables = str(council.workspace.require_current().tables)
    with duckdb.connect(tables, read_only=True) as con:
        [link] = _rows(con, "FROM links WHERE state = 'accepted' ORDER BY ALL LIMIT 1")
        [one, other] = _rows(con, "FROM persons ORDER BY records DESC, person_id LIMIT 2")
    asked = (
        [link["record_l"], link["record_r"]],
        [link["record_l"]],
        [one["person_id"]],
        [one["person_id"], other["person_id"]],
    )
    for ids in asked:
        place = ["-w", str(council.workspace.root)]
        plain = CliRunner().invoke(main, ["explain", *ids, *place])
        assert plain.exit_code == 0, plain.output
        said = json.loads(CliRunner().invoke(main, ["explain", *ids, *place, "--json"]).output)
        assert said["sentences"][0] in plain.output
