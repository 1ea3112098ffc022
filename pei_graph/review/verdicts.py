"""A person's verdict on two records goes into the ledger, with what they saw and what it risks."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

import duckdb

from pei_graph import sql
from pei_graph.errors import PeiError
from pei_graph.ledger import (
    Choice,
    Entry,
    Judgement,
    Ledger,
    Seen,
    Showing,
    concerning,
    judge,
    opinions,
)
from pei_graph.review.scripts import SQL

KNOWN_WELL = 4
"""Records from which on both sides a join of two persons needs four eyes."""

DANGERS: Mapping[str, str] = {
    "large": "both are known by many records",
    "vetoed": "something forbids it",
    "sealed": "one of them is sealed",
    "unfounded": "nothing the model compared speaks for it",
}
"""What makes a join of two persons risky, in words."""


Applied = Mapping[tuple[str, str], Choice]
"""The verdicts that a run was told, by pair."""


Concerning = Callable[[Sequence[str]], Sequence[Judgement]]
"""Gives the judgements on pairs that any of some records is in."""

_HELD_WITH = """
SELECT m.record_id, m.person_id
FROM members m
WHERE m.state = 'accepted'
    AND m.person_id IN (
        SELECT person_id
        FROM members
        WHERE state = 'accepted' AND record_id IN (SELECT unnest(?))
    )
ORDER BY m.record_id
"""
"""All records of the persons of some."""


class UnknownRecord(PeiError):  # noqa: N818 - reads as what is true
    """A judged record is not in the current run."""

    exit_code = 9


@dataclass(frozen=True, slots=True)
class Content:
    """A record as it stands in the run: whose it is, and the digest of what it says."""

    person_id: str
    digest: str


def contents(con: duckdb.DuckDBPyConnection, records: Iterable[str]) -> dict[str, Content]:
    """Return whose each record is and the digest of what it says; records not in the run lack."""
    rows = SQL.run(con, "seen", records=sorted(set(records))).fetchall()
    return {row[0]: Content(row[1], row[2]) for row in rows}


def judged_contents(
    con: duckdb.DuckDBPyConnection, judged: Iterable[Judgement]
) -> dict[str, Content]:
    """Return the same of every judged record that is in the run."""
    return contents(con, {record for judgement in judged for record in judgement.pair})


def applied(con: duckdb.DuckDBPyConnection) -> Applied:
    """Return the verdicts that the run was told."""
    rows = con.execute("SELECT record_l, record_r, verdict FROM applied").fetchall()
    return {(record_l, record_r): verdict for record_l, record_r, verdict in rows}


def _joined_too(
    con: duckdb.DuckDBPyConnection, pair: Sequence[str], judged: Concerning
) -> list[tuple[str, str]]:
    """Return a record of each two other persons that *same* on the pair would join besides.

    These are whom the verdicts so far join with the two, directly or through others.
    """
    one, other = (_reached(con, record, judged) for record in pair)
    if one.keys() & other.keys():
        return []
    return list(product(one.values(), other.values()))[1:]


def _reached(con: duckdb.DuckDBPyConnection, record: str, judged: Concerning) -> dict[str, str]:
    """Return the record's person, then all whom verdicts join with them, each with a record.

    One step after the other, so that it costs what hangs together and not what was ever judged.
    """
    found: dict[str, str] = {}
    ends = {record}
    while rows := [row for row in _held_with(con, ends) if row[1] not in found]:
        found |= {person: held for held, person in rows}
        ends = _said_the_same(judged([held for held, _ in rows]))
    return found


def _held_with(con: duckdb.DuckDBPyConnection, records: Iterable[str]) -> list[tuple[str, str]]:
    return con.execute(_HELD_WITH, [sorted(records)]).fetchall()


def _said_the_same(judged: Sequence[Judgement]) -> set[str]:
    counting = [each.counts for each in opinions(judged) if each.counts]
    return {record for one in counting if one.verdict == "same" for record in one.pair}


def digest_of(pair: Sequence[str], known: Mapping[str, Content]) -> str | None:
    """Return the digest of what two records say together, None where either is not known."""
    if any(record not in known for record in pair):
        return None
    both = "".join(known[record].digest for record in sorted(pair))
    return hashlib.sha256(both.encode()).hexdigest()


def model_name(con: duckdb.DuckDBPyConnection) -> str | None:
    """Return the number of the model that scored this run's pairs; None for a run made by hand."""
    found = con.execute(
        "SELECT database_name FROM duckdb_columns()"
        " WHERE table_name = 'model' AND column_name = 'number'"
    ).fetchall()
    if not found:
        return None
    [(number,)] = con.execute(f"SELECT number FROM {sql.name(found[0][0])}.model").fetchall()
    return None if number is None else str(number)


