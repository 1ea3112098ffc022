"""A workspace shows readers one whole run, whatever happens to the writer."""

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from pei_graph.errors import WorkspaceError
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, Workspace, connect

SPAWN = multiprocessing.get_context("spawn")


def _write_and_wait(root: Path, ready: Connection) -> None:
    with Workspace(root).writing() as run:
        run.tables.write_text("half a file")
        Workspace(root).register(run).write_text("half a register")
        ready.send(run.number)
        signal.pause()


def _killed_writer(root: Path) -> int:
    """A writer was killed in the middle of a run; return the run's number."""
    here, there = SPAWN.Pipe()
    writer = SPAWN.Process(target=_write_and_wait, args=(root, there))
    writer.start()
    number: int = here.recv()
    with pytest.raises(WorkspaceError, match="Another run is writing"), Workspace(root).writing():
        pass
    os.kill(writer.pid or 0, signal.SIGKILL)
    writer.join()
    return number


def _finish(workspace: Workspace) -> RunFolder:
    """A run was written and published."""
    with workspace.writing() as run:
        run.tables.write_text("tables")
        workspace.register(run).write_text("register")
        workspace.identity_log(run).write_text("log")
        workspace.publish(run)
    return run


def _names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace in an empty folder."""
    return Workspace(tmp_path / "w")


def test_nothing_is_seen_before_the_first_run(workspace: Workspace) -> None:
    """Without a finished run there is no current one, and asking for it says what to do."""
    assert workspace.current() is None
    with pytest.raises(WorkspaceError, match="pei run"):
        workspace.require_current()


def test_a_run_is_seen_once_published(workspace: Workspace) -> None:
    """Readers see a run from the instant it is published, and not while it is being written."""
    with workspace.writing() as run:
        run.tables.write_text("tables")
        assert workspace.current() is None
        workspace.publish(run)
        assert workspace.require_current() == run


def test_a_killed_writer_blocks_nobody_and_leaves_nothing(workspace: Workspace) -> None:
    """After kill -9 the lock is free and the half-made run and its register are cleared away."""
    finished = _finish(workspace)
    killed = _killed_writer(workspace.root)
    assert workspace.require_current() == finished
    with workspace.writing() as run:
        assert run.number == killed == finished.number + 1
        assert list(run.folder.iterdir()) == []
        assert workspace.latest_register() == workspace.register(finished)


def test_a_run_that_fails_is_not_seen(workspace: Workspace) -> None:
    """An error inside a run leaves readers with the run before, and the next run starts anew."""
    finished = _finish(workspace)
    with pytest.raises(FileNotFoundError), workspace.writing() as run:
        (run.folder / "nowhere" / "tables").write_text("never written")
    assert workspace.require_current() == finished
    assert _finish(workspace).number == finished.number + 1


def test_two_runs_and_registers_are_kept_and_every_log(workspace: Workspace) -> None:
    """Readers of the run before can finish; older runs go, and the log of ids is kept for ever."""
    for _ in range(4):
        _finish(workspace)
    assert _names(workspace.runs) == {"0003", "0004"}
    logs = {f"000{number}-log.parquet" for number in range(1, 5)}
    assert _names(workspace.identities) == logs | {"0003.parquet", "0004.parquet"}


def test_ids_outlive_everything_derived(workspace: Workspace) -> None:
    """When the derived half is gone, the next run goes on from the newest register of ids."""
    finished = _finish(workspace)
    (workspace.root / "derived").rename(workspace.root / "lost")
    with workspace.writing() as run:
        assert run.number == finished.number + 1
        assert workspace.latest_register() == workspace.register(finished)


def test_a_damaged_pointer_is_explained_and_mended(workspace: Workspace) -> None:
    """A pointer that is no number says how to mend it, and mending it shows no run until one is."""
    finished = _finish(workspace)
    (workspace.root / "derived" / "current").write_text("\x00\x00")
    with pytest.raises(WorkspaceError, match="pei rebuild"):
        workspace.current()
    workspace.mend_pointer()
    assert workspace.current() is None
    assert _finish(workspace).number == finished.number + 1


def test_a_sound_pointer_is_left_alone(workspace: Workspace) -> None:
    """Mending a pointer that is whole changes nothing that readers see."""
    finished = _finish(workspace)
    workspace.mend_pointer()
    assert workspace.current() == finished


def test_a_workspace_without_deliveries_is_said_to_have_none(workspace: Workspace) -> None:
    """A mistyped --workspace is explained before anything is rebuilt from nothing."""
    with pytest.raises(WorkspaceError, match="no deliveries"):
        workspace.require_deliveries()
    workspace.create()
    (workspace.deliveries / "file.csv").touch()
    workspace.require_deliveries()


def test_a_connection_keeps_to_the_settings(tmp_path: Path) -> None:
    """DuckDB keeps to the memory and threads of the settings, and fetches no extension."""
    chosen = Settings(memory_limit="200MB", threads=1, temp_dir=tmp_path / "spill")
    with connect(tmp_path / "x.duckdb", chosen) as con:
        found = con.execute(
            "SELECT current_setting('threads'), current_setting('autoinstall_known_extensions'),"
            " current_setting('temp_directory'), current_setting('TimeZone')"
        ).fetchone()
    assert found == (1, False, str(tmp_path / "spill"), "UTC")
