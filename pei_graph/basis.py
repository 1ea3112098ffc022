"""What a run rests upon, so that the next one knows what may have changed.

In: the code, the contracts, the deliveries, the day, the model. Out: the one-row table ``basis``
and the table ``applied`` (the verdicts that counted) in the run's file.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb
import pyarrow as pa

from pei_graph.contract import Contract
from pei_graph.errors import ContractError, DeliveryError
from pei_graph.extract import sources_fed_by
from pei_graph.ledger import Judgement
from pei_graph.receive import received
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, Workspace, connect

PACKAGES = ("pei_graph", "loaders", "cypher")
READ = (".py", ".sql", ".yml", ".yaml", ".cypher")
"""Endings of the files that decide what a run makes of its deliveries."""
READING = ("extract", "contract", "tables")
"""Folders whose code decides what is read of a file, beside that of the modules on top."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a run rests upon."""

    code: str
    """Digest of the product's own files."""
    reading: str
    """Digest of those of them that decide what is read of a file."""
    contracts: dict[str, str]
    """By source, the digest of its contract."""
    deliveries: dict[str, str]
    """The files kept, each path naming its own digest, and the arrival of each as text."""
    silent: dict[str, str]
    """By list for which no database answered, the rule that says why."""
    as_of: str
    model: int


def product_digest() -> str:
    """Return a digest of the product's code, contracts and criteria."""
    return _digest(each for name in PACKAGES for each in _files(files(name)))


def reading_digest() -> str:
    """Return a digest of the code that decides what is read of a file: all below that stage too."""
    top = files("pei_graph")
    below = (each for each in _entries(top) if each.name.endswith(READ))
    return _digest([*below, *(file for name in READING for file in _files(top / name))])


def read_alike(before: Basis, reading: str, contracts: Mapping[str, str]) -> set[str]:
    """Return the sources of which this code, by these contracts, reads what was read then."""
    if before.reading != reading:
        return set()
    return {
        source for source, digest in contracts.items() if before.contracts.get(source) == digest
    }


def delivered(workspace: Workspace) -> dict[str, str]:
    """Return the paths of all files kept, and the arrival of each where it is written down."""
    top = workspace.deliveries
    return {
        file.relative_to(top).as_posix(): str(arrival) if arrival else ""
        for entry, arrival in received(top).items()
        for file in (entry, *entry.rglob("*"))
        if file.is_file()
    }


def since(before: Basis, workspace: Workspace) -> tuple[list[str], set[Path]]:
    """Return the names of files that came, went or are of other times, and the files that are not.

    The first are named as delivered, the second are where they are kept.
    """
    top, last, now = workspace.deliveries.resolve(), before.deliveries, delivered(workspace)
    differing = [path.partition("/")[2] for path, _ in last.items() ^ now.items()]
    return differing, {top / path for path, _ in last.items() & now.items()}


def require_contracts(
    run: RunFolder, workspace: Workspace, contracts: Mapping[str, Contract], settings: Settings
) -> None:
    """Whatever the run read of files that are kept, some contract speaks of.

    Raises ``ContractError`` where none does: the source would be gone from what readers see.
    """
    read = _read_otherwise(run, contracts, settings)
    kept = {path.partition("/")[2] for path in delivered(workspace)} if read else set()
    lost = {
        source
        for source, file in read
        if (name := file if file in kept else file.rpartition("#")[0]) in kept
        and not sources_fed_by([name], contracts)
    }
    if lost:
        raise ContractError(
            f"The last run read {', '.join(sorted(lost))} by contracts that are not given now",
            do="Name their folder with --contracts, or take the files out with"
            " `pei deliveries withdraw`; what readers see has not changed",
        )


def _read_otherwise(
    run: RunFolder, known: Collection[str], settings: Settings
) -> list[tuple[str, str]]:
    """Return source and file of what a run read of other sources; nothing where it tells none."""
    try:
        with connect(run.tables, settings, read_only=True) as con:
            asked = (
                "SELECT DISTINCT source, file FROM deliveries WHERE NOT list_contains(?, source)"
            )
            return con.execute(asked, [list(known)]).fetchall()
    except duckdb.Error:
        return []


def silenced(before: Basis, silent: Mapping[str, str]) -> set[str]:
    """Return the sources of lists for which no database answers now, or did then, or otherwise."""
    return {name.partition(".")[0] for name, _ in before.silent.items() ^ silent.items()}


def newest_delivery(con: duckdb.DuckDBPyConnection) -> date:
    """Return the day of the newest delivery that was loaded, today at the latest.

    Raises ``DeliveryError`` where none was.
    """
    row = con.execute("SELECT max(delivered_on) FROM deliveries WHERE status = 'loaded'").fetchone()
    if not row or not row[0]:
        raise DeliveryError(
            "No delivery could be loaded",
            do="Run `pei check SOURCES` to see what is wrong with each file",
        )
    newest: date = row[0]
    return min(newest, datetime.now(UTC).date())


def note(con: duckdb.DuckDBPyConnection, basis: Basis, judgements: Sequence[Judgement]) -> None:
    """The run's tables say what it rests upon."""
    con.execute("CREATE OR REPLACE TABLE basis AS SELECT ? AS basis", [json.dumps(asdict(basis))])
    columns = {
        name: pa.array([str(getattr(each, name)) for each in judgements], pa.string())
        for name in ("record_l", "record_r", "verdict")
    }
    con.register("counted", pa.table(columns))
    con.execute("CREATE OR REPLACE TABLE applied AS FROM counted")
    con.unregister("counted")


def read(con: duckdb.DuckDBPyConnection) -> Basis | None:
    """Return what the run in ``con`` rests upon; None where it does not say."""
    try:
        rows = con.execute("SELECT basis FROM basis").fetchall()
        return Basis(**json.loads(rows[0][0]))
    except (duckdb.Error, ValueError, TypeError, IndexError):
        return None


def of_run(run: RunFolder, settings: Settings) -> Basis | None:
    """Return what a run rests upon, or None where it cannot be read."""
    try:
        with connect(run.tables, settings, read_only=True) as con:
            return read(con)
    except duckdb.Error:
        return None


def why_anew(last: Basis | None, now: Basis) -> str | None:
    """Return why everything must be made anew, or None where the last run can be built upon.

    Other deliveries and another day are changes that a run builds upon the last one.
    """
    if last is None:
        return "no run to build upon"
    reasons = (
        (last.code != now.code, "another version of the product"),
        (last.contracts != now.contracts, "other contracts"),
        (last.model != now.model, "another model"),
    )
    return next((reason for differs, reason in reasons if differs), None)


def _entries(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda each: each.name)


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in _entries(folder):
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith(READ):
            yield entry


def _digest(entries: Iterable[Traversable]) -> str:
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(entry.name.encode())
        digest.update(hashlib.sha256(entry.read_bytes()).digest())
    return digest.hexdigest()
