"""Access files: a table, taken out as text by mdbtools where it is installed."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from pei_graph.contract import Reader
from pei_graph.extract.page import Note, Page, Wanted
from pei_graph.extract.readers.delimited import read_text

TOOL = "mdb-export"
PATIENCE = 600
"""Seconds after which a table that does not come out is given up."""

AS_TEXT = Reader(format="csv", delimiter=",", quote='"', encoding=("utf-8", "cp1252"))
"""How mdb-export writes: commas, doubled quotation marks, names of columns first."""


def read_access(path: Path, wanted: Sequence[Wanted]) -> Iterator[Page]:
    """Yield a page for each list's table."""
    for want in wanted:
        table = want.source_list.reader.table or want.list_id
        with TemporaryDirectory(prefix="pei-") as scratch:
            text = Path(scratch) / "table.csv"
            if problem := _take_out(path, table, text):
                yield Page(want, (), part=table, refused=problem)
                continue
            for page in read_text(text, want, AS_TEXT):
                page.part = table
                yield page


def _take_out(path: Path, table: str, text: Path) -> Note | None:
    tool = which(TOOL)
    if tool is None:
        advice = "Reading Access files needs mdbtools: install it, or ask for the table as CSV"
        return Note("no_mdbtools", "error", advice)
    command = [tool, "-D", "%Y-%m-%d", "-T", "%Y-%m-%d %H:%M:%S", str(path), table]
    try:
        with text.open("wb") as out:
            done = subprocess.run(  # noqa: S603  # no shell, and the table's name is the contract's
                command, stdout=out, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False
            )
    except subprocess.TimeoutExpired:
        return Note("damaged_file", "error", "The table did not come out in ten minutes")
    if done.returncode or not text.stat().st_size:
        advice = f"The file is no Access database, or has no table {table}"
        return Note("missing_table", "error", advice)
    return None
