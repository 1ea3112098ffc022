"""A delivery that should not have come is set aside, and can be brought back.

Nothing is deleted: what was withdrawn stands beside the deliveries, whole, with its times. It
counts for nothing from the next run on, and what it holds is not received again.
"""

import os
from pathlib import Path

import duckdb

from pei_graph.errors import DeliveryError
from pei_graph.receive.store import Kept, kept, note_of

LEAST = 4
"""How many digits of a delivery's folder must be given to mean it."""

_TOLD = """
INSERT INTO issues (file, rule, severity, advice)
SELECT
    unnest(?::VARCHAR[]),
    'withdrawn',
    'note',
    'This delivery was withdrawn and does not count: `pei deliveries restore` brings it back'
"""


def find_delivery(folder: Path, key: str) -> Kept:
    """Return the delivery in the folder that is called ``key``, or alone begins so.

    Raises ``DeliveryError`` where none is meant, or several.
    """
    start, _, time = key.partition("-")
    meant = [each for each in kept(folder) if each.digest.startswith(start) and each.time == time]
    if len(start) < LEAST or len(meant) != 1:
        raise DeliveryError(
            f"{len(meant) or 'No'} deliveries are called {key}",
            do="See the first column of `pei deliveries`",
        )
    return meant[0]


def move(delivery: Kept, folder: Path) -> None:
    """The delivery stands in the folder: its times first, without which it is of another day."""
    folder.mkdir(parents=True, exist_ok=True)
    moved = folder / delivery.folder.name
    note_of(moved).write_bytes(note_of(delivery.folder).read_bytes())
    os.rename(delivery.folder, moved)  # noqa: PTH104  # rename replaces no folder that holds anything
    note_of(delivery.folder).unlink()


def withdrawn(aside: Path) -> list[Kept]:
    """Return the deliveries that are set aside, in order."""
    return list(kept(aside))


def tell_withdrawn(con: duckdb.DuckDBPyConnection, aside: Path) -> None:
    """ISSUES names every delivery that is set aside, and no other."""
    con.execute("DELETE FROM issues WHERE rule = 'withdrawn'")
    con.execute(_TOLD, [[each.name for each in withdrawn(aside)]])
