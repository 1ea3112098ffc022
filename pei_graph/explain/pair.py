"""Why two records are one person, or are not: everything that speaks for it and against it.

In: two record ids, a run's tables or a view of them, and whoever knows the human judgements. Out: a
:class:`PairExplanation`, the data of a page and of ``pei explain``. A pair that the run kept is
told from LINKS; any other is judged anew from the saved model.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pei_graph.explain import says, words
from pei_graph.explain.blocking import Rule, rules
from pei_graph.explain.model import SavedModel, saved_model
from pei_graph.explain.reading import Connection, Row, ask, persons_of, records_of
from pei_graph.explain.says import Value
from pei_graph.explain.score import score
from pei_graph.explain.ties import Tie, counting, outdated, strongest_path, ties_of
from pei_graph.explain.waterfall import Waterfall, waterfall
from pei_graph.ledger import Judgement, opinions

Judged = Callable[[Sequence[str]], Sequence[Judgement]]
"""Gives the judgements that concern any of some records, oldest first: the ledger's."""


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """One pair of records, ``record_l`` before ``record_r`` in the alphabet."""

    record_l: str
    record_r: str
    sources: tuple[str, str]
    persons: tuple[str, str]
    state: str
    """``accepted``, ``possible`` or ``refused`` as in LINKS; ``weak`` where the pair was compared
    and weighed too little to keep; ``apart`` where nothing brought it up for comparison."""
    reason: str
    match_key: str
    waterfall: Waterfall
    values: tuple[Value, ...]
    further: tuple[Value, ...]
    """What the two say besides what is compared."""
    shared: tuple[str, ...]
    """Identifiers that both carry, in words."""
    turned: tuple[tuple[str, str, str], ...]
    """Of which records the two names are read the other way round: the record, and by which
    forename and surname it is compared."""
    veto: str | None
    judgements: tuple[Judgement, ...]
    """Human verdicts on this very pair, oldest first, withdrawn ones too."""
    outdated: str | None
    """The verdict on it that the run was told and that no longer counts, if there is one."""
    path: tuple[Tie, ...]
    """Where they are one person: the strongest path between them."""
    rules: tuple[Rule, ...]
    """What would have brought them up for comparison; asked only where LINKS does not hold them."""

    @property
    def one_person(self) -> bool:
        """Return whether both records belong to one person."""
        return self.persons[0] == self.persons[1]

    @property
    def stored(self) -> bool:
        """Return whether the run kept the pair, so that it is told and not judged anew."""
        return self.state not in {"weak", "apart"}

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """Return the match key, part by part: the sign and what it says."""
        return tuple((part, words.key_words(part)) for part in self.match_key.split())

    @property
    def standing(self) -> Judgement | None:
        """Return the judgement on the pair that counts, if there is one."""
        return counting(self.judgements).get((self.record_l, self.record_r))

    @property
    def waiting(self) -> bool:
        """Return whether *same* was said and waits for a second person to agree."""
        return any(one.waiting for one in opinions(self.judgements))


def nobody_judged(_records: Sequence[str]) -> Sequence[Judgement]:
    """Return no judgement, where there is no ledger to ask."""
    return ()


def explain_pair(
    con: Connection, left: str, right: str, *, judged: Judged = nobody_judged
) -> PairExplanation:
    """Return why two records are, or are not, one person.

    Raises ``NothingToExplain`` where what ``con`` shows holds no such record.
    """
    low, high = sorted((left, right))
    persons = persons_of(con, low, high)
    together = records_of(con, persons[low]) if persons[low] == persons[high] else []
    judgements = tuple(one for one in judged([low, high]) if one.pair == (low, high))
    applied = ask(con, "applied", records=together or [low, high])
    model = saved_model(con)
    links = ask(con, "links", records=[low, high])
    link = links[0] if links else _judged_anew(con, model, low, high)
    asked = () if links else rules(model.blocking, link["met"])
    one, other = _records(con, low, high)
    turned = _turned(con, one, other) if (link["levels"]["forename"] or 0) > 0 else {}
    held = _held(con, low, high)
    sums = waterfall(link, model)
    compared = {comparison.id for comparison in model.comparisons}
    return PairExplanation(
        record_l=low,
        record_r=high,
        sources=(one["source"], other["source"]),
        persons=(persons[low], persons[high]),
        state=link["state"] if links else _unkept(link, asked),
        reason=link["reason"],
        match_key=link["match_key"],
        waterfall=sums,
        values=tuple(
            Value(
                step.title,
                says.value({**one, **turned.get(low, {})}, step.comparison),
                says.value({**other, **turned.get(high, {})}, step.comparison),
                step.agreement,
            )
            for step in sums.steps
            if step.comparison in compared
        ),
        further=tuple(says.further(one, other, held)),
        shared=_shared(held.get(low, []), held.get(high, [])),
        turned=tuple((at, row["forename"], row["surname"]) for at, row in turned.items()),
        veto=link["veto"],
        judgements=judgements,
        outdated=_outdated(low, high, applied, judgements),
        path=_path(con, low, high, together=together, applied=applied),
        rules=asked,
    )


def _judged_anew(con: Connection, model: SavedModel, low: str, high: str) -> Row:
    [link] = score(con, model, [low, high])
    return link


def _unkept(link: Row, asked: Sequence[Rule]) -> str:
    brought_up = any(rule.met for rule in asked) or link["reason"] == "identifier"
    return "weak" if brought_up else "apart"


def _records(con: Connection, *records: str) -> list[Row]:
    return ask(con, "records", records=list(records))


def _turned(con: Connection, *records: Row) -> dict[str, Row]:
    """Return by which names those are compared whose two stand in each other's field.

    Only where names agree that do not stand there in both is there anything to say of it.
    """
    if len({record["forename"] for record in records}) < len(records):
        return {}
    rows = ask(con, "turned", records=[record["record_id"] for record in records])
    read = {row["record_id"]: row for row in rows}
    return {
        at: says.read_as(read[at]["forename"], read[at]["surname"])
        for record in records
        if (at := record["record_id"]) in read
        and record["forename"]
        and read[at]["surname"] == record["forename"] != record["surname"]
    }


def _held(con: Connection, *records: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {record: [] for record in records}
    for row in ask(con, "identifiers", records=list(records)):
        found[row["record_id"]].append(row)
    return found


def _shared(left: Sequence[Row], right: Sequence[Row]) -> tuple[str, ...]:
    theirs = {(row["scheme"], row["value"]) for row in right}
    return tuple(
        f"{words.scheme(row['scheme'])} {row['value']}"
        for row in left
        if (row["scheme"], row["value"]) in theirs
    )


def _outdated(
    low: str, high: str, applied: Sequence[Row], judgements: Sequence[Judgement]
) -> str | None:
    on_these = [row for row in applied if (row["record_l"], row["record_r"]) == (low, high)]
    rows = outdated(on_these, judgements)
    return str(rows[0]["verdict"]) if rows else None


def _path(
    con: Connection, low: str, high: str, *, together: Sequence[str], applied: Sequence[Row]
) -> tuple[Tie, ...]:
    if not together:
        return ()
    links = ask(con, "links", records=together)
    return tuple(strongest_path(low, high, ties_of(links, applied)))
