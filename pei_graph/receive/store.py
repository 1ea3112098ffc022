"""What is kept of deliveries: each file in a folder named by its digest, its times beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pei_graph.errors import Place, WorkspaceError
from pei_graph.extract import Arrival, files_of
from pei_graph.workspace import replace_text

DIGEST_LENGTH = 16
"""Hex digits of the SHA-256 that name a delivery's folder: 64 bits are ample for a council's
files, and the full digest stands in DELIVERIES."""

KEY_LENGTH = 8
"""Hex digits of it that a person is shown, and may type."""

FOLDER = rf"[0-9a-f]{{{DIGEST_LENGTH}}}(-\d+)?"
"""The names of deliveries' folders: of the same file once more, with a number."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A delivered file as it is kept: in which folder, under which name, and when it came."""

    folder: Path
    file: Path
    name: str
    arrival: Arrival

    @property
    def digest(self) -> str:
        """Return the digest of what was delivered, the same for whatever came more than once."""
        return self.folder.name[:DIGEST_LENGTH]

    @property
    def time(self) -> str:
        """Return which time it came: nothing for the first, then 2 and so on."""
        return self.folder.name[DIGEST_LENGTH + 1 :]

    @property
    def key(self) -> str:
        """Return what it is called by: the digest's start, and which time it came."""
        return "-".join(filter(None, (self.digest[:KEY_LENGTH], self.time)))


def received(store: Path) -> dict[Path, Arrival | None]:
    """Return what stands in the folder of every delivery kept, in an order that does not change.

    Each has its arrival, or None where nothing is written down of it.
    Raises ``WorkspaceError`` where it cannot be read.
    """
    return {
        entry: arrival_of(folder) for folder in folders(store) for entry in sorted(folder.iterdir())
    }


def folders(store: Path) -> list[Path]:
    """Return the folders of what is kept, in order, none that was half copied."""
    return sorted(each for each in store.iterdir() if each.is_dir() and each.suffix != ".part")


def kept(store: Path) -> Iterator[Kept]:
    """Yield every delivered file that is kept and dated.

    None where there is no such folder yet.
    """
    for folder in folders(store) if store.is_dir() else ():
        if re.fullmatch(FOLDER, folder.name) and (arrival := arrival_of(folder)):
            for file in files_of(folder):
                yield Kept(folder, file, file.relative_to(folder.resolve()).as_posix(), arrival)


def note_of(folder: Path) -> Path:
    """Return the file that says when what a delivery's folder holds was changed, and came.

    It stands beside the folder: whatever stands within has a name that a user gave.
    """
    return folder.with_suffix(".changed")


def arrival_of(folder: Path) -> Arrival | None:
    """Return what is written down of the arrival of what a folder holds; None where nothing is.

    Raises ``WorkspaceError`` where it cannot be read.
    """
    note = note_of(folder)
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


def write_down(folder: Path, *times: datetime) -> None:
    """It is on disk when what the folder holds was last changed, and when it came."""
    replace_text(note_of(folder), "\n".join(each.isoformat() for each in times))
