"""Readers: one module a format, each turning a delivered file into pages of text cells."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import duckdb

from pei_graph.extract.page import Page, Wanted
from pei_graph.extract.readers.delimited import read_delimited
from pei_graph.extract.readers.sqlite import read_sqlite
from pei_graph.extract.readers.workbook import read_workbook


class ReadFile(Protocol):
    """Reads one delivered file for the lists it feeds."""

    def __call__(
        self,
        con: duckdb.DuckDBPyConnection,
        path: Path,
        wanted: Sequence[Wanted],
        *,
        scratch: Path,
    ) -> Iterator[Page]:
        """Yield at least one page for each list, or raise ``Refusal``."""


READERS: Mapping[str, ReadFile] = MappingProxyType(
    {"csv": read_delimited, "xlsx": read_workbook, "sqlite": read_sqlite}
)
"""Format in a contract to its reader."""
