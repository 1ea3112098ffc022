"""The files of a generated council, written row by row while families pass.

Rows are appended as they come, so memory does not grow with the council. The same rows always give
the same bytes: workbooks carry a fixed time, and nothing asks for the clock.
"""

import codecs
import csv
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, Self

from anyascii import anyascii
from openpyxl import Workbook

FIXED_TIME = datetime(2026, 10, 1, tzinfo=UTC)
_ZIP_TIME = (2026, 10, 1, 0, 0, 0)
Row = Sequence[Any]
_PLAIN = "spelt_plainly"


def _spelt_plainly(error: UnicodeError) -> tuple[str, int]:
    """Give plain letters for those that an encoding lacks, as old systems' users do."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return anyascii(error.object[error.start : error.end]), error.end


codecs.register_error(_PLAIN, _spelt_plainly)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A delimited file: its path under the sources folder and its header."""

    path: str
    columns: tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8"


class Adds(Protocol):
    """Takes rows, one after another."""

    def __call__(self, row: Row, /) -> object:
        """Append a row."""


class Books:
    """Every file of the council, open for appending, and the truth beside them."""

    def __init__(self, out: Path, files: Sequence[TextFile]) -> None:
        self.out = out
        self._open = ExitStack()
        self._rows: dict[str, Adds] = {}
        self.records = 0
        self._seen: set[tuple[str, str, str]] = set()
        for file in files:
            self._rows[file.path] = self._text(out / "sources" / file.path, file)
        for name, columns in _TRUTH.items():
            file = TextFile(f"{name}.csv", columns)
            self._rows[name] = self._text(out / "truth" / file.path, file)

    def __enter__(self) -> Self:
        """Return the books."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close every file, the last opened first."""
        self._open.close()

    def _text(self, path: Path, file: TextFile) -> Adds:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = self._open.enter_context(
            path.open("w", encoding=file.encoding, errors=_PLAIN, newline="")
        )
        writer = csv.writer(handle, delimiter=file.delimiter, lineterminator="\r\n")
        writer.writerow(file.columns)
        return writer.writerow

    def file(self, path: str) -> Adds:
        """Return what appends rows to a file of the sources, or to a truth file by name."""
        return self._rows[path]

    def enter_all(self, folder: str, manager: AbstractContextManager[dict[str, Adds]]) -> None:
        """Keep what appends rows to each sheet or table, as ``folder/name``, until closed."""
        for name, adds in self._open.enter_context(manager).items():
            self._rows[f"{folder}/{name}" if folder else name] = adds

    def person(self, source: str, key: object, person_id: str) -> None:
        """Write down, once, who a record truly is."""
        entry = (source, str(key), person_id)
        if entry not in self._seen:
            self._seen.add(entry)
            self._rows["persons"](entry)
            self.records += 1

    def forget(self) -> set[str]:
        """Return the ids of those whom any system recorded since last asked, and start anew."""
        recorded = {person_id for _, _, person_id in self._seen}
        self._seen.clear()
        return recorded


_TRUTH = {
    "persons": ("source", "key", "person"),
    "people": ("person", "sex", "born", "tradition", "birth"),
    "families": ("person", "family"),
    "criteria": ("subject_kind", "subject", "area", "state"),
}


@contextmanager
def workbook(
    path: Path, sheets: Mapping[str, Sequence[str]], *, title: str = ""
) -> Iterator[dict[str, Adds]]:
    """Give what appends rows to each sheet; the workbook is saved at the end.

    A title stands in the first row, above an empty one and the headings.
    """
    book = Workbook(write_only=True)
    book.properties.created = FIXED_TIME.replace(tzinfo=None)
    book.properties.creator = "Inventshire"
    adds: dict[str, Adds] = {}
    for name, columns in sheets.items():
        sheet = book.create_sheet(name)
        for row in ((title,), ()) if title else ():
            sheet.append(row)
        sheet.append(columns)
        adds[name] = sheet.append
    yield adds
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    book.save(draft)
    _fix_times(draft, path)
    draft.unlink()


def _fix_times(draft: Path, path: Path) -> None:
    """Copy a workbook with every time in it set to the fixed one."""
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-10-01T00:00:00Z",
                                 content)  # fmt: skip
            fixed = zipfile.ZipInfo(entry.filename, _ZIP_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)


@contextmanager
def database(path: Path, tables: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Adds]]:
    """Give what appends rows to each table of a new SQLite file; all columns are text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    con = sqlite3.connect(path, isolation_level=None)
    try:
        con.execute("PRAGMA journal_mode = OFF")
        con.execute("PRAGMA synchronous = OFF")
        con.execute("BEGIN")
        adds = {table: _inserts(con, table, columns) for table, columns in tables.items()}
        yield adds
        con.execute("COMMIT")
    finally:
        con.close()


def _inserts(con: sqlite3.Connection, table: str, columns: Sequence[str]) -> Adds:
    con.execute(f"CREATE TABLE {table} ({', '.join(f'{column} TEXT' for column in columns)})")
    statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})"

    def add(row: Row, /) -> object:
        return con.execute(statement, row)

    return add
