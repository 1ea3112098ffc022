"""The audit trail: who read or did what, chained so that tampering shows.

Each entry's mac is an HMAC over the entry and the mac before it. A head row holds the count and
the last mac under the same key, so that entries cut from the end are missed. Entries hold ids and
counts, never a name, a date of birth, an address or a search term.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from pei_graph.ledger.schema import audit, audit_head
from pei_graph.ledger.store import Store, now

START = "0" * 64
"""What stands in the place of a mac before the first entry."""

AT_ONCE = 1000
"""Entries that are looked at together: the trail of many years need not fit in memory."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing somebody read or did."""

    who: str
    action: str
    purpose: str = ""
    subjects: Sequence[str] = ()
    detail: Mapping[str, int | str] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying the trail found: how many entries, the last mac, and every problem."""

    entries: int
    head: str
    problems: tuple[str, ...]


def append(ledger: Store, entry: Entry) -> int:
    """The entry stands at the end of the trail, on disk; return its number."""
    with ledger.writing() as con:
        return add(ledger, con, entry)


def add(ledger: Store, con: Connection, entry: Entry) -> int:
    """The entry stands at the end of the trail once ``con`` commits; return its number.

    For what must be told and done together or not at all.
    """
    head = con.execute(select(audit_head).with_for_update()).one_or_none()
    seq = (head.entries if head else 0) + 1
    row = {
        "seq": seq,
        "at": now(),
        "who": entry.who,
        "action": entry.action,
        "purpose": entry.purpose,
        "subjects": json.dumps(list(entry.subjects)),
        "detail": json.dumps(dict(entry.detail or {}), sort_keys=True),
    }
    mac = _mac(ledger, row, head.mac if head else START)
    con.execute(insert(audit).values(**row, mac=mac))
    _move_head(ledger, con, seq, mac)
    return seq


def verify(ledger: Store) -> Verdict:
    """Return whether every entry stands as it was written, in its place, and none is missing."""
    problems: list[str] = []
    previous, seen = START, 0
    with ledger.reading() as con:
        entries = select(audit).order_by(audit.c.seq).execution_options(yield_per=AT_ONCE)
        for row in con.execute(entries).mappings():
            problems += _problem(ledger, dict(row), previous, seen + 1)
            previous, seen = row["mac"], row["seq"]
        problems += _head_problem(ledger, con, seen, previous)
    return Verdict(seen, previous, tuple(problems))


def recent(ledger: Store, limit: int) -> list[Row[Any]]:
    """Return the newest ``limit`` entries, newest first."""
    with ledger.reading() as con:
        return list(con.execute(select(audit).order_by(audit.c.seq.desc()).limit(limit)))


def _mac(ledger: Store, row: Mapping[str, object], previous: str) -> str:
    names = ("seq", "at", "who", "action", "purpose", "subjects", "detail")
    return ledger.digest("entry", previous, json.dumps([row[name] for name in names]))


def _move_head(ledger: Store, con: Connection, entries: int, mac: str) -> None:
    row = {"entries": entries, "mac": mac, "seal": ledger.digest("head", str(entries), mac)}
    if not con.execute(update(audit_head).values(**row)).rowcount:
        con.execute(insert(audit_head).values(id=1, **row))


def _problem(
    ledger: Store, row: Mapping[str, object], previous: str, expected: int
) -> Iterator[str]:
    if row["seq"] != expected:
        yield f"Entries from {expected} to before {row['seq']} are missing"
    elif _mac(ledger, row, previous) != row["mac"]:
        yield f"Entry {expected} is not as it was written"


def _head_problem(ledger: Store, con: Connection, seen: int, mac: str) -> Iterator[str]:
    head = con.execute(select(audit_head)).one_or_none()
    if head is None:
        if seen:
            yield "The head of the trail is missing"
    elif head.seal != ledger.digest("head", str(head.entries), head.mac):
        yield "The head of the trail is not as it was written"
    elif (head.entries, head.mac) != (seen, mac):
        yield f"{head.entries} entries were written; the trail ends at {seen}"
