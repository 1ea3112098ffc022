"""How a person was built: which records, joined in which order, and what speaks against it.

In: a person's id, a run's tables or a view of them, and whoever knows the human judgements. Out: a
:class:`PersonExplanation`, the data of a page and of ``pei explain``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pei_graph.explain.conflicts import Conflict, conflicts
from pei_graph.explain.pair import Judged, nobody_judged
from pei_graph.explain.reading import Connection, NothingToExplain, Row, ask, living, persons_of
from pei_graph.explain.ties import Join, Tie, joins, ties_of
from pei_graph.ledger import Judgement


@dataclass(frozen=True, slots=True)
class PersonExplanation:
    """One person: the records that make them up, and how they came together."""

    person_id: str
    records: tuple[Row, ...]
    """The records held to be this person, best held first: id, source, weakest link, match key."""
    possible: tuple[Row, ...]
    """Records of other persons that may be this one's."""
    elsewhere: tuple[Row, ...]
    """This person's records that may be another's."""
    joins: tuple[Join, ...]
    ties: tuple[Tie, ...]
    conflicts: tuple[Conflict, ...]
    judgements: tuple[Judgement, ...]
    """Every judgement that one of the records is in, oldest first, withdrawn ones too."""
    applied: tuple[Row, ...]
    """The verdicts on pairs of the records that the run was told."""
    gone: tuple[str, ...]
    """Judged records that are in no delivery now."""

    @property
    def weakest(self) -> Join | None:
        """Return the join that rests on the weakest link, if there is any."""
        return min(self.joins, key=lambda join: join.tie.weight, default=None)

    @property
    def bridges(self) -> tuple[Join, ...]:
        """Return the joins without which the person would fall apart."""
        return tuple(join for join in self.joins if join.bridge)

    @property
    def sure(self) -> int:
        """Return how many pairs speak for one person without anybody around them."""
        return sum(tie.kind != "household" for tie in self.ties)

    @property
    def pairs(self) -> int:
        """Return how many pairs the records make."""
        return len(self.records) * (len(self.records) - 1) // 2

    @property
    def density(self) -> float:
        """Return the share of those pairs that are tied to each other; 1 for a single record."""
        return len(self.ties) / self.pairs if self.pairs else 1.0

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the systems that know this person."""
        return tuple(sorted({row["source"] for row in self.records}))

    def strongest_of(self, record: str) -> Tie | None:
        """Return the tie that best holds a record in, if any does."""
        own = (tie for tie in self.ties if record in (tie.record_l, tie.record_r))
        return max(own, key=lambda tie: tie.weight, default=None)


def explain_person(
    con: Connection, asked: str, *, judged: Judged = nobody_judged
) -> PersonExplanation:
    """Return how a person was built.

    ``asked`` is a person's id, or the id of a record, whose person is then explained; an id that is
    no longer used leads to the one that carries it on. Raises ``NothingToExplain`` where what
    ``con`` shows holds none of these.
    """
    person_id = persons_of(con, asked)[asked] if ":" in asked else living(con, asked)
    members = ask(con, "members", person=person_id)
    accepted = [row for row in members if row["state"] == "accepted"]
    if not accepted:
        raise NothingToExplain(
            f"There is no person {person_id} in the current run", do="Search for the person again"
        )
    records = [str(row["record_id"]) for row in accepted]
    judgements = judged(records)
    links = ask(con, "links", records=records)
    applied = ask(con, "applied", records=records)
    ties = ties_of(links, applied)
    return PersonExplanation(
        person_id=person_id,
        records=tuple(map(_with_source, accepted)),
        possible=tuple(_with_source(row) for row in members if row["state"] == "possible"),
        elsewhere=tuple(
            _with_source(row)
            for row in ask(con, "persons", records=records)
            if row["state"] == "possible"
        ),
        joins=tuple(joins(ties)),
        ties=tuple(ties),
        conflicts=conflicts(con, records, links, applied),
        judgements=tuple(judgements),
        applied=tuple(applied),
        gone=_gone(con, judgements),
    )


def _gone(con: Connection, judgements: Sequence[Judgement]) -> tuple[str, ...]:
    if not judgements:  # asked of no record, the engine reads them all
        return ()
    judged = {record for one in judgements for record in one.pair}
    there = {row["record_id"] for row in ask(con, "persons", records=sorted(judged))}
    return tuple(sorted(judged - there))


def _with_source(row: Row) -> Row:
    return {**row, "source": str(row["record_id"]).partition(":")[0]}
