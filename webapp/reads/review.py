"""Which pair a reviewer is asked about next, and how far the review has come."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

import duckdb
import pyarrow as pa
from flask import current_app
from flask_login import current_user

from pei_graph.ledger import Judgement, Showing, concerning, held, history, lend, opinions
from pei_graph.review import (
    Applied,
    Content,
    Contradiction,
    Queue,
    Told,
    applied,
    audit_sample,
    contents,
    contradictions,
    for_a_second_person,
    is_audit,
    ranked,
    read_questions,
    still_open,
    tell,
    to_take_effect,
)
from pei_graph.uk_time import uk_time, uk_time_of
from webapp.access import SEE_SEALED, ledger, may
from webapp.format import source_titles
from webapp.paging import within
from webapp.runs import about_sources, reader, sight

Pair = tuple[str, str]
Offer = tuple[Pair, Showing]

RANKED_ANEW = 20
"""Judgements after which the order is learnt anew from the answers."""

A_PAGE = 100
"""Judgements on one page of the history: some thousands are megabytes."""

SHOWN_IN_REVIEW = frozenset({"queue", "audit"})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review has come, as this request's user may know."""

    mine_today: int
    decided: int
    open: int
    to_take_effect: int


@dataclass(frozen=True, slots=True)
class Day:
    """What one person judged on one day."""

    day: date
    by: str
    verdicts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return how many judgements that is."""
        return sum(self.verdicts.values())


@dataclass(frozen=True, slots=True)
class Past:
    """One page of the history, with what contradicts each other and who judged when."""

    told: tuple[Told, ...]
    page: int
    pages: int
    persons: Mapping[str, str]
    contradictions: tuple[Contradiction, ...]
    days: tuple[Day, ...]
    to_take_effect: int
    titles: Mapping[str, str]


def visible_history() -> list[Judgement]:
    """Return the judgements on records that this request's user may see, oldest first."""
    return _on_seen(history(ledger()))


def told_history() -> list[Judgement]:
    """Return the judgements that the history tells of to this request's user, oldest first.

    Of records that are in no delivery any more nothing says whether they were sealed.
    """
    return history(ledger()) if may(SEE_SEALED) else visible_history()


def seen_concerning(records: Sequence[str]) -> list[Judgement]:
    """Return those of them that one of these records is in."""
    return _on_seen(concerning(ledger(), records))


def _on_seen(made: Sequence[Judgement]) -> list[Judgement]:
    known = known_of(made)
    return [judgement for judgement in made if all(record in known for record in judgement.pair)]


def not_yet_shown(records: Sequence[str]) -> int:
    """Return how many verdicts on these records the run does not show yet, as far as may be seen.

    They wait for the next run, or for a second person.
    """
    seen = seen_concerning(records)
    known = known_of(seen)
    waiting = sum(bool(opinion.waiting) for opinion in opinions(seen))
    return waiting + to_take_effect(seen, known, _applied())


def known_of(judged: Iterable[Judgement]) -> dict[str, Content]:
    """Return what the run knows of judged records, as far as this request's user may see them.

    Each record is asked about once for each run and kind of reader: every page needs all of them.
    """
    return _known({record for judgement in judged for record in judgement.pair})


def _known(records: set[str]) -> dict[str, Content]:
    kept: dict[str, Content | None] = _kept("contents", lambda _: {})
    if new := records - kept.keys():
        with sight().asking() as con:
            kept.update(dict.fromkeys(new) | contents(con, new))
    return {record: known for record in records if (known := kept[record])}


def next_pair(judged: Sequence[Judgement], questions: Queue) -> Pair | None:
    """The pair returned is before this request's user and nobody else; None where none is left.

    The pair that already is before them stays, so that a page can be loaded again. ``questions``
    are what is still to be asked, in order.
    """
    who = current_user.name
    mine = held(ledger(), who)
    if mine is not None and _seen(mine[0]):
        return mine[0]
    return lend(ledger(), _offers(judged, questions, who=who), who)


def _seen(pair: Pair) -> bool:
    return len(_known(set(pair))) == len(pair)


