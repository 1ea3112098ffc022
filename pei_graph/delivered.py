"""What was delivered, and what became of it in the current run.

In: the deliveries kept and those withdrawn, and DELIVERIES of a run. Out: one line a file.
"""

import hashlib
from collections import defaultdict
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
    sha256,
    CASE WHEN bool_or(latest) THEN 'newest' WHEN bool_or(status = 'loaded') THEN 'earlier'
        ELSE 'refused' END AS state,
    list_sort(list(DISTINCT source || '.' || list)) AS lists,
    sum(rows_in)::BIGINT AS rows,
    delivered_on::VARCHAR AS day
FROM deliveries
GROUP BY name, sha256, delivered_on
ORDER BY delivered_on DESC
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


def deliveries(workspace: Workspace, con: duckdb.DuckDBPyConnection | None) -> list[Delivered]:
    """Return every delivery by name, newest first; ``con`` reads the current run, if there is one.

    Of what came more than once with the same content, the last is what a run read for its day.
    """
    became = _read(con)
    last_first = sorted(kept(workspace.deliveries), key=_order, reverse=True)
    found = [_describe(each, _taken(became, each)) for each in last_first]
    found += [
        _describe(each, _Became("withdrawn", (), 0, None))
        for each in withdrawn(workspace.withdrawn)
    ]
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


def _taken(became: dict[tuple[str, str], list[_Became]], delivery: Kept) -> _Became:
    """Return what became of a delivery, and leave to those before it what is theirs."""
    with delivery.file.open("rb") as content:
        told = became[delivery.name, hashlib.file_digest(content, "sha256").hexdigest()]
    if not told:
        return _Became("not read", (), 0, None)
    return told.pop(0)


def _read(con: duckdb.DuckDBPyConnection | None) -> dict[tuple[str, str], list[_Became]]:
    """Return what a run made of files by name and content, the newest day first."""
    became: dict[tuple[str, str], list[_Became]] = defaultdict(list)
    for name, sha256, *rest in con.execute(_DELIVERIES).fetchall() if con else ():
        became[name, sha256].append(_Became(*rest))
    return became
