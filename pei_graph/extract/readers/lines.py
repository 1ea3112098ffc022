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

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pei_graph.extract.page import CELL_LIMIT

CHUNK = 1 << 18
"""Bytes read at a time: what is worked out of them then stays in a core's own cache."""

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
"""Marks at the start of a file that leave no doubt about its encoding."""

UTF_8_LONGEST = 4
"""Most bytes of one character."""

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
    marked = _marked(path)
    breaks = _breaks(path)
    candidates = [marked] if marked else list(encodings)
    encoding, decodes = _encoding(path, candidates, only_ascii=breaks.only_ascii)
    if encoding == "utf-16":
        return TextFacts(encoding, decodes, plain=False, lines=0)
    return TextFacts(encoding, decodes, breaks.plain, breaks.lines)


def _marked(path: Path) -> str | None:
    with path.open("rb") as file:
        start = file.read(max(map(len, BOMS)))
    return next((name for bom, name in BOMS.items() if start.startswith(bom)), None)


def _encoding(path: Path, candidates: Sequence[str], *, only_ascii: bool) -> tuple[str, bool]:
    for encoding in candidates:
        if (only_ascii and _holds_ascii(encoding)) or _decodes(path, encoding):
            return encoding, True
    return candidates[0], False


def _holds_ascii(encoding: str) -> bool:
    """Return whether an encoding is known to write ASCII as it is."""
    return encoding.startswith("utf-8") or encoding in {"cp1252", "latin-1"}


def _decodes(path: Path, encoding: str) -> bool:
    if encoding.startswith("utf-8"):
        return _is_utf_8(path)
    decoder = codecs.getincrementaldecoder(encoding)()
    ascii_is_valid = _holds_ascii(encoding)
    try:
        for chunk in _chunks(path):
            if ascii_is_valid and chunk.isascii():
                continue
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _is_utf_8(path: Path) -> bool:
    """Return whether every byte of a file is valid UTF-8, as Arrow finds without decoding it."""
    held = b""
    try:
        for chunk in _chunks(path):
            if not held and chunk.isascii():
                continue
            content = held + chunk
            whole = len(content) - _begun(content)
            _text(content[:whole]).validate(full=True)
            held = content[whole:]
        _text(held).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _text(content: bytes) -> pa.StringArray:
    bounds = np.array([0, len(content)], np.int32)
    return pa.StringArray.from_buffers(1, pa.py_buffer(bounds), pa.py_buffer(content))


def _begun(content: bytes) -> int:
    """Return how many bytes at the end may be a character that the next chunk goes on with."""
    for back in range(1, min(len(content), UTF_8_LONGEST) + 1):
        if content[-back] < 0x80:  # noqa: PLR2004  # ASCII
            return 0
        if content[-back] >= 0xC0:  # noqa: PLR2004  # the first byte of several
            return back
    return 0


class _Breaks(NamedTuple):
    """What the line breaks of a file are like, and whether any byte is beyond ASCII."""

    plain: bool
    lines: int
    only_ascii: bool


def _breaks(path: Path) -> _Breaks:
    plain, lines, only_ascii, before = True, 0, True, b""
    for chunk in _chunks(path):
        content = before[-2:] + chunk
        ends = _where(content, b"\n")
        lines += int(np.count_nonzero(ends)) - before[-2:].count(b"\n")
        plain = plain and not _odd_break(content, ends)
        only_ascii = only_ascii and chunk.isascii()
        before = content[-2:]
    return _Breaks(plain, lines + (bool(before) and not before.endswith(b"\n")), only_ascii)


def _where(content: bytes, byte: bytes) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.frombuffer(content, np.uint8) == ord(byte)
    return found


def _odd_break(content: bytes, ends: NDArray[np.bool_]) -> bool:
    """Return whether there is a NUL, a blank line, or a carriage return that ends a line itself.

    ``ends`` says which bytes are line feeds. A carriage return at the very end is judged with what
    follows it.
    """
    if b"\0" in content or (ends[1:] & ends[:-1]).any():
        return True
    if b"\r" not in content:
        return False
    returns = _where(content, b"\r")
    alone = returns[:-1] & ~ends[1:]
    blank = ends[:-2] & returns[1:-1] & ends[2:]
    return bool(alone.any() or blank.any())


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
