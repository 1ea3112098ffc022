"""Which pair is before whom: each is lent to one person at a time, and comes back by itself."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from pei_graph.ledger.judgements import Showing
from pei_graph.ledger.schema import leases
from pei_graph.ledger.store import Store, now

LEASE_MINUTES = 15
"""Long enough to look a pair up elsewhere; somebody who went home holds up nobody for longer."""

Pair = tuple[str, str]


def lend(ledger: Store, offers: Iterable[tuple[Pair, Showing]], by: str) -> Pair | None:
    """The first pair that nobody else holds is lent to ``by``; return it, or None where none is.

    What ``by`` held before is free again, so that one person holds one pair.
    """
    with ledger.writing() as con:
        con.execute(delete(leases).where((leases.c.by == by) | (leases.c.until <= now())))
        held = {(row.record_l, row.record_r) for row in con.execute(select(leases))}
        for pair, showing in offers:
            if pair not in held:
                _keep(con, pair, showing, by=by)
                return pair
    return None


def _keep(con: Connection, pair: Pair, showing: Showing, *, by: str) -> None:
    until = datetime.now(UTC) + timedelta(minutes=LEASE_MINUTES)
    con.execute(
        insert(leases).values(
            record_l=pair[0],
            record_r=pair[1],
            by=by,
            until=until.isoformat(timespec="microseconds"),
            shown=showing.shown,
            stratum=showing.stratum,
            chance=showing.chance,
        )
    )


def held(ledger: Store, by: str) -> tuple[Pair, Showing] | None:
    """Return the pair that is before ``by`` and how it came there; None where none is.

    A lease that has ended still holds while nobody else asked for a pair.
    """
    query = select(leases).where(leases.c.by == by)
    with ledger.reading() as con:
        row = con.execute(query).one_or_none()
    if row is None:
        return None
    return (row.record_l, row.record_r), Showing(row.shown, row.stratum, row.chance)
