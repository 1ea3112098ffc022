"""Human verdicts on pairs of records: they outrank the model and survive every refresh."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from pei_graph.errors import PeiError
from pei_graph.ledger.audit import Entry, add
from pei_graph.ledger.schema import judgements, leases, showings
from pei_graph.ledger.store import Store, now

Choice = Literal["same", "different", "unsure"]
Shown = Literal["queue", "audit", "asked", "import"]
"""How a pair came before a person: the review queue, the random audit share, because they asked for
it, or on a list that was judged elsewhere."""


class UnknownJudgementError(PeiError):
    """There is no judgement of that number, or it was withdrawn."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on two records, by whom, why and when; ``record_l`` < ``record_r``.

    ``stratum`` and ``chance`` say of an audited pair what it was drawn from and how likely it was
    to be drawn. ``four_eyes`` is true where *same* counts only once a second person agrees.
    """

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
    shown: Shown | None = None
    stratum: str | None = None
    chance: float | None = None
    four_eyes: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Return the two records, in order."""
        return self.record_l, self.record_r


@dataclass(frozen=True, slots=True)
class Seen:
    """What the person saw when judging: the model's name and the digest of the two records."""

    model: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """How the pair came before the person, and whether a second person must agree to *same*."""

    shown: Shown = "asked"
    stratum: str | None = None
    chance: float | None = None
    four_eyes: bool = False


def judge(
    ledger: Store,
    pair: Sequence[str],
    *,
    verdict: Choice,
    by: str,
    why: str,
    seen: Seen | None = None,
    showing: Showing | None = None,
    told: Entry | None = None,
) -> int:
    """The verdict on the pair stands, on disk, over any earlier one; return its number.

    ``told`` is written to the audit trail in the same step, so that neither stands alone, and the
    pair is no longer before the person. What they said last of it, in the same words on the same
    contents, is not said again: a form sent twice is one judgement.
    """
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
        number = _said_already(con, values)
        if number is None:
            result = con.execute(insert(judgements).values(**values).returning(judgements.c.id))
            number = int(result.scalar_one())
            _keep_showing(con, number, showing or Showing())
            _tell(ledger, con, told)
        con.execute(
            delete(leases).where(
                leases.c.by == by, leases.c.record_l == record_l, leases.c.record_r == record_r
            )
        )
    return number


def _said_already(con: Connection, values: Mapping[str, object]) -> int | None:
    """Return the number of the newest judgement on the pair, where it counts and says the same.

    Of contents that nobody knows it is not known whether they are the same.
    """
    pair = [judgements.c[end] == values[end] for end in ("record_l", "record_r")]
    newest = select(judgements).where(*pair).order_by(judgements.c.id.desc()).limit(1)
    found = con.execute(newest).mappings().one_or_none()
    if found is None or found["withdrawn_at"] or values["digest"] is None:
        return None
    alike = all(found[name] == value for name, value in values.items() if name != "at")
    return int(found["id"]) if alike else None


def _keep_showing(con: Connection, number: int, showing: Showing) -> None:
    con.execute(
        insert(showings).values(
            judgement=number,
            shown=showing.shown,
            stratum=showing.stratum,
            chance=showing.chance,
            four_eyes=showing.four_eyes,
        )
    )


def _tell(ledger: Store, con: Connection, told: Entry | None) -> None:
    if told is not None:
        add(ledger, con, told)


def withdraw(ledger: Store, number: int, by: str, *, told: Entry | None = None) -> None:
    """The judgement no longer counts; it stays in the history.

    Raises ``UnknownJudgementError`` where no judgement of that number counts.
    """
    query = (
        update(judgements)
        .where(judgements.c.id == number, judgements.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now(), withdrawn_by=by)
    )
    with ledger.writing() as con:
        if not con.execute(query).rowcount:
            raise UnknownJudgementError(
                "There is no such judgement that counts", do="Look it up in the history"
            )
        _tell(ledger, con, told)


def history(ledger: Store) -> list[Judgement]:
    """Return every judgement ever made, oldest first, withdrawn ones too."""
    return _made(ledger)


def concerning(ledger: Store, records: Sequence[str]) -> list[Judgement]:
    """Return every judgement on a pair that one of these records is in, oldest first."""
    return _made(
        ledger, or_(judgements.c.record_l.in_(records), judgements.c.record_r.in_(records))
    )


def _made(ledger: Store, *which: ColumnElement[bool]) -> list[Judgement]:
    four_eyes = func.coalesce(showings.c.four_eyes, False)
    query = (
        select(judgements, showings.c.shown, showings.c.stratum, showings.c.chance, four_eyes)
        .outerjoin(showings, showings.c.judgement == judgements.c.id)
        .where(*which)
        .order_by(judgements.c.id)
    )
    with ledger.reading() as con:
        return [Judgement(*row) for row in con.execute(query)]


def standing(ledger: Store) -> list[Judgement]:
    """Return the judgement that counts on each pair, by pair.

    ``unsure`` counts too: it keeps a pair from being settled by the model.
    """
    return [found.counts for found in opinions(history(ledger)) if found.counts]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What people say of one pair: each one's newest judgement, oldest first, and which counts."""

    votes: tuple[Judgement, ...]
    counts: Judgement | None

    @property
    def pair(self) -> tuple[str, str]:
        """Return the two records, in order."""
        return self.votes[0].pair

    @property
    def disputed(self) -> bool:
        """Return whether two people say different things of the pair."""
        return len({vote.verdict for vote in self.votes}) > 1

    @property
    def waiting(self) -> bool:
        """Return whether *same* was said and does not count until a second person agrees."""
        counting = self.counts.verdict if self.counts else None
        return counting != "same" and any(
            vote.four_eyes and vote.verdict == "same" for vote in self.votes
        )


def opinions(judged: Sequence[Judgement]) -> list[Opinion]:
    """Return what people say of each pair, by pair, from judgements in the order they were made.

    Withdrawn judgements are passed over. The newest counts; but where *same* needs four eyes it
    counts only while two people say it and fewer say otherwise. Until then the newest of the other
    verdicts does, so that a *different* is never lost to a single person's *same*.
    """
    votes: dict[tuple[str, str], dict[str, Judgement]] = {}
    for judgement in judged:
        if judgement.withdrawn_at is None:
            said = votes.setdefault(judgement.pair, {})
            said.pop(judgement.by, None)
            said[judgement.by] = judgement
    newest = (tuple(votes[pair].values()) for pair in sorted(votes))
    return [Opinion(said, _counting(said)) for said in newest]


def _counting(votes: Sequence[Judgement]) -> Judgement | None:
    same = [vote for vote in votes if vote.verdict == "same"]
    if not any(vote.four_eyes for vote in same):
        return votes[-1]
    other = [vote for vote in votes if vote.verdict != "same"]
    if len(same) >= PEOPLE_FOR_A_RISKY_MERGE and len(same) > len(other):
        return same[-1]
    return other[-1] if other else None


PEOPLE_FOR_A_RISKY_MERGE = 2
"""Four eyes."""
