"""A new run is seen at the next request; a request that has begun finishes on its own run."""

from pathlib import Path

import pytest
from mini_council import make_workspace, publish_run

from pei_graph.errors import WorkspaceError
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace
from webapp.runs import Readers

RENAMED = "UPDATE persons SET forename = 'Renamed' WHERE person_id = 'P-3'"


def forename(readers: Readers) -> object:
    """P-3's forename in the run that a new request would read."""
    reader = readers.take()
    try:
        return reader.store.rows("person", person_id="P-3", see_sealed=False)[0]["forename"]
    finally:
        readers.give_back(reader)


def test_a_new_run_is_seen_without_a_restart(tmp_path: Path, settings: Settings) -> None:
    """The old run's reader finishes on the old run, the next request reads the new one."""
    workspace = make_workspace(tmp_path, settings)
    readers = Readers(workspace, settings)
    old = readers.take()
    publish_run(workspace, settings, RENAMED)
    assert forename(readers) == "Renamed"
    assert old.store.rows("person", person_id="P-3", see_sealed=False)[0]["forename"] == "Tim"
    readers.give_back(old)
    readers.close()


def test_a_workspace_without_a_run_is_an_error_that_helps(
    tmp_path: Path, settings: Settings
) -> None:
    """Before the first run there is nothing to take, and the error says what to do."""
    with pytest.raises(WorkspaceError, match="pei run"):
        Readers(Workspace(tmp_path), settings).take()