def dangers(
    con: duckdb.DuckDBPyConnection, pair: Sequence[str], judged: Concerning | None = None
) -> tuple[str, ...]:
    """Return why the join of the two records' persons needs four eyes; nothing where it does not.

    ``judged`` gives the verdicts so far: whom they join with either of the two without the run's
    showing it yet is joined with the other too, as twins are by a record that each may be.
    """
    record_l, record_r = sorted(pair)
    found = _between(con, record_l, record_r)
    for left, right in _joined_too(con, pair, judged) if judged else ():
        found |= _between(con, *sorted((left, right))) - {"unfounded"}
    return tuple(name for name in DANGERS if name in found)


def _between(con: duckdb.DuckDBPyConnection, record_l: str, record_r: str) -> set[str]:
    """Return what makes a join of two records' persons risky, as the run has them.

    Two records of one person are no join: an index tells so at once, and the rest reads tables.
    """
    [(apart,)] = SQL.run(con, "apart", record_l=record_l, record_r=record_r).fetchall()
    if not apart:
        return set()
    [flags] = SQL.run(con, "risk", record_l=record_l, record_r=record_r, many=KNOWN_WELL).fetchall()
    return {name for name, flag in zip(DANGERS, flags, strict=True) if flag}


def takes_two(
    con: duckdb.DuckDBPyConnection,
    ledger: Ledger,
    pair: Sequence[str],
    *,
    known: Mapping[str, Content],
) -> bool:
    """Return whether *same* on two known records counts only once a second person agrees.

    Where the run has them as one person it does if it did before: that may be all that joined them,
    and may have been withdrawn since.
    """
    left, right = sorted(pair)
    if known[left].person_id != known[right].person_id:
        return bool(dangers(con, pair, partial(concerning, ledger)))
    before = concerning(ledger, [left])
    return any(one.four_eyes for one in before if one.pair == (left, right))


def pass_verdict(
    con: duckdb.DuckDBPyConnection,
    ledger: Ledger,
    pair: Sequence[str],
    *,
    verdict: Choice,
    by: str,
    why: str,
    showing: Showing | None = None,
    purpose: str = "",
) -> int:
    """The verdict is in the ledger and the audit trail, on disk; return its number.

    It holds the digest of the two records as the run has them. *Same* on two persons whose join is
    risky counts only once a second person agrees. Raises ``UnknownRecord`` where the run does not
    have both.
    """
    known = contents(con, pair)
    require_known(pair, known)
    risky = verdict == "same" and takes_two(con, ledger, pair, known=known)
    record_l, record_r = sorted(pair)
    return judge(
        ledger,
        pair,
        verdict=verdict,
        by=by,
        why=why,
        seen=Seen(model_name(con), digest_of(pair, known)),
        showing=replace(showing or Showing(), four_eyes=risky),
        told=Entry(
            by,
            "judge",
            purpose,
            sorted({content.person_id for content in known.values()}),
            {"verdict": verdict, "record_l": record_l, "record_r": record_r},
        ),
    )


def require_known(pair: Sequence[str], known: Mapping[str, Content]) -> None:
    """Raise ``UnknownRecord`` unless both records are known."""
    for record in pair:
        if record not in known:
            raise UnknownRecord(
                f"There is no record {record} in the current run",
                do="A record id is source:key, as the person page shows it",
            )
