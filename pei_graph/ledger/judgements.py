"""Human verdicts on pairs of records: they outrank the model and survive every refresh."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import insert, select, update

from pei_graph.errors import PeiError
from pei_graph.ledger.schema import judgements
from pei_graph.ledger.store import Store, now

Choice = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on two records, by whom, why and when; ``record_l`` < ``record_r``."""

    id: int
    record_l: str
    record_r: str
    verdict: Choice
    by: str
    why: str
    at: str
    model: str | None = None
    digest: str | None = None
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person saw when judging: the model's name and the digest of the two records."""

    model: str | None = None
    digest: str | None = None


def judge(
    ledger: Store,
    pair: Sequence[str],
    *,
    verdict: Choice,
    by: str,
    why: str,
    seen: Seen | None = None,
) -> int:
    """The verdict on the pair stands, on disk, over any earlier one; return its number."""
    record_l, record_r = sorted(pair)
    if record_l == record_r:
        raise PeiError("A record cannot be judged against itself", do="Give two records")
    values = {
        "record_l": record_l,
        "record_r": record_r,
        "verdict": verdict,
        "by": by,
        "why": why,
        "at": now(),
        "model": seen.model if seen else None,
        "digest": seen.digest if seen else None,
    }
    with ledger.writing() as con:
        result = con.execute(insert(judgements).values(**values).returning(judgements.c.id))
        return int(result.scalar_one())


def withdraw(ledger: Store, number: int, by: str) -> None:
    """The judgement no longer counts; it stays in the history. Raises ``PeiError`` if unknown."""
    query = (
        update(judgements)
        .where(judgements.c.id == number, judgements.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now(), withdrawn_by=by)
    )
    with ledger.writing() as con:
        if not con.execute(query).rowcount:
            raise PeiError("There is no such judgement that counts", do="Look it up in the history")


def history(ledger: Store) -> list[Judgement]:
    """Return every judgement ever made, oldest first, withdrawn ones too."""
    with ledger.reading() as con:
        rows = con.execute(select(judgements).order_by(judgements.c.id))
        return [Judgement(*row) for row in rows]


def standing(ledger: Store) -> list[Judgement]:
    """Return the newest judgement on each pair that was not withdrawn, by pair.

    ``unsure`` stands too: it keeps a pair from being settled by the model.
    """
    newest: dict[tuple[str, str], Judgement] = {}
    for judgement in history(ledger):
        if judgement.withdrawn_at is None:
            newest[judgement.record_l, judgement.record_r] = judgement
    return [newest[pair] for pair in sorted(newest)]
