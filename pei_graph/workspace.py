"""A workspace on disk: precious things and derived things kept apart, one run switched in whole.

::

    precious/deliveries/<digest>/...     every file as delivered, under its own folder and name
    precious/deliveries/<digest>.changed when that file was last changed, as it said when it came
    precious/identities/0001.parquet     which record belonged to which person and family id
    precious/identities/0001-log.parquet what that run did to ids; logs are kept for ever
    precious/name                        tells the workspace from others on a graph server
    precious/models/0001/                what was learnt of names, households and sources
    precious/models/adopted              the number of the model that runs use
    precious/ledger.sqlite               judgements, users, audit
    derived/runs/0001/tables.duckdb      the tables between stages
    derived/runs/0001/graph.lbug         the graph
    derived/runs/0001/run.json           counts, timings, digests
    derived/current                      the number of the run that readers see
    derived/lock                         held by the one run that may write

A run is built in a folder of its own and becomes visible by one atomic rename of ``current``; a run
that dies leaves a folder that the next one clears away.
"""

import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pei_graph import sql
from pei_graph.errors import WorkspaceError
from pei_graph.settings import Settings

ATTEMPTS = 50
SECONDS_BETWEEN = 0.1
KEPT_RUNS = 2
"""The current run and the one before it, so that readers of the old one can finish."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The files of one run."""

    number: int
    folder: Path

    @property
    def tables(self) -> Path:
        """Return the DuckDB file with the tables between stages."""
        return self.folder / "tables.duckdb"

    @property
    def graph(self) -> Path:
        """Return the graph's file."""
        return self.folder / "graph.lbug"

    @property
    def report(self) -> Path:
        """Return the run's report: counts, timings and digests as JSON."""
        return self.folder / "run.json"


WORKSPACE_FOLDERS = ("precious", "derived")
"""What cannot be made again, and what can."""


