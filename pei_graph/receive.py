"""Delivered files are kept as they came, before anything reads them.

In: the files and folders a user names. Out: the precious copy of each file in a folder named by its
digest, and beside it when the file was last changed and when it came; every stage reads these, so
that what was loaded can be loaded again. A delivery that was received before is not stored twice,
unless another came from its place in between. Nothing here looks inside a file.
"""

import hashlib
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePosixPath

from pei_graph.errors import DeliveryError, Place, WorkspaceError
from pei_graph.extract import Arrival, changed_at, is_one_place, named_from
from pei_graph.workspace import replace_text

DIGEST_LENGTH = 16
"""Hex digits of the SHA-256 that name a delivery's folder: 64 bits are ample for a council's
files, and the full digest stands in DELIVERIES."""

_FOLDER = rf"[0-9a-f]{{{DIGEST_LENGTH}}}(-\d+)?"
"""The names of deliveries' folders: of the same file once more, with a number."""


def receive(store: Path, sources: Sequence[Path]) -> None:
    """Every file under ``sources`` stands in ``store`` with its name, folder and times.

    A file that came before is kept again where another came from its place since, and it was then
    put back there. Of deliveries that came before times were written down, the time that the copy
    kept has now is written down too, so that it cannot be lost any more. Raises ``DeliveryError``
    where a source is missing or holds no file at all.
    """
    _date_others(store)
    coming = [each for source in sources for each in _coming(source)]
    kept = _kept(store)
    now = datetime.now(UTC)
    for file, name in coming:
        digest = _digest(file)
        folder = store / digest
        if folder.exists():
            if not _was_put_back(file, digest, name, kept[_place(name)]) or any(
                other != file and is_one_place(its, name) for other, its in coming
            ):
                continue
            folder = _free(folder)
        _copy(folder, file, name, came=now)


def received(store: Path) -> dict[Path, Arrival | None]:
    """Return what stands in the folder of every delivery kept, in an order that does not change.

    Each has its arrival, or None where nothing is written down of it, as with answers to queries.
    Raises ``WorkspaceError`` where it cannot be read.
    """
    return {
        entry: _arrival(folder) for folder in _folders(store) for entry in sorted(folder.iterdir())
    }


def _folders(store: Path) -> list[Path]:
    return sorted(each for each in store.iterdir() if each.is_dir() and each.suffix != ".part")


def _note(folder: Path) -> Path:
    """Return the file that says when what a delivery's folder holds was changed, and came.

    It stands beside the folder: whatever stands within has a name that a user gave.
    """
    return folder.with_suffix(".changed")


def _arrival(folder: Path) -> Arrival | None:
    note = _note(folder)
    try:
        written = note.read_text(encoding="ascii").split()
        return Arrival(*map(_time, written))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise WorkspaceError(
            "It cannot be read of which day a delivery is",
            where=Place(file=str(note)),
            do="Write its day there, such as 2026-01-31, or put the file back from a copy",
        ) from error


def _time(written: str) -> datetime:
    """Return a time; one that was written by hand may say no more than a day."""
    time = datetime.fromisoformat(written)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _write_down(folder: Path, *times: datetime) -> None:
    replace_text(_note(folder), "\n".join(each.isoformat() for each in times))


def _date_others(store: Path) -> None:
    for folder in sorted(store.iterdir()):
        if re.fullmatch(_FOLDER, folder.name) and not _note(folder).exists():
            for file in _files(folder):
                _write_down(folder, changed_at(file))


def _coming(source: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file of a source and its name."""
    if not source.exists():
        raise DeliveryError(f"There is no {source}", do="Check the path of the deliveries")
    files = list(_files(source))
    if not files:
        raise DeliveryError(
            "There are no files to load",
            where=Place(file=str(source)),
            do="Name a file, or a folder that holds delivered files",
        )
    start = named_from(source)
    for file in files:
        yield file, file.relative_to(start).as_posix()


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


def _copy(folder: Path, file: Path, name: str, *, came: datetime) -> None:
    """The folder holds a copy of the file under its name, and its times are written down."""
    beside = folder.with_suffix(".part")
    shutil.rmtree(beside, ignore_errors=True)
    (beside / name).parent.mkdir(parents=True)
    shutil.copy2(file, beside / name)
    # First: without its folder a time says nothing, and is written anew when the file comes again.
    _write_down(folder, changed_at(file), came)
    os.rename(beside, folder)  # noqa: PTH104  # rename refuses to replace a folder that is not empty


def _place(name: str) -> tuple[str, ...]:
    """Return what all names of one place have in common."""
    return PurePosixPath(name).parts[-2:]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of one file, beside its content."""

    name: str
    digest: str
    arrival: Arrival


def _kept(store: Path) -> dict[tuple[str, ...], list[_Kept]]:
    """Return what is kept, by what its place is known by."""
    kept: dict[tuple[str, ...], list[_Kept]] = defaultdict(list)
    for folder in _folders(store):
        if arrival := _arrival(folder):
            for file in _files(folder):
                name = file.relative_to(folder.resolve()).as_posix()
                kept[_place(name)].append(_Kept(name, folder.name[:DIGEST_LENGTH], arrival))
    return kept


def _was_put_back(file: Path, digest: str, name: str, kept: Sequence[_Kept]) -> bool:
    """Return whether a file that is kept was written again, after another came from its place."""
    here = [each for each in kept if is_one_place(each.name, name)]
    newest = max((each.arrival.order for each in here), default=None)
    last = [each for each in here if each.arrival.order == newest]
    again = bool(last) and digest not in {each.digest for each in last}
    return again and all(changed_at(file) > each.arrival.changed for each in last)


def _free(folder: Path) -> Path:
    """Return the first folder of a delivery's further ones that is not there yet."""
    further = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return next(each for each in further if not each.exists())
