"""What was delivered, and what became of it in the current run.

In: the deliveries kept and those withdrawn, and DELIVERIES of a run. Out: one line a file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import duckdb

from pei_graph.receive import Kept, kept, withdrawn
from pei_graph.workspace import Workspace

_DELIVERIES = """
SELECT
    regexp_extract(file, '^(.*?)(#[^/]*)?$', 1) AS name,
    changed,
    came,
    CASE WHEN bool_or(latest) THEN 'newest' WHEN bool_or(status = 'loaded') THEN 'earlier'
        ELSE 'refused' END AS state,
    list_sort(list(DISTINCT source || '.' || list)) AS lists,
    sum(rows_in)::BIGINT AS rows,
    max(delivered_on)::VARCHAR AS day
FROM deliveries
GROUP BY name, changed, came
"""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One delivered file: what it is called by, its name and times, what it was read as.

    ``day`` is the one it speaks for, or of its last change where it was not read. ``state`` is
    ``newest`` of its list, ``earlier``, ``refused``, ``not read`` or ``withdrawn``; of a list that
    adds to what it said, earlier ones count as well.
    """

    id: str
    file: str
    day: str
    changed: str
    came: str | None
    lists: Sequence[str]
    rows: int
    state: str


class _Became(NamedTuple):
    """What a run made of a file."""

    state: str
    lists: Sequence[str]
    rows: int
    day: str | None


_NOT_READ = _Became("not read", (), 0, None)
_WITHDRAWN = _Became("withdrawn", (), 0, None)

_Origin = tuple[str, datetime, datetime | None]
"""A file's name, when it was changed and when it came, in UTC: as DELIVERIES has it."""


def deliveries(workspace: Workspace, con: duckdb.DuckDBPyConnection | None) -> list[Delivered]:
    """Return every delivery by name, the last first; ``con`` reads the current run if there is one.

    Of what came again for the same day the last alone was read.
    """
    became = _read(con)
    last_first = sorted(kept(workspace.deliveries), key=_order, reverse=True)
    found = [
        _describe(each, became.get((each.name, *each.arrival.utc), _NOT_READ))
        for each in last_first
    ]
    found += [_describe(each, _WITHDRAWN) for each in withdrawn(workspace.withdrawn)]
    return sorted(found, key=lambda each: each.file)


def _order(delivery: Kept) -> tuple[datetime, datetime]:
    return delivery.arrival.order, delivery.arrival.changed


def _describe(delivery: Kept, became: _Became) -> Delivered:
    arrival = delivery.arrival
    return Delivered(
        delivery.key,
        delivery.name,
        became.day or arrival.day.isoformat(),
        arrival.changed.isoformat(timespec="minutes"),
        arrival.came.isoformat(timespec="minutes") if arrival.came else None,
        became.lists,
        became.rows,
        became.state,
    )


def _read(con: duckdb.DuckDBPyConnection | None) -> dict[_Origin, _Became]:
    """Return what a run made of files, by whence and when they came."""
    rows = con.execute(_DELIVERIES).fetchall() if con else ()
    return {(name, changed, came): _Became(*rest) for name, changed, came, *rest in rows}
