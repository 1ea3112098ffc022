"""Readers: one module a format, each turning a delivered file into pages of text cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from pei_graph.extract.page import Page, Wanted
from pei_graph.extract.readers.access import read_access
from pei_graph.extract.readers.delimited import read_delimited
from pei_graph.extract.readers.document import read_document
from pei_graph.extract.readers.parquet import read_parquet
from pei_graph.extract.readers.sqlite import read_sqlite
from pei_graph.extract.readers.workbook import read_workbook
from pei_graph.extract.readers.xml import read_xml

ReadFile = Callable[[Path, Sequence[Wanted]], Iterator[Page]]
"""Reads one delivered file for the lists it feeds: at least one page each, or ``Refusal``."""

READERS: Mapping[str, ReadFile] = MappingProxyType(
    {
        "access": read_access,
        "csv": read_delimited,
        "json": read_document,
        "parquet": read_parquet,
        "sql": read_parquet,
        "sqlite": read_sqlite,
        "xlsx": read_workbook,
        "xml": read_xml,
    }
)
"""Format in a contract to its reader. A query's result has been written to Parquet by then."""
