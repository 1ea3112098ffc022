"""Deliveries that were read before, of which nothing needs to be read again.

In: the files there are now, and DELIVERIES as the last run left it. Out: the sources of which
nothing has gone since, with their deliveries as they were read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pei_graph.extract.delivery import Delivery
from pei_graph.extract.lanes import FileToRead
from pei_graph.extract.page import Wanted

_DELIVERIES = """
SELECT delivery_id, list, file, sha256, delivered_on, layout, status, rows_in, repeated,
    changed, came
FROM deliveries
WHERE source = ?
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of the deliveries that were read before."""

    sources: AbstractSet[str]
    """Those of which all that was read is still there."""
    deliveries: Sequence[Delivery]
    read: AbstractSet[tuple[str, Path]]
    """By source, the files that need not be read for it."""

    def others(self, files: Collection[FileToRead]) -> Iterator[FileToRead]:
        """Yield the files that are still to be read, each with the lists it is to be read for."""
        for each in files:
            if wanted := [
                want for want in each.wanted if (want.contract.id, each.file.path) not in self.read
            ]:
                yield FileToRead(each.file, wanted)


def find_standing(
    con: duckdb.DuckDBPyConnection,
    files: Collection[FileToRead],
    *,
    changed: Collection[str],
    known: Collection[Path],
) -> Standing:
    """Return what stands of the ``changed`` sources; ``known`` files are as the last run read them.

    A source of which any delivery has gone, or cannot be told from another, does not stand.
    """
    found = {
        source: _deliveries(con, source, _by_origin(files, source, known)) for source in changed
    }
    stand = {source: deliveries for source, deliveries in found.items() if deliveries is not None}
    deliveries = [each for standing in stand.values() for each in standing]
    read = {(each.wanted.contract.id, each.file.path) for each in deliveries}
    return Standing(stand.keys(), deliveries, read)


Origin = tuple[str, datetime, datetime | None]
"""A file's name, when it was changed and when it came, in UTC: as DELIVERIES has it."""


def _by_origin(
    files: Collection[FileToRead], source: str, known: Collection[Path]
) -> Mapping[Origin, list[FileToRead]]:
    origins: dict[Origin, list[FileToRead]] = defaultdict(list)
    for each in files:
        if source in each.sources and each.file.path in known:
            origins[each.file.name, *each.file.arrival.utc].append(each)
    return origins


def _deliveries(
    con: duckdb.DuckDBPyConnection, source: str, origins: Mapping[Origin, list[FileToRead]]
) -> list[Delivery] | None:
    """Return the source's deliveries as they were read; None where any has no one file now."""
    found = []
    for *row, changed, came in con.execute(_DELIVERIES, [source]).fetchall():
        delivery_id, list_id, name, sha256, day, *others = row
        files = [file for each in _files(name) for file in origins.get((each, changed, came), ())]
        wanted = [want for file in files for want in file.wanted if _is(want, source, list_id)]
        if len(files) != 1 or len(wanted) != 1:
            return None
        found.append(Delivery(delivery_id, wanted[0], name, files[0].file, sha256, day, *others))
    return found


def _files(name: str) -> Iterator[str]:
    """Yield what the file of a delivery may be called: a sheet or table stands after a hash."""
    yield name
    yield from (name[:at] for at, letter in enumerate(name) if letter == "#")


def _is(wanted: Wanted, source: str, list_id: str) -> bool:
    return (wanted.contract.id, wanted.list_id) == (source, list_id)
