"""Models are kept whole, numbered, and one of them is in use."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

from pei_graph import models
from pei_graph.errors import WorkspaceError
from pei_graph.link import Model
from pei_graph.link.household import Household
from pei_graph.link.learnt import LEARNT
from pei_graph.workspace import Workspace


@pytest.fixture
def model() -> Model:
    """Give a model that has learnt next to nothing."""
    tables = {name: pa.table({"name": pa.array([0.1 + 0.2])}) for name in LEARNT}
    settings = {"probability_two_random_records_match": 0.1 + 0.2}
    return Model(settings, Household(0.1, {"sex": [0.1 + 0.2]}, 0.7), {"schools": 1000}, tables)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Give a workspace in which nothing ran yet."""
    made = Workspace(tmp_path)
    made.create()
    return made


def test_a_model_is_read_as_it_was_kept(workspace: Workspace, model: Model) -> None:
    """A model comes back with every figure to the last digit, under the next number."""
    assert models.kept(workspace) == []
    assert [models.keep(workspace, model), models.keep(workspace, model)] == [1, 2]
    assert models.kept(workspace) == [1, 2]
    assert models.read(workspace, 2) == model


def test_a_model_is_in_use_once_it_is_adopted(workspace: Workspace, model: Model) -> None:
    """Keeping a model changes nothing for runs; adopting it does, and so does going back."""
    models.keep(workspace, model)
    models.keep(workspace, model)
    assert models.adopted(workspace) is None
    for number in (2, 1):
        models.adopt(workspace, number)
        assert models.adopted(workspace) == number


def test_a_model_half_written_is_never_seen(workspace: Workspace, model: Model) -> None:
    """What a killed run left beside the models is none, and is written over."""
    half = workspace.models / "0001.part"
    half.mkdir(parents=True)
    (half / "model.json").write_text("{")
    assert models.kept(workspace) == []
    assert models.read(workspace, models.keep(workspace, model)) == model


def test_what_is_not_there_or_damaged_is_a_clear_error(workspace: Workspace, model: Model) -> None:
    """An unknown number, a damaged model and a damaged note of it are each told as such."""
    with pytest.raises(WorkspaceError, match="no model 3"):
        models.adopt(workspace, 3)
    models.keep(workspace, model)
    (workspace.models / "0001" / "commonness.parquet").write_bytes(b"half")
    with pytest.raises(WorkspaceError, match="damaged"):
        models.read(workspace, 1)
    workspace.adopted_model.write_text("one")
    with pytest.raises(WorkspaceError, match="damaged"):
        models.adopted(workspace)


@pytest.mark.parametrize(
    ("records", "outgrown"),
    [
        ({"schools": 1500}, False),
        ({"schools": 1600}, True),
        ({"schools": 1000, "health": 20}, False),
        ({"schools": 1000, "health": 30}, True),
        ({"health": 30}, True),
        ({}, False),
    ],
)
def test_a_model_is_outgrown_by_what_it_never_saw(
    model: Model, records: dict[str, int], *, outgrown: bool
) -> None:
    """Trained on a thousand records, it serves half as many again, and next to none of others."""
    assert model.outgrown_by(records) is outgrown


def test_a_model_that_does_not_say_what_it_saw_is_outgrown(
    workspace: Workspace, model: Model
) -> None:
    """One kept before that was written down is read, and gives way to one that is learnt."""
    models.keep(workspace, model)
    file = workspace.models / "0001" / "model.json"
    told = json.loads(file.read_text("utf-8"))
    del told["seen"]
    file.write_text(json.dumps(told), encoding="utf-8")
    assert models.read(workspace, 1).outgrown_by({"schools": 1000})
