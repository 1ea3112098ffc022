"""Models learnt from judged pairs, held against each other, and adopted."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from pei_graph import models
from pei_graph.cli import main
from pei_graph.evaluation.model import Compared
from pei_graph.workspace import Workspace

pytestmark = pytest.mark.long


def pei(*arguments: object, code: int = 0) -> str:
    """Run a command; return what it printed."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result.output


def judged_by_truth(plan: Path, truth: Path) -> Path:
    """The plan's verdicts are the truth's; return it."""
    who = dict(line.rsplit(",", 1) for line in truth.read_text("utf-8").splitlines()[1:])
    header, *rows = plan.read_text("utf-8").splitlines()
    judged = [header]
    for row in rows:
        order, left, right, _, rest = row.split(",", 4)
        one, other = (who[record.replace(":", ",", 1)] for record in (left, right))
        judged.append(",".join([order, left, right, "same" if one == other else "different", rest]))
    plan.write_text("\n".join(judged), encoding="utf-8")
    return plan


@pytest.fixture(scope="module")
def own(council: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the council's workspace, free to change."""
    folder = tmp_path_factory.mktemp("models") / "w"
    shutil.copytree(council.workspace.root, folder)
    return Workspace(folder)


@pytest.fixture(scope="module")
def sample(own: Workspace, council: SimpleNamespace) -> Path:
    """A sample of the run, judged by the truth."""
    plan = own.root / "plan.csv"
    pei("sample", "-w", own.root, "--pairs", "300", plan)
    return judged_by_truth(plan, council.truth)


@pytest.fixture(scope="module")
def candidate(own: Workspace, sample: Path) -> int:
    """The number of a model learnt from the sample."""
    return int(json.loads(pei("model", "estimate", "-w", own.root, "--sample", sample, "--json"))[
        "model"
    ])  # fmt: skip


def test_a_candidate_is_kept_and_not_used(own: Workspace, candidate: int) -> None:
    """A learnt model stands beside the first, with what it was learnt from, and is not adopted."""
    rows = json.loads(pei("model", "list", "-w", own.root, "--json"))
    assert [row["adopted"] for row in rows] == [True, False]
    assert rows[candidate - 1]["from_model"] == 1
    assert rows[candidate - 1]["judged_same"] > 50
    assert len({row["digest"] for row in rows}) == 2


def test_levels_follow_the_judged_pairs(own: Workspace, candidate: int) -> None:
    """The shares m move, the shares u hardly; each adds up to one."""
    before, after = (models.read(own, number).settings["comparisons"] for number in (1, candidate))
    moved = 0.0
    for one, other in zip(before, after, strict=True):
        levels = list(zip(one["comparison_levels"], other["comparison_levels"], strict=True))[1:]
        assert sum(new["m_probability"] for _, new in levels) == pytest.approx(1, abs=1e-6)
        for old, new in levels:
            moved += abs(new["m_probability"] - old["m_probability"])
            assert new["u_probability"] == pytest.approx(old["u_probability"], rel=0.5, abs=2e-3)
    assert moved > 0.01


def test_a_model_differs_in_nothing_from_itself(own: Workspace, council: SimpleNamespace) -> None:
    """One model twice gains and loses nothing, and nobody can tell them apart."""
    told = json.loads(
        pei("model", "compare", "-w", own.root, 1, 1, "--truth", council.truth, "--json")
    )
    assert told["counts"]["persons unchanged"] == told["counts"]["persons before"]
    assert {told["counts"][name] for name in ("links gained", "pairs lost", "persons split")} == {0}
    assert told["links"] == []
    assert "cannot be told from" in told["verdict"]


def test_what_changes_between_two_models_is_told(
    own: Workspace, candidate: int, sample: Path, council: SimpleNamespace
) -> None:
    """Links, persons and measures of both models stand side by side, with a plain verdict."""
    against = json.loads(
        pei("model", "compare", "-w", own.root, 1, candidate, "--sample", sample, "--json")
    )
    assert {side["measure"] for side in against["measures"]} == {"precision", "recall", "F1"}
    spoilt = models.read(own, 1)
    for comparison in spoilt.settings["comparisons"][:3]:
        for level in comparison["comparison_levels"][1:]:
            level["m_probability"], level["u_probability"] = 0.5, 0.5
    worse = models.keep(own, spoilt)
    (own.root / "derived" / "trial-999999999-killed").mkdir()
    said = pei("model", "compare", "-w", own.root, 1, worse, "--truth", council.truth)
    assert f"model {worse} is worse than model 1" in said
    assert "Links that change most" in said
    assert list((own.root / "derived").glob("trial-*")) == []


def test_nobody_can_tell_without_truth_or_judgements() -> None:
    """Without either no model is called better."""
    assert "Nobody can tell" in Compared((1, 2), {}, [], []).verdict


def test_pairs_of_one_person_alone_compare_no_models(
    own: Workspace, candidate: int, sample: Path
) -> None:
    """Where only pairs held together are judged, what another model finds cannot be seen."""
    head, *rows = sample.read_text("utf-8").splitlines()
    file = own.root / "together.csv"
    file.write_text("\n".join([head, *(row for row in rows if "together" in row)]), "utf-8")
    told = pei("model", "compare", "-w", own.root, 1, candidate, "--sample", file, code=12)
    assert "nobody can tell what a model gains" in " ".join(told.split())


def test_adopting_is_for_the_next_run(own: Workspace, candidate: int) -> None:
    """The model adopted is the one that runs use; one that is not kept cannot be adopted."""
    assert "the next run uses it" in pei("model", "adopt", "-w", own.root, candidate)
    assert models.adopted(own) == candidate
    assert "no model 99" in pei("model", "adopt", "-w", own.root, 99, code=6)
    assert models.adopted(own) == candidate


def test_verdicts_brought_into_the_ledger_settle_a_sample(own: Workspace, sample: Path) -> None:
    """A sample judged by import tells the same as one judged in its own file.

    That a risky *same* waits for a second person loses none of it.
    """
    bare = own.root / "bare.csv"
    pei("sample", "-w", own.root, "--pairs", "300", bare)
    pei("judgements", "-w", own.root, "import", sample)
    told, brought = (
        json.loads(pei("evaluate", "-w", own.root, "--sample", file, "--json"))
        for file in (sample, bare)
    )
    assert brought["measures"] == told["measures"]
    assert brought["judged"] == told["judged"] > 250


def test_few_judged_pairs_teach_nothing(own: Workspace, sample: Path) -> None:
    """A model is not learnt from a handful of pairs."""
    few = own.root / "few.csv"
    few.write_text("\n".join(sample.read_text("utf-8").splitlines()[:12]), encoding="utf-8")
    said = pei("model", "estimate", "-w", own.root, "--sample", few, code=12)
    assert "judged same or more" in said
