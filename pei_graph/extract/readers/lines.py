"""Text files are decoded and cut into lines without ever holding a whole file.

In: a delivered text file and the encodings its contract allows. Out: what encoding it is in, and
whether it is plain enough for the fast reader.
"""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from pei_graph.extract.page import CELL_LIMIT

CHUNK = 1 << 20

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
"""Marks at the start of a file that leave no doubt about its encoding."""

LINE_LIMIT = 4 * CELL_LIMIT
"""Most characters of one line; what is longer is passed over and set aside."""


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What one pass over a text file's bytes tells."""

    encoding: str
    decodes: bool
    """Every byte is valid in ``encoding``; otherwise some rows will be set aside."""
    plain: bool
    """No NUL, no blank line and no lone carriage return: a line break ends a row, or is quoted."""
    lines: int


class Line(NamedTuple):
    """A line's number from 1, its text with the line break, and whether it is whole."""

    number: int
    text: str
    whole: bool


def scan(path: Path, encodings: Sequence[str]) -> TextFacts:
    """Return what a pass over the file tells: encoding, plainness and the number of lines."""
    encoding, decodes = _encoding(path, encodings)
    if encoding == "utf-16":
        return TextFacts(encoding, decodes, plain=False, lines=0)
    plain, lines = _breaks(path)
    return TextFacts(encoding, decodes, plain, lines)


def _encoding(path: Path, encodings: Sequence[str]) -> tuple[str, bool]:
    with path.open("rb") as file:
        start = file.read(max(map(len, BOMS)))
    marked = next((name for bom, name in BOMS.items() if start.startswith(bom)), None)
    candidates = [marked] if marked else list(encodings)
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding, True
    return candidates[0], False


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    ascii_is_valid = encoding.startswith("utf-8") or encoding in {"cp1252", "latin-1"}
    try:
        for chunk in _chunks(path):
            if ascii_is_valid and chunk.isascii() and not decoder.getstate()[0]:
                continue
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _breaks(path: Path) -> tuple[bool, int]:
    plain, lines, before = True, 0, b""
    for chunk in _chunks(path):
        plain = plain and not _odd_break(before[-2:] + chunk)
        lines += chunk.count(b"\n")
        before = chunk
    return plain, lines + (bool(before) and not before.endswith(b"\n"))


def _odd_break(content: bytes) -> bool:
    """Return whether there is a NUL, a blank line, or a carriage return that ends a line itself.

    A carriage return at the very end is judged with what follows it.
    """
    if b"\0" in content or b"\n\n" in content:
        return True
    returns = content.count(b"\r")
    if not returns:
        return False
    alone = returns - content.count(b"\r\n") - content.endswith(b"\r")
    return bool(alone) or b"\n\r\n" in content


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def read_lines(path: Path, encoding: str) -> Iterator[Line]:
    """Yield each line of a text file.

    Bytes that are not valid in ``encoding`` become lone surrogates (U+FFFD in UTF-16). A line over
    ``LINE_LIMIT`` is cut there and yielded as not whole.
    """
    with path.open("rb") as raw:
        errors = "replace" if encoding == "utf-16" else "surrogateescape"
        text = TextIOWrapper(raw, encoding=encoding, errors=errors, newline="")
        number = 0
        while line := text.readline(LINE_LIMIT):
            number += 1
            whole = True
            while len(line) >= LINE_LIMIT and not line.endswith(("\n", "\r")):
                whole = False
                rest = text.readline(LINE_LIMIT)
                if not rest or rest.endswith(("\n", "\r")):
                    break
            yield Line(number, line, whole)
