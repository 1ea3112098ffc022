"""Zipped files that would fill the machine when unpacked are refused before anything unpacks them."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from pei_graph.extract.page import Refusal

UNPACKED_LIMIT = 1 << 30
"""Most bytes that a workbook may unpack to: a million rows of thirty columns stay below it."""

RATIO_LIMIT = 150
"""Honest sheets shrink five- to thirtyfold; text that shrinks more than this is filler."""

SMALL = 20 << 20
"""Bytes below which the ratio does not matter."""


def refuse_bomb(path: Path) -> None:
    """The file is a zip of honest size; otherwise ``Refusal`` is raised."""
    if not path.stat().st_size:
        raise Refusal("empty_file", "The file holds nothing: ask for it again")
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
    except BadZipFile:
        raise Refusal(
            "damaged_file", "The file is not a workbook, or only part of one: ask for it again"
        ) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > UNPACKED_LIMIT or (unpacked > SMALL and unpacked > RATIO_LIMIT * packed):
        raise Refusal(
            "zip_bomb",
            "The file would unpack to far more than a delivery holds, and was not opened:"
            " find out who made it",
        )
