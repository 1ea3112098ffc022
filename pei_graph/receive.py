"""Delivered files are kept as they came, before anything reads them.

In: the files and folders a user names. Out: the precious copy of each file in a folder named by its
digest, from which every stage reads, so that what was loaded can be loaded again. A delivery that
was received before is not stored twice. Nothing here looks inside a file.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from pei_graph.errors import DeliveryError, Place

DIGEST_LENGTH = 16
"""Hex digits of the SHA-256 that name a delivery's folder: 64 bits are ample for a council's
files, and the full digest stands in DELIVERIES."""


def receive(store: Path, sources: Sequence[Path]) -> None:
    """Every file under ``sources`` stands in ``store`` with its name, folder and date.

    Raises ``DeliveryError`` where a source is missing or holds no file at all.
    """
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


def received(store: Path) -> list[Path]:
    """Return what stands in the folder of every delivery kept, in an order that does not change."""
    kept = sorted(folder for folder in store.iterdir() if not folder.name.endswith(".part"))
    return [entry for folder in kept for entry in folder.iterdir()]


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
    os.rename(beside, folder)  # noqa: PTH104  # rename refuses to replace a folder that is not empty
