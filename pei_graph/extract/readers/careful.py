"""Delimited text read line by line: every line is a row, part of one, or set aside with a rule."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from pei_graph.contract import Reader
from pei_graph.extract.batches import printable
from pei_graph.extract.page import CELL_LIMIT, CONTENT_LIMIT, Note, Refusal, Reject, Row
from pei_graph.extract.readers.lines import Line, read_lines
from pei_graph.extract.readers.not_rows import NotRows

ROW_LINES = 200
"""Most lines that one row may span; a quote open for longer was never meant to be one."""

UNDECODED = re.compile("[\udc80-\udcff\ufffd]")
"""What decoding leaves where bytes are not valid: lone surrogates, or U+FFFD in UTF-16."""

csv.field_size_limit(CELL_LIMIT)


class CarefulRows:
    """The rows of a delimited text file; ``header`` is read at once, ``rejected`` as rows are.

    Raises ``Refusal`` where there is no header.
    """

    def __init__(self, path: Path, reader: Reader, encoding: str) -> None:
        """Read up to the end of the header."""
        self._reader = reader
        self._lines = read_lines(path, encoding)
        self._returned: deque[Line] = deque()
        self._not_rows = NotRows(reader.not_rows)
        self.rejected: list[Reject] = []
        self.notes: list[Note] = []
        self.header: Sequence[str] = self._read_header()

    def _read_header(self) -> Sequence[str]:
        for _ in range(self._reader.header_row - 1):
            self._next_line()
        if self._reader.columns:
            self.header_end = self._reader.header_row - 1
            return self._reader.columns
        first = self._next_line()
        cells = self._parse(taken := [first]) if first else None
        if not cells or not any(cell.strip() for cell in cells):
            raise Refusal(
                "no_header",
                "There are no column names where they should be: set reader.header_row",
                row=self._reader.header_row,
            )
        self.header_end = taken[-1].number
        while not cells[-1].strip():
            cells.pop()
        return cells

    def __iter__(self) -> Iterator[Row]:
        """Yield every row that can be read and is one."""
        while first := self._next_line():
            if not first.text.strip("\r\n"):
                continue
            taken = [first]
            cells = self._parse(taken)
            if cells and self._not_rows.met(cells):
                continue
            rule = self._broken_rule(taken, cells)
            if rule or cells is None:
                content = "".join(line.text for line in taken)[:CONTENT_LIMIT]
                self.rejected.append(Reject(first.number, rule or "quotes", printable(content)))
            else:
                yield first.number, [cell or None for cell in cells[: len(self.header)]]
        self.notes += self._not_rows.notes()

    def _next_line(self) -> Line | None:
        return self._returned.popleft() if self._returned else next(self._lines, None)

    def _parse(self, taken: list[Line]) -> list[str] | None:
        """Return the cells of the row that begins with ``taken``, which grows by what it spans.

        Returns None where the quotes are broken; only the first line then counts as the row.
        """
        quote, text = self._reader.quote, taken[0].text
        if not quote or quote not in text:
            return text.rstrip("\r\n").split(self._reader.delimiter)
        lines = self._spanned(taken)
        try:
            return next(
                csv.reader(lines, delimiter=self._reader.delimiter, quotechar=quote, strict=True)
            )
        except csv.Error:
            self._returned.extendleft(reversed(taken[1:]))
            del taken[1:]
            return None

    def _spanned(self, taken: list[Line]) -> Iterator[str]:
        yield taken[0].text
        while len(taken) < ROW_LINES and (line := self._next_line()):
            taken.append(line)
            yield line.text

    def _broken_rule(self, taken: Sequence[Line], cells: Sequence[str] | None) -> str | None:
        text = "".join(line.text for line in taken)
        if not all(line.whole for line in taken):
            return "line_too_long"
        if "\0" in text:
            return "nul"
        if UNDECODED.search(text):
            return "encoding"
        if len(text) > CELL_LIMIT and max(map(len, cells or text.split("\n"))) > CELL_LIMIT:
            return "cell_too_long"
        if cells is None:
            return "quotes"
        width = len(self.header)
        return "ragged" if len(cells) < width or any(cells[width:]) else None
