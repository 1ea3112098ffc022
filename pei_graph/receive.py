"""Delivered files are kept as they came, before anything reads them.

In: the files and folders a user names. Out: the precious copy of each file in a folder named by its
digest, and beside it when the file was last changed; every stage reads these, so that what was
loaded can be loaded again. A delivery that was received before is not stored twice. Nothing here
looks inside a file.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from pei_graph.errors import DeliveryError, Place, WorkspaceError
from pei_graph.extract import changed_at
from pei_graph.workspace import replace_text

DIGEST_LENGTH = 16
"""Hex digits of the SHA-256 that name a delivery's folder: 64 bits are ample for a council's
files, and the full digest stands in DELIVERIES."""


def receive(store: Path, sources: Sequence[Path]) -> None:
    """Every file under ``sources`` stands in ``store`` with its name, folder and time.

    Of deliveries that came before times were written down, the time that the copy kept has now is
    written down too, so that it cannot be lost any more. Raises ``DeliveryError`` where a source is
    missing or holds no file at all.
    """
    _date_others(store)
    for source in sources:
        if not source.exists():
            raise DeliveryError(f"There is no {source}", do="Check the path of the deliveries")
        files = list(_files(source))
        if not files:
            raise DeliveryError(
                "There are no files to load",
                where=Place(file=str(source)),
                do="Name a file, or a folder that holds delivered files",
            )
        for file in files:
            _keep(store, file, file.relative_to(source.resolve().parent))


def received(store: Path) -> dict[Path, date | None]:
    """Return what stands in the folder of every delivery kept, in an order that does not change.

    Each has the day written down of it, or None where there is none, as with answers to queries.
    Raises ``WorkspaceError`` where a day cannot be read.
    """
    folders = (entry for entry in store.iterdir() if entry.is_dir() and entry.suffix != ".part")
    return {entry: _day(folder) for folder in sorted(folders) for entry in sorted(folder.iterdir())}


def _note(folder: Path) -> Path:
    """Return the file that says when what a delivery's folder holds was last changed.

    It stands beside the folder: whatever stands within has a name that a user gave.
    """
    return folder.with_suffix(".changed")


def _day(folder: Path) -> date | None:
    note = _note(folder)
    try:
        return datetime.fromisoformat(note.read_text(encoding="ascii").strip()).date()
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise WorkspaceError(
            "It cannot be read of which day a delivery is",
            where=Place(file=str(note)),
            do="Write its day there, such as 2026-01-31, or put the file back from a copy",
        ) from error


def _date_others(store: Path) -> None:
    for folder in sorted(store.iterdir()):
        if re.fullmatch(f"[0-9a-f]{{{DIGEST_LENGTH}}}", folder.name) and not _note(folder).exists():
            for file in _files(folder):
                replace_text(_note(folder), changed_at(file).isoformat())


def _files(source: Path) -> Iterator[Path]:
    source = source.resolve()
    if source.is_file():
        yield source
        return
    for file in sorted(source.rglob("*")):
        if file.is_file() and not any(part.startswith(".") for part in file.parts[-2:]):
            yield file


def _digest(file: Path) -> str:
    # The name counts with the content: two empty files of two lists are two deliveries.
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256")
    digest.update(file.name.encode())
    return digest.hexdigest()[:DIGEST_LENGTH]


def _keep(store: Path, file: Path, name: Path) -> None:
    folder = store / _digest(file)
    if folder.exists():
        return
    beside = folder.with_suffix(".part")
    shutil.rmtree(beside, ignore_errors=True)
    (beside / name).parent.mkdir(parents=True)
    shutil.copy2(file, beside / name)
    # First: without its folder a time says nothing, and is written anew when the file comes again.
    replace_text(_note(folder), changed_at(file).isoformat())
    os.rename(beside, folder)  # noqa: PTH104  # rename refuses to replace a folder that is not empty
