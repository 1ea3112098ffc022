"""A run's records linked and told apart by any model, beside the run and published to nobody.

In: the tables of the current run and a model. Out: a DuckDB file with LINKS and MEMBERS. Judgements
are left out, so that the model is seen by itself.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pei_graph import sql, tables
from pei_graph.contract import read_contracts
from pei_graph.layout import readable_run
from pei_graph.link import Model, link
from pei_graph.resolve import resolve
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, Workspace, connect

NEEDED = (
    tables.RECORDS, tables.IDENTIFIERS, tables.ADDRESSES, tables.FACTS, tables.ISSUES,
)  # fmt: skip
"""What linking and telling people apart read of a run."""

PREFIX = "trial-"
"""Of a trial's folder; the process that made it comes next, so that a dead one's can be cleared."""


@contextmanager
def tried(
    workspace: Workspace,
    trials: Sequence[Model],
    *,
    settings: Settings,
    contract_folders: Sequence[Path] = (),
) -> Iterator[list[Path]]:
    """While the body runs there is a file of each model's outcome, in the order of ``trials``.

    They lie in the workspace, since they hold what its runs hold, and are gone afterwards; what a
    killed process left is gone before.
    """
    derived = workspace.root / "derived"
    _clear_what_was_killed(derived)
    with TemporaryDirectory(dir=derived, prefix=f"{PREFIX}{os.getpid()}-") as folder:
        files = [Path(folder) / f"{number}.duckdb" for number, _ in enumerate(trials)]
        for file, model in zip(files, trials, strict=True):
            _try(workspace, model, file, settings=settings, contract_folders=contract_folders)
        yield files


def _clear_what_was_killed(derived: Path) -> None:
    for folder in derived.glob(f"{PREFIX}*"):
        try:
            os.kill(int(folder.name.split("-")[1]), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue  # somebody else's, and alive


def _try(
    workspace: Workspace,
    model: Model,
    file: Path,
    *,
    settings: Settings,
    contract_folders: Sequence[Path],
) -> None:
    contracts = read_contracts(contract_folders)
    current = readable_run(workspace)
    with connect(file, settings) as con:
        con.execute(f"ATTACH {sql.text(str(current.tables))} AS run (READ_ONLY)")
        for table in NEEDED:
            con.execute(f"CREATE TABLE {table.name} AS FROM run.{table.name}")
        con.execute("DETACH run")
        link(con, contracts, model=model)
        resolve(con, contracts, run=current.number, as_of=_as_of(current))


def _as_of(run: RunFolder) -> date:
    told = json.loads(run.report.read_text(encoding="utf-8"))
    return date.fromisoformat(told["as_of"])
