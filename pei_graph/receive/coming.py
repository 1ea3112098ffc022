"""What a user names becomes kept deliveries."""

import hashlib
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path, PurePosixPath

from pei_graph.errors import DeliveryError, Place
from pei_graph.extract import changed_at, files_of, is_one_place, named_from
from pei_graph.receive.store import (
    DIGEST_LENGTH,
    FOLDER,
    Kept,
    kept,
    note_of,
    write_down,
)
from pei_graph.receive.withdrawn import withdrawn


def receive(store: Path, sources: Sequence[Path], *, aside: Path | None = None) -> None:
    """Every file under ``sources`` stands in ``store`` with its name, folder and times.

    A file that came before is kept again where another came from its place since, and it was then
    put back there. What stands ``aside``, withdrawn, is not received again. Of deliveries that came
    before times were written down, the time that the copy kept has now is written down too, so that
    it cannot be lost any more. Raises ``DeliveryError`` where a source is missing or holds no file
    at all.
    """
    _date_others(store)
    coming = [each for source in sources for each in _coming(source)]
    before = _by_place(store)
    unwanted = {each.digest for each in withdrawn(aside)} if aside else set()
    now = datetime.now(UTC)
    for file, name in coming:
        digest = _digest(file)
        folder = store / digest
        if digest in unwanted:
            continue
        if folder.exists():
            if not _was_put_back(file, digest, name, before[_place(name)]) or any(
                other != file and is_one_place(its, name) for other, its in coming
            ):
                continue
            folder = _free(folder)
        _copy(folder, file, name, came=now)


def _date_others(store: Path) -> None:
    for folder in sorted(store.iterdir()):
        if re.fullmatch(FOLDER, folder.name) and not note_of(folder).exists():
            for file in files_of(folder):
                write_down(folder, changed_at(file))


def _coming(source: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file of a source and its name."""
    if not source.exists():
        raise DeliveryError(f"There is no {source}", do="Check the path of the deliveries")
    files = files_of(source)
    if not files:
        raise DeliveryError(
            "There are no files to load",
            where=Place(file=str(source)),
            do="Name a file, or a folder that holds delivered files",
        )
    start = named_from(source)
    for file in files:
        yield file, file.relative_to(start).as_posix()


def _digest(file: Path) -> str:
    # The name counts with the content: two empty files of two lists are two deliveries.
    try:
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256")
    except OSError as error:
        raise DeliveryError(
            "The file cannot be read",
            where=Place(file=str(file)),
            do="Let the account that runs `pei` read it, or name what is to be loaded",
        ) from error
    digest.update(file.name.encode())
    return digest.hexdigest()[:DIGEST_LENGTH]


def _copy(folder: Path, file: Path, name: str, *, came: datetime) -> None:
    """The folder holds a copy of the file under its name, and its times are written down.

    Raises ``DeliveryError`` where something still writes the file.
    """
    beside = folder.with_suffix(".part")
    shutil.rmtree(beside, ignore_errors=True)
    (beside / name).parent.mkdir(parents=True)
    shutil.copy2(file, beside / name)
    if _digest(beside / name) != folder.name[:DIGEST_LENGTH]:
        raise DeliveryError(
            "The file changed while it was copied",
            where=Place(file=str(file)),
            do="Run again once whatever writes it has finished",
        )
    # First: without its folder a time says nothing, and is written anew when the file comes again.
    write_down(folder, changed_at(file), came)
    os.rename(beside, folder)  # noqa: PTH104  # rename refuses to replace a folder that is not empty


def _place(name: str) -> tuple[str, ...]:
    """Return what all names of one place have in common."""
    return PurePosixPath(name).parts[-2:]


def _by_place(store: Path) -> dict[tuple[str, ...], list[Kept]]:
    """Return what is kept, by what its place is known by."""
    here: dict[tuple[str, ...], list[Kept]] = defaultdict(list)
    for each in kept(store):
        here[_place(each.name)].append(each)
    return here


def _was_put_back(file: Path, digest: str, name: str, kept: Sequence[Kept]) -> bool:
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
