"""A person's verdict on two records goes into the ledger, with what they saw and what it risks."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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
    history,
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


_WHOSE = """
SELECT record_id, person_id
FROM members
WHERE state = 'accepted' AND record_id IN (SELECT unnest(?))
"""


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
    con: duckdb.DuckDBPyConnection, pair: Sequence[str], judged: Sequence[Judgement]
) -> list[tuple[str, str]]:
    """Return a record of each two other persons that *same* on the pair would join besides.

    These are whom the verdicts so far join with the two, directly or through others.
    """
    counting = [each.counts for each in opinions(judged) if each.counts]
    same = [one.pair for one in counting if one.verdict == "same"]
    records = sorted({record for two in (pair, *same) for record in two})
    whose = dict(con.execute(_WHOSE, [records]).fetchall())
    of = {person: record for record, person in sorted(whose.items())}
    steps = [{whose[record] for record in two} for two in same if whose.keys() >= set(two)]
    sides = [_reached({whose[record]}, steps) for record in pair]
    if sides[0] & sides[1]:
        return []
    return [(of[one], of[other]) for one in sorted(sides[0]) for other in sorted(sides[1])]


def _reached(persons: set[str], steps: Sequence[set[str]]) -> set[str]:
    """Return the persons and all that steps lead to from them."""
    while more := {end for step in steps if step & persons for end in step} - persons:
        persons = persons | more
    return persons


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
    con: duckdb.DuckDBPyConnection, pair: Sequence[str], judged: Sequence[Judgement] = ()
) -> tuple[str, ...]:
    """Return why the join of the two records' persons needs four eyes; nothing where it does not.

    ``judged`` are the verdicts so far: whom they join with either of the two without the run's
    showing it yet is joined with the other too, as twins are by a record that each may be.
    """
    record_l, record_r = sorted(pair)
    found = _between(con, record_l, record_r)
    for left, right in _joined_too(con, pair, judged):
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
    judged: Sequence[Judgement],
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
        return bool(dangers(con, pair, judged))
    return any(one.four_eyes for one in judged if one.pair == (left, right))


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
    risky = verdict == "same" and takes_two(con, history(ledger), pair, known=known)
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