def is_workspace(folder: Path) -> bool:
    """Return whether a folder is a workspace: it has what :meth:`Workspace.create` makes."""
    workspace = Workspace(folder)
    return workspace.deliveries.is_dir() and workspace.runs.is_dir()


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that holds one council's deliveries, judgements and derived runs."""

    root: Path

    @property
    def deliveries(self) -> Path:
        """Return the folder of files as delivered (precious)."""
        return self.root / "precious" / "deliveries"

    @property
    def withdrawn(self) -> Path:
        """Return the folder of deliveries that were withdrawn (precious)."""
        return self.root / "precious" / "withdrawn"

    @property
    def identities(self) -> Path:
        """Return the folder of registers and logs of person and family ids (precious)."""
        return self.root / "precious" / "identities"

    @property
    def models(self) -> Path:
        """Return the folder of linkage models (precious)."""
        return self.root / "precious" / "models"

    @property
    def adopted_model(self) -> Path:
        """Return the file that holds the number of the model in use (precious)."""
        return self.models / "adopted"

    @property
    def ledger(self) -> Path:
        """Return the SQLite ledger (precious)."""
        return self.root / "precious" / "ledger.sqlite"

    @property
    def runs(self) -> Path:
        """Return the folder of runs (derived)."""
        return self.root / "derived" / "runs"

    @property
    def _pointer(self) -> Path:
        return self.root / "derived" / "current"

    def register(self, run: RunFolder) -> Path:
        """Return the register of ids that ``run`` writes."""
        return self.identities / f"{run.number:04d}.parquet"

    def identity_log(self, run: RunFolder) -> Path:
        """Return the log of what ``run`` did to ids."""
        return self.identities / f"{run.number:04d}-log.parquet"

    def latest_register(self) -> Path | None:
        """Return the newest register of ids, or None before the first run."""
        return max(self._registers().items(), default=(0, None))[1]

    def _registers(self) -> dict[int, Path]:
        files = self.identities.glob("*.parquet")
        return {int(file.stem): file for file in files if file.stem.isdigit()}

    def _run_folders(self) -> dict[int, Path]:
        return {int(entry.name): entry for entry in self.runs.iterdir() if entry.name.isdigit()}

    def name(self) -> str:
        """Return what tells this workspace from every other, for ever; made when first asked."""
        file = self.root / "precious" / "name"
        if not file.exists():
            replace_text(file, uuid.uuid4().hex)
        return file.read_text(encoding="ascii")

    def create(self) -> None:
        """The folders exist."""
        self.identities.mkdir(parents=True, exist_ok=True)
        self.deliveries.mkdir(parents=True, exist_ok=True)
        self.runs.mkdir(parents=True, exist_ok=True)

    def run_folder(self, number: int) -> RunFolder:
        """Return the files of run ``number``, whether or not they exist."""
        return RunFolder(number, self.runs / f"{number:04d}")

    def current(self) -> RunFolder | None:
        """Return the run that readers see, or None before the first."""
        try:
            return self.run_folder(int(self._pointer.read_text(encoding="ascii")))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise WorkspaceError(
                "The workspace's pointer to its current run is damaged",
                do="Run `pei rebuild`: deliveries and judgements are kept apart from it",
            ) from error

    def require_current(self) -> RunFolder:
        """Return the run that readers see; raise ``WorkspaceError`` before the first."""
        run = self.current()
        if run is None or not run.tables.exists():
            raise WorkspaceError(
                f"There is no finished run in {self.root}",
                do="Run `pei run SOURCES --workspace W` first",
            )
        return run

    def require_deliveries(self) -> None:
        """Raise ``WorkspaceError`` where nothing was ever delivered to this workspace."""
        if not self.deliveries.is_dir() or not any(self.deliveries.iterdir()):
            raise WorkspaceError(
                f"There are no deliveries in {self.root}",
                do="Check --workspace, or `pei run` first",
            )

    def mend_pointer(self) -> None:
        """A damaged pointer to the current run is gone, so that a rebuild can set it anew."""
        try:
            self.current()
        except WorkspaceError:
            self._pointer.unlink()

    @contextmanager
    def held(self) -> Iterator[None]:
        """This process alone writes to the workspace within the body.

        The operating system frees the lock when the process ends, however it ends. Raises
        ``WorkspaceError`` while another run writes.
        """
        self.create()
        with (self.root / "derived" / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise WorkspaceError(
                    "Another run is writing to this workspace", do="Wait until it has finished"
                ) from error
            yield

    @contextmanager
    def writing(
        self, was_kept: Callable[[RunFolder], bool] = lambda _: False
    ) -> Iterator[RunFolder]:
        """Give an empty folder for the next run, held by this process alone.

        A run that was killed on the point of being published is published where ``was_kept`` says
        that its graph counts already; folders of others that never finished are cleared. Raises
        ``WorkspaceError`` while another run writes.
        """
        with self.held():
            self._publish_kept(was_kept)
            self._clear_unfinished()
            run = self.run_folder(max([0, *self._registers()]) + 1)
            run.folder.mkdir()
            yield run

    def _publish_kept(self, was_kept: Callable[[RunFolder], bool]) -> None:
        current = self.current()
        for number in sorted(self._run_folders()):
            run = self.run_folder(number)
            newer = current is None or number > current.number
            if newer and run.report.exists() and was_kept(run):
                self.publish(run)

    def _clear_unfinished(self) -> None:
        # With a pointer, whatever is newer than it never became visible. Without one the derived
        # half was dropped, and the newest register is the last that readers saw.
        current = self.current()
        for number, folder in self._run_folders().items():
            if current is None or number > current.number:
                _remove(folder)
        for number, register in self._registers().items():
            if current is not None and number > current.number:
                self.identity_log(self.run_folder(number)).unlink(missing_ok=True)
                register.unlink()

    def publish(self, run: RunFolder) -> None:
        """Readers see ``run``, from one instant to the next; older runs are cleared away.

        The run's register and log of ids must have been written before.
        """
        replace_text(self._pointer, str(run.number))
        for number, folder in self._run_folders().items():
            if number <= run.number - KEPT_RUNS:
                _remove(folder)
        for number, register in self._registers().items():
            if number <= run.number - KEPT_RUNS:
                register.unlink()


def replace_text(file: Path, text: str) -> None:
    """The file holds ``text``, from one instant to the next, and is on disk."""
    beside = file.with_suffix(".new")
    with beside.open("w", encoding="ascii") as new:
        new.write(text)
        new.flush()
        os.fsync(new.fileno())
    beside.replace(file)


def _remove(folder: Path) -> None:
    # A killed run's loader may still be ending, and take away a file that was about to be removed.
    for _ in range(ATTEMPTS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(SECONDS_BETWEEN)
    shutil.rmtree(folder)


def connect(
    file: Path, settings: Settings, *, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB connection within the settings' limits that downloads nothing."""
    spill = settings.temp_dir or file.parent / "spill"
    con = duckdb.connect(
        str(file),
        read_only=read_only,
        config={
            "memory_limit": settings.memory_limit,
            "threads": settings.threads,
            "temp_directory": str(spill),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
            # A run writes each table once: merging its part-filled row groups at every checkpoint
            # would write most of it again and save no space.
            "max_vacuum_tasks": 0,
        },
    )
    con.execute("SET TimeZone = 'UTC'")
    return con


@contextmanager
def in_memory(con: duckdb.DuckDBPyConnection, name: str) -> Iterator[None]:
    """While the body runs a database ``name`` is there in memory, for every cursor of ``con``.

    For what is written once and read once: nothing of it is packed for the file.
    """
    con.execute(f"ATTACH ':memory:' AS {sql.name(name)}")
    try:
        yield
    finally:
        con.execute(f"DETACH {sql.name(name)}")


@contextmanager
def looking_in(con: duckdb.DuckDBPyConnection, name: str, *others: str) -> Iterator[None]:
    """While the body runs, ``con`` looks for tables in the database ``name``, and makes them there.

    What is not found there it looks for in ``others``, and then where it looked before.
    """
    query = "SELECT current_setting('search_path'), current_database()"
    [(before, here)] = con.execute(query).fetchall()
    first = ",".join(f"{sql.name(each)}.main" for each in (name, *others))
    path = f"{first},{before or sql.name(here) + '.main'}"
    con.execute(f"SET search_path = {sql.text(path)}")
    try:
        yield
    finally:
        con.execute(f"SET search_path = {sql.text(before)}")
