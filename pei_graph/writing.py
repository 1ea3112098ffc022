"""A file that somebody named is written, or an error says in plain words why it cannot be.

And what the cells of a file for a spreadsheet must not be.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pei_graph.errors import PeiError

BOM = "\ufeff"
"""Before a CSV file's first column it tells Excel that the file is UTF-8: without it Excel shows
other names than were written."""
FORMULA = r"^[=+\-@\t\r]"
"""Starts of a cell that Excel and its kin read as a formula (OWASP, CSV injection)."""


@contextmanager
def written(file: Path, error: type[PeiError]) -> Iterator[None]:
    """What is done inside writes ``file``; raises ``error`` where that cannot be written.

    A spreadsheet holds a file that is open in it, and then nobody else may write it.
    """
    if not file.parent.is_dir():
        raise error(f"There is no folder {file.parent}", do="Make the folder first")
    try:
        yield
    except (OSError, duckdb.IOException):
        raise error(
            f"{file} cannot be written", do="Close it where it is open, or name another file"
        ) from None


def is_formula(cell: object) -> bool:
    """Return whether a spreadsheet would run what stands in a cell.

    >>> is_formula("=1+1"), is_formula("Testa Example"), is_formula(-1)
    (True, False, False)
    """
    return isinstance(cell, str) and re.match(FORMULA, cell) is not None


def harmless(cell: object) -> object:
    """Return a cell as a spreadsheet shows it and does not run it.

    >>> harmless("=1+1"), harmless(-1)
    ("'=1+1", -1)
    """
    return f"'{cell}" if is_formula(cell) else cell