def _offers(judged: Sequence[Judgement], questions: Queue, *, who: str) -> Iterator[Offer]:
    """Return what may be asked of a person, in order: second opinions, an audit if due, the queue.

    All but the last is at hand, for whoever lends a pair holds up everybody else who judges.
    """
    second = [(pair, Showing("queue", "second")) for pair in for_a_second_person(judged, who)]
    audit = _audits(judged) if is_audit(who, _judged_by(judged, who)) else []
    queued = ((question.pair, Showing("queue", question.stratum)) for question in questions)
    return chain(second, audit, queued)


def _judged_by(judged: Sequence[Judgement], who: str) -> int:
    return len({judgement.pair for judgement in judged if judgement.by == who})


def _audits(judged: Sequence[Judgement]) -> list[Offer]:
    done = {opinion.pair for opinion in opinions(judged)}
    return [offer for offer in _kept("audit", audit_sample) if offer[0] not in done]


def open_questions(judged: Sequence[Judgement]) -> Queue:
    """Return what is still to be asked, in order."""
    in_order = _in_order(judged)
    with sight().asking() as con:
        return still_open(con, in_order, judged, known=known_of(judged))


def _in_order(judged: Sequence[Judgement]) -> pa.Table:
    """Return every question in order, the order learnt anew now and then."""
    asked = _kept("questions", read_questions)
    kept: dict[Any, Any] = current_app.extensions["review"]
    key, learnt = ("ranked", may(SEE_SEALED)), (reader().number, len(judged) // RANKED_ANEW)
    if kept.get(key, (None, None))[0] != learnt:
        with sight().asking() as con:
            kept[key] = learnt, ranked(con, asked, judged)
    return kept[key][1]


def _applied() -> Applied:
    told: Applied = _kept("applied", applied)
    return told


def _kept(what: str, read: Callable[[duckdb.DuckDBPyConnection], Any]) -> Any:
    """Return what ``read`` finds in the run, asked once for each run and kind of reader."""
    kept: dict[Any, Any] = current_app.extensions.setdefault("review", {})
    key, number = (what, may(SEE_SEALED)), reader().number
    if kept.get(key, (None, None))[0] != number:
        with sight().asking() as con:
            kept[key] = number, read(con)
    return kept[key][1]


def progress(judged: Sequence[Judgement], questions: Queue) -> Progress:
    """Return how far the review has come; ``questions`` are what is still to be asked."""
    return Progress(
        mine_today=sum(_counts_today(judgement) for judgement in judged),
        decided=len(opinions(judged)),
        open=len(questions),
        to_take_effect=to_take_effect(judged, known_of(judged), _applied()),
    )


def _counts_today(judgement: Judgement) -> bool:
    mine = judgement.by == current_user.name and judgement.withdrawn_at is None
    return mine and _day_of(judgement) == uk_time(datetime.now(UTC)).date()


def _day_of(judgement: Judgement) -> date:
    return uk_time_of(judgement.at).date()


def last_of_mine(judged: Iterable[Judgement]) -> Judgement | None:
    """Return the newest judgement of this request's user that was not withdrawn."""
    mine = [
        judgement
        for judgement in judged
        if judgement.by == current_user.name and judgement.withdrawn_at is None
    ]
    return mine[-1] if mine else None


def read_past(page: int) -> Past:
    """Return a page of the history of judgements that this request's user may see."""
    judged = told_history()
    known = known_of(judged)
    page, pages = within(page, rows=len(judged), a_page=A_PAGE)
    told = tell(judged, known)[(page - 1) * A_PAGE : page * A_PAGE]
    shown = [record for entry in told for record in entry.judgement.pair]
    return Past(
        told=tuple(told),
        page=page,
        pages=pages,
        persons={record: known[record].person_id for record in shown if record in known},
        contradictions=tuple(contradictions(judged)),
        days=tuple(_days(judged)),
        to_take_effect=to_take_effect(judged, known, _applied()),
        titles=source_titles(about_sources()),
    )


def _days(judged: Iterable[Judgement]) -> Iterator[Day]:
    """Give each person's judgements by day, newest first; withdrawn ones are left out."""
    counted: dict[tuple[date, str], Counter[str]] = {}
    for judgement in judged:
        if judgement.withdrawn_at is None:
            verdicts = counted.setdefault((_day_of(judgement), judgement.by), Counter())
            verdicts[judgement.verdict] += 1
    for day, by in sorted(counted, reverse=True):
        yield Day(day, by, counted[day, by])
