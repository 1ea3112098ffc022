"""What happened to the id of a person or a family, from the logs of all runs.

In: the folder of identity logs, which are kept for ever, and an id that is or was used. Out: every
event that made, joined, split or retired it, oldest first, in words; and what became of it in the
end. Ids hold nothing about a person, so an old letter's id can be followed by whoever may read the
one that carries it on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pei_graph.errors import PeiError
from pei_graph.tables import CALLED_AGAIN, KEPT_BY_LARGER
from pei_graph.uk_time import uk_time

_EVENTS = """
WITH logged AS (
    SELECT
        run,
        id,
        event,
        heir,
        reason,
        written_at
    FROM (
        SELECT NULL::TIMESTAMP AS written_at
        WHERE false
        UNION ALL BY NAME
        SELECT *
        FROM read_parquet($files, union_by_name = true)
    )
)
SELECT
    run,
    id,
    event,
    heir,
    reason,
    written_at
FROM logged
WHERE id = $id OR heir = $id
ORDER BY run, id <> $id, id, event
"""


class NoHistoryError(PeiError):
    """The id was never given."""

    exit_code = 9


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an id in one run. ``other`` is the other id in it, if any.

    ``at`` is in UK time.
    """

    run: int
    at: datetime | None
    id: str
    kind: str
    other: str | None
    reason: str
    says: str


@dataclass(frozen=True, slots=True)
class History:
    """All that happened to ``id``, oldest first, and the ids that carried it on, in order."""

    id: str
    events: tuple[Event, ...]
    heirs: tuple[str, ...]
    """Empty while the id is used; the last is the one in use."""
    ended: bool
    """Whether neither the id nor an heir is used any more."""

    @property
    def current(self) -> str | None:
        """Return the id that stands for it now, or None where nothing does."""
        return None if self.ended else (self.heirs[-1] if self.heirs else self.id)


def history(identities: Path, asked: str) -> History:
    """Return what happened to an id. Raises ``NoHistoryError`` where no run ever gave it."""
    files = sorted(str(file) for file in identities.glob("*-log.parquet"))
    with duckdb.connect() as con:
        events = _events(con, files, asked) if files else ()
        if not events:
            raise NoHistoryError(
                f"No run ever gave the id {asked}", do="Ids are P- or F- and a number, as in P-12"
            )
        heirs, ended = _heirs(asked, events, lambda heir: _events(con, files, heir))
    return History(asked, events, heirs, ended)


def _events(con: duckdb.DuckDBPyConnection, files: list[str], asked: str) -> tuple[Event, ...]:
    rows = con.execute(_EVENTS, {"files": files, "id": asked}).fetchall()
    return tuple(
        Event(
            run=run,
            at=uk_time(at) if at else None,
            id=told,
            kind=kind,
            other=heir if told == asked else told,
            reason=reason,
            says=_says(asked, told, kind, heir) + _WHY.get(reason, ""),
        )
        for run, told, kind, heir, reason, at in rows
    )


def _says(asked: str, told: str, kind: str, heir: str | None) -> str:
    """Return what happened, told from the id that was asked about.

    >>> _says("P-2", "P-2", "join", "P-1")
    'P-2 was joined into P-1, which carries it on'
    >>> _says("P-1", "P-3", "split", "P-1")
    'P-3 was split off from P-1'
    """
    if told != asked:
        joined = f"{told} was joined into {asked}"
        return joined if kind == "join" else f"{told} was split off from {asked}"
    return {
        "create": f"{told} was given",
        "join": f"{told} was joined into {heir}, which carries it on",
        "split": f"{told} was given to what was split off from {heir}",
        "retire": f"{told} was retired",
    }.get(kind, f"{told}: {kind}")


_WHY = {
    KEPT_BY_LARGER: ", which kept the larger part",
    CALLED_AGAIN: ", as before they were joined",
}
"""What is said besides, by the reasons of which anything is."""


def _heirs(
    asked: str, events: tuple[Event, ...], told_of: Callable[[str], tuple[Event, ...]]
) -> tuple[tuple[str, ...], bool]:
    """Return the ids that carried an id on, in order, and whether the last is retired."""
    heirs: list[str] = []
    here = asked
    while (last := _last(here, events)) is not None and last.kind in {"join", "retire"}:
        heir = last.other
        if heir is None or heir in heirs or heir == asked:
            return tuple(heirs), True
        heirs.append(heir)
        here, events = heir, told_of(heir)
    return tuple(heirs), False


def _last(here: str, events: tuple[Event, ...]) -> Event | None:
    own = [event for event in events if event.id == here]
    return own[-1] if own else None
