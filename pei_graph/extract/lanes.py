"""Files are read side by side, so that every core has work; those of one source in their order.

While one file is taken apart in Python, DuckDB parses or compresses another.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import duckdb

from pei_graph.extract.find import DeliveredFile
from pei_graph.extract.page import Wanted
from pei_graph.lanes import side_by_side


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A delivered file and the lists that it feeds, at least one."""

    file: DeliveredFile
    wanted: Sequence[Wanted]

    @property
    def sources(self) -> set[str]:
        """Return the sources that the file feeds."""
        return {want.contract.id for want in self.wanted}


ReadOne = Callable[[duckdb.DuckDBPyConnection, FileToRead], None]
"""Reads one file by a connection that is for its lane alone."""


def read_in_lanes(
    con: duckdb.DuckDBPyConnection, files: Sequence[FileToRead], read: ReadOne
) -> None:
    """Every file has been read, as many at a time as DuckDB may use threads.

    Files that feed one source are read one after another, so that RAW gets its columns and rows
    in the same order each time. What ``read`` raises is raised once every lane has stopped.
    """
    lanes = sorted(_lanes(files), key=_size, reverse=True)
    side_by_side(con, lanes, partial(_read_lane, read=read))


def _read_lane(con: duckdb.DuckDBPyConnection, lane: Sequence[FileToRead], read: ReadOne) -> None:
    for each in lane:
        read(con, each)


def _lanes(files: Sequence[FileToRead]) -> list[list[FileToRead]]:
    """Return the files in groups that have no source in common, each group in the given order."""
    groups: list[set[str]] = []
    for each in files:
        shared = [group for group in groups if group & each.sources]
        groups = [group for group in groups if group not in shared]
        groups.append(each.sources.union(*shared))
    return [[each for each in files if each.sources <= group] for group in groups]


def _size(lane: Sequence[FileToRead]) -> int:
    return sum(each.file.bytes for each in lane)
