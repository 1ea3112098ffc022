"""A new run is seen at the next request; a request that has begun finishes on its own run."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from mini_council import PASSWORD, make_workspace, publish_run

from pei_graph.cli import main
from pei_graph.errors import OtherVersionError, WorkspaceError
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace
from webapp import create_app
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


def test_a_run_of_another_version_is_told_in_plain_words(
    tmp_path: Path, settings: Settings
) -> None:
    """Pages and commands say what to do about a run laid out otherwise, and show nothing of it."""
    workspace = make_workspace(tmp_path / "w", settings)
    report = workspace.require_current().report
    told = {**json.loads(report.read_text()), "layout": "of another version"}
    report.write_text(json.dumps(told))
    app = create_app(workspace.root, settings)
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    purpose = "Checking data quality"
    browser.post("/login", data={"name": "analyst", "password": PASSWORD, "purpose": purpose})
    answer = browser.get("/person/P-3")
    assert answer.status_code == 503
    assert "wait for a new run" in answer.text
    assert "Go to the search" not in answer.text  # it would say the same
    said = CliRunner().invoke(main, ["explain", "P-3", "--workspace", str(workspace.root)])
    assert (said.exit_code, "pei rebuild" in said.output) == (OtherVersionError.exit_code, True)
    app.extensions["ledger"].close()
