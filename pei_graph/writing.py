"""A file that somebody named is written, or an error says in plain words why it cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pei_graph.errors import PeiError

BOM = "\ufeff"
"""Before a CSV file's first column it tells Excel that the file is UTF-8: without it Excel shows
other names than were written."""


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
