"""Estimates from judged pairs, on samples small enough to count by hand."""

from pathlib import Path

import duckdb
import pytest
from small_town import fill, write

from pei_graph import tables
from pei_graph.evaluation import Clerical, SampleError, estimate, read_sample
from pei_graph.evaluation.sampling import Stratum, share_out

PLAN = "record_l,record_r,verdict,stratum,probability,stratum_pairs"


@pytest.fixture(autouse=True)
def links(con: duckdb.DuckDBPyConnection) -> None:
    """The run keeps no link unless its test says otherwise."""
    con.execute(tables.LINKS.ddl)


def estimated(con: duckdb.DuckDBPyConnection, file: Path, *judgements: str) -> Clerical:
    """Return what a sample says; each judgement is ``record record verdict``."""
    verdicts = [tuple(text.split()) for text in judgements]
    read_sample(con, file, [(left, right, verdict) for left, right, verdict in verdicts])
    return estimate(con)


def values(found: Clerical) -> dict[str, float]:
    """Return each measure's value."""
    return {measure.name: round(measure.value, 4) for measure in found.measures}


def test_strata_count_by_their_size(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Half of 100 pairs held together are true, and a fifth of 500 apart: a recall of a third."""
    rows = [
        f"a:{n},b:{n},{'same' if n < 5 else 'different'},together: x,0.1,100" for n in range(10)
    ]
    rows += [f"a:{n},c:{n},{'same' if n < 2 else 'different'},apart: x,0.02,500" for n in range(10)]
    found = estimated(con, write(tmp_path / "plan.csv", PLAN, *rows))
    assert values(found) == {
        "precision": 0.5,
        "recall": 0.3333,
        "F1": 0.4,
        "recall among pairs that any link ties": 0.3333,
    }
    low, high = found.measures[0].interval
    assert low is not None
    assert high is not None
    assert 0.2 < low < 0.35
    assert 0.65 < high < 0.8


def test_strata_without_errors_may_hide_some(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Twenty right of twenty do not prove a thousand right."""
    rows = [f"a:{n},b:{n},same,together: x,0.02,1000" for n in range(20)]
    [precision, *_] = estimated(con, write(tmp_path / "plan.csv", PLAN, *rows)).measures
    low, _ = precision.interval
    assert precision.value == 1.0
    assert low is not None
    assert 0.8 < low < 0.97


def test_the_ledger_settles_what_the_file_leaves_open(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """A pair without verdict takes the ledger's, in either order; the file's own comes first."""
    rows = ["b:1,a:1,,together: x,0.5,4", "a:2,b:2,same,together: x,0.5,4"]
    file = write(tmp_path / "plan.csv", PLAN, *rows)
    found = estimated(con, file, "a:1 b:1 different", "a:2 b:2 different", "a:9 b:9 same")
    assert (found.judged, values(found)["precision"]) == (2, 0.5)


def test_what_nobody_knows_is_told(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Unsure and unjudged pairs change no estimate but are told, as is a small sample."""
    rows = ["a:1,b:1,same,together: x,1,3", "a:2,b:2,unsure,together: x,1,3"]
    rows.append("a:3,b:3,,apart: y,1,1")
    found = estimated(con, write(tmp_path / "plan.csv", PLAN, *rows))
    assert values(found)["precision"] == 1.0
    told = " ".join(found.cautions)
    assert "1 unsure" in told
    assert "1 pairs of the sample are not judged" in told
    assert "1 strata have no judged pair" in told


def test_the_model_is_believed_where_nobody_judged(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Unjudged pairs that others join are nearly all right, unjudged pairs apart are not one's."""
    rows = ["a:1,b:1,same,together: x,1,1", "a:2,b:2,,together: joined by others,0.1,100"]
    rows.append("a:3,b:3,,apart: y,0.1,100")
    shares = values(estimated(con, write(tmp_path / "plan.csv", PLAN, *rows)))
    assert (shares["precision"], shares["recall"]) == (round(99 / 101, 4), 1.0)


def test_a_plain_list_of_pairs_tells_precision_alone(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Without strata a pair is together where the run holds it so; recall cannot be told."""
    fill(con, {"a:1": "P-1", "a:2": "P-1", "a:3": "P-1", "a:4": "P-2"})
    file = write(
        tmp_path / "plain.csv",
        "record_l,record_r,verdict",
        "a:1,a:2,same",
        "a:2,a:3,different",
        "a:1,a:4,same",
    )
    found = estimated(con, file)
    assert values(found) == {"precision": 0.5}
    assert any("recall cannot be told" in caution for caution in found.cautions)


def test_pairs_drawn_with_other_chances_count_as_their_chances_ask(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Without strata, of two pairs drawn in ten one wrong, beside 80 right: one tenth is wrong."""
    fill(con, {"a:1": "P-1", "a:2": "P-1", "a:3": "P-1", "a:4": "P-2", "a:5": "P-1"})
    file = write(
        tmp_path / "chances.csv",
        "record_l,record_r,verdict,probability",
        "a:1,a:2,Same,0.1",
        "a:2,a:3, different,0.1",
        "a:1,a:3,same,0.0125",
        "a:1,a:4,different,0.5",
        "a:2,a:4,same,0.5",
    )
    shares = values(estimated(con, file))
    assert (shares["precision"], shares["recall"]) == (0.9, round(90 / 92, 4))


def test_recall_is_not_told_of_pairs_of_one_person_alone(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Where the rows of all other pairs were taken out nothing could be missed, so that is told."""
    file = write(tmp_path / "plan.csv", PLAN, "a:1,b:1,same,together: x,0.5,2")
    found = estimated(con, file)
    assert set(values(found)) == {"precision"}
    assert any("held to be one person, so recall" in caution for caution in found.cautions)


def test_links_are_held_against_their_probability(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Calibration weighs each judged link by how many it stands for."""
    for number, (weight, probability) in enumerate([(3.0, 0.9), (3.5, 0.9), (25.0, 1.0)]):
        con.execute(
            "INSERT INTO links (record_l, record_r, weight, probability, reason, state)"
            " VALUES (?, ?, ?, ?, 'model', 'accepted')",
            [f"a:{number}", f"b:{number}", weight, probability],
        )
    rows = ["a:0,b:0,same,together: x,1,30", "a:1,b:1,different,apart: x,1,10"]
    rows.append("a:2,b:2,same,together: z,1,5")
    calibration = estimated(con, write(tmp_path / "plan.csv", PLAN, *rows)).calibration
    bands = {band.says: (band.links, round(band.share, 4)) for band in calibration.bands}
    assert bands == {"2 to 4": (40, 0.75), "from 20": (5, 1.0)}
    assert calibration.brier == pytest.approx((30 * 0.01 + 10 * 0.81) / 45)


def test_a_sample_is_shared_out_by_doubt() -> None:
    """Doubtful strata get more, each gets a few, and none more than it has."""
    strata = [
        Stratum("together: sure", "one person", 1000, 0.999),
        Stratum("together: doubtful", "one person", 1000, 0.7),
        Stratum("together: tiny", "one person", 3, 0.5),
        Stratum("apart: x", "linked", 500, 0.5),
    ]
    sure, doubtful, tiny, _ = (s.chosen for s in share_out(strata, 200))
    assert (tiny, sure >= 5, doubtful > 3 * sure) == (3, True, True)
    assert sum(s.chosen for s in share_out(strata, 10**6)) == 2503


BAD = {
    "no column": (["one,other,verdict", "a:1,b:1,same"], "lacks record_l"),
    "odd verdict": (["record_l,record_r,verdict", "a:1,b:1,perhaps"], "1 verdicts are none of"),
    "twice": (["record_l,record_r,verdict", "a:1,b:1,same", "b:1,a:1,same"], "1 pairs stand"),
    "no verdict": (["record_l,record_r", "a:1,b:1"], "No pair of the sample is judged"),
    "no number": ([PLAN, "a:1,b:1,same,x,often,2"], "a number that is none"),
    "some without a stratum": (
        [PLAN, "a:1,b:1,same,together: x,0.5,2", "a:2,b:2,same,,,"],
        "1 pairs lack a stratum",
    ),
    "no second record": (["record_l,record_r,verdict", "a:1,,same"], "1 rows do not name two"),
    "no chance": (["record_l,record_r,verdict,probability", "a:1,b:1,same,0"], "1 probabilities"),
    "none together": (["record_l,record_r,verdict", "a:1,b:1,same"], "No pair held to be one"),
}


@pytest.mark.parametrize("lines", BAD.values(), ids=BAD.keys())
def test_a_bad_sample_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, lines: tuple[list[str], str]
) -> None:
    """A sample that cannot be used is refused with what is wrong, no value shown."""
    with pytest.raises(SampleError, match=lines[1]):
        estimated(con, write(tmp_path / "plan.csv", *lines[0]))


def test_a_sample_that_is_not_there_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """A file that is not there is named, and what to do."""
    with pytest.raises(SampleError, match=r"absent\.csv.*pei sample"):
        read_sample(con, tmp_path / "absent.csv")
