"""A clerical sample of an invented council, judged by the truth, tells what the truth tells."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from click.testing import CliRunner

from pei_graph.cli import main
from pei_graph.evaluation import draw, estimate, evaluate, read_sample, write
from pei_graph.settings import settings
from pei_graph.workspace import connect

SEEDS = range(24)


@pytest.fixture
def con(council: SimpleNamespace) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give the council's run, and its truth as the table ``truth``."""
    tables = council.workspace.require_current().tables
    with connect(tables, settings(), read_only=True) as con:
        con.execute(
            "CREATE TEMP TABLE truth AS SELECT source || ':' || key AS record_id, person"
            " FROM read_csv($file, all_varchar = true)",
            {"file": str(council.truth)},
        )
        yield con


def judged(con: duckdb.DuckDBPyConnection, file: Path, *, seed: int, pairs: int = 150) -> Path:
    """Return a sample whose verdicts are the truth's."""
    draw(con, pairs=pairs, seed=seed)
    con.execute(
        """
        UPDATE drawn
        SET verdict = CASE WHEN l.person = r.person THEN 'same' ELSE 'different' END
        FROM truth AS l, truth AS r
        WHERE l.record_id = record_l AND r.record_id = record_r
        """
    )
    write(con, file, values=False)
    return file


def true_shares(con: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Return precision and recall of the frame, all of whose pairs the truth knows."""
    [(together, claimed, true)] = con.execute(
        """
        SELECT
            count(*) FILTER (part = 'one person' AND l.person = r.person),
            count(*) FILTER (part = 'one person'),
            count(*) FILTER (l.person = r.person)
        FROM frame
        JOIN truth AS l ON l.record_id = record_l
        JOIN truth AS r ON r.record_id = record_r
        """
    ).fetchall()
    return {"precision": together / claimed, "recall": together / true}


def test_intervals_hold_the_truth_as_often_as_they_say(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Nearly every sample has the true precision, and the true recall, in its interval."""
    hits = {"precision": 0, "recall": 0}
    for seed in SEEDS:
        read_sample(con, judged(con, tmp_path / "plan.csv", seed=seed))
        for measure in estimate(con).measures:
            if measure.name in hits:
                low, high = measure.interval
                assert low is not None
                assert high is not None
                assert high - low < 0.2
                hits[measure.name] += low <= true_shares(con)[measure.name] <= high
    assert min(hits.values()) >= 0.85 * len(SEEDS)


def test_the_frame_holds_nearly_every_true_pair(
    con: duckdb.DuckDBPyConnection, council: SimpleNamespace
) -> None:
    """Only pairs with somebody sealed and few others are beyond a sample; each pair is in once."""
    draw(con, pairs=50, seed=1)
    [(rows, pairs, true)] = con.execute(
        """
        SELECT count(*), count(DISTINCT (record_l, record_r)), count(*) FILTER (l.person = r.person)
        FROM frame
        JOIN truth AS l ON l.record_id = record_l
        JOIN truth AS r ON r.record_id = record_r
        """
    ).fetchall()
    everything = evaluate(con, council.truth).counts["person pairs true"]
    assert rows == pairs
    assert true >= 0.95 * everything


def test_judging_everything_gives_the_truth(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Where every pair is drawn and judged the estimate is exact, and so is its interval."""
    read_sample(con, judged(con, tmp_path / "plan.csv", seed=1, pairs=10**6))
    shares = true_shares(con)
    for measure in estimate(con).measures[:2]:
        assert measure.value == pytest.approx(shares[measure.name])
        assert measure.interval == pytest.approx((measure.value, measure.value))


def test_a_plan_is_drawn_the_same_again(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """One seed gives one plan, another seed another; strata are mixed in the order of judging."""
    plans = [
        judged(con, tmp_path / f"{name}.csv", seed=seed)
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    ]
    first, again, other = (plan.read_text("utf-8") for plan in plans)
    assert first == again != other
    strata = [line.split(",")[4] for line in first.splitlines()[1:]]
    assert strata != sorted(strata)


def test_commands_draw_and_measure(council: SimpleNamespace, tmp_path: Path) -> None:
    """`pei sample` writes no name unless asked; `pei evaluate --sample` wants judged pairs."""
    workspace = ["-w", str(council.workspace.root)]
    plan, named = tmp_path / "plan.csv", tmp_path / "named.csv"
    for arguments in ([str(plan)], ["--with-values", str(named)]):
        result = CliRunner().invoke(main, ["sample", *workspace, "--pairs", "60", *arguments])
        assert result.exit_code == 0, result.output
    assert "cannot see" in result.output
    header = plan.read_text("utf-8").splitlines()[0]
    assert header == "order,record_l,record_r,verdict,stratum,probability,stratum_pairs,run"
    assert "surname_l" in named.read_text("utf-8").splitlines()[0]
    refused = CliRunner().invoke(main, ["evaluate", *workspace, "--sample", str(plan)])
    assert refused.exit_code == 12


def test_a_plain_list_of_judged_pairs_is_measured(
    con: duckdb.DuckDBPyConnection, council: SimpleNamespace, tmp_path: Path
) -> None:
    """Three columns are enough for `pei evaluate --sample` to tell precision and calibration."""
    plain = tmp_path / "plain.csv"
    plan = judged(con, tmp_path / "plan.csv", seed=1)
    con.execute(
        "COPY (SELECT record_l, record_r, verdict FROM read_csv($plan))"
        f" TO '{plain}' (FORMAT csv, HEADER)",
        {"plan": str(plan)},
    )
    for how in ([], ["--json"]):
        result = CliRunner().invoke(
            main, ["evaluate", "-w", str(council.workspace.root), "--sample", str(plain), *how]
        )
        assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert set(found["measures"]) == {"precision"}
    assert sum(band["links"] for band in found["calibration"]["bands"]) <= found["judged"]


def test_truth_or_sample_not_both(council: SimpleNamespace, tmp_path: Path) -> None:
    """Measuring and reporting ask for one thing to measure against."""
    workspace = ["-w", str(council.workspace.root)]
    both = ["--truth", str(council.truth), "--sample", str(tmp_path / "plan.csv")]
    report = ["model", "report", *workspace, *both, str(tmp_path / "report.html")]
    for arguments in (["evaluate", *workspace], ["evaluate", *workspace, *both], report):
        assert CliRunner().invoke(main, arguments).exit_code == 2
