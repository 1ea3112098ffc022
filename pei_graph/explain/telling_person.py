"""How a person was built, in plain sentences for a report.

In: a :class:`PersonExplanation` and the titles of sources. Out: sentences in the order in which one
would tell it: of what the person is made, how it came together, what holds it least, what speaks
against it, and what people decided.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from pei_graph.explain import words
from pei_graph.explain.conflicts import Conflict
from pei_graph.explain.person import PersonExplanation
from pei_graph.explain.telling import Titles, source, told_decision, told_outdated
from pei_graph.explain.ties import Join, Tie, counting, outdated

FEW = 3
"""Joins up to which each is told; beyond it the first and the weakest are."""


def tell_person(person: PersonExplanation, titles: Titles) -> tuple[str, ...]:
    """Return how a person was built, a sentence for each thing that counts."""
    return (
        *_made_of(person, titles),
        *_joined(person, titles),
        *_weakest(person, titles),
        *_bridges(person),
        *_conflicts(person.conflicts, titles),
        *_judgements(person),
        *_in_doubt(person, titles),
    )


def _made_of(person: PersonExplanation, titles: Titles) -> Iterator[str]:
    counted = Counter(source(row["record_id"], titles) for row in person.records)
    parts = [name if count == 1 else f"{name} ({count} records)" for name, count in counted.items()]
    records = words.times(len(person.records), "record")
    if len(person.records) == 1:
        yield f"Person {person.person_id} is one record of {parts[0]}; no other record joins it."
    else:
        yield f"Person {person.person_id} is made of {records}: {words.listed(parts)}."


def _joined(person: PersonExplanation, titles: Titles) -> Iterator[str]:
    for at, join in enumerate(person.joins[:FEW]):
        first = "First" if at == 0 else "Then"
        yield f"{first} {_join(join, titles)}."
    rest = len(person.joins) - FEW
    if rest > 0:
        yield f"{words.times(rest, 'further step')} joined the rest in the same way."


def _join(join: Join, titles: Titles) -> str:
    """Return one step of the building, as a clause."""
    ends = [source(end, titles) for end in (join.tie.record_l, join.tie.record_r)]
    sizes = join.left, join.right
    parts = [
        f"the record of {name}" if size == 1 else f"the {size} records around one of {name}"
        for name, size in zip(ends, sizes, strict=True)
    ]
    verb = "came together with"
    return f"{parts[0]} {verb} {parts[1]}, {_because(join.tie)}"


def _because(tie: Tie) -> str:
    if tie.kind == "judgement":
        return "because a person decided that they are one"
    if tie.kind == "identifier":
        return "because they share an identifier that belongs to one person"
    if tie.kind == "household":
        return "because the people around them agree, though the two alone would not be enough"
    return f"which what they say makes {words.odds(tie.weight)}"


def _weakest(person: PersonExplanation, titles: Titles) -> Iterator[str]:
    weakest = person.weakest
    if weakest is None or len(person.joins) == 1:
        return
    ends = [source(end, titles) for end in (weakest.tie.record_l, weakest.tie.record_r)]
    yield (
        f"The weakest of these steps is the one between the records of {words.listed(ends)}:"
        f" taken alone it makes it {words.odds(weakest.tie.weight)}."
    )
    yield (
        f"Of the {words.times(person.pairs, 'pair')} that the records make,"
        f" {person.sure} speak for one person by themselves."
    )


def _bridges(person: PersonExplanation) -> Iterator[str]:
    split = [join for join in person.bridges if min(join.left, join.right) > 1]
    if split:
        many = words.times(len(split), "step")
        yield (
            f"{many} is all that holds two larger parts of this person together: look there first"
            " if something seems wrong."
        )


def _conflicts(found: Sequence[Conflict], titles: Titles) -> Iterator[str]:
    for conflict in found:
        if conflict.kind == "veto":
            yield from _vetoes(conflict)
            continue
        said = [
            f"{value} ({words.listed([source(record, titles) for record in records])})"
            for value, records in conflict.said
        ]
        yield f"The records disagree on {conflict.title}: {words.listed(said)}."
    if not found:
        yield "The records contradict each other in nothing of which a person has only one."


def _vetoes(conflict: Conflict) -> Iterator[str]:
    reasons = list(dict.fromkeys(value for value, _ in conflict.said))
    pairs = words.times(len(conflict.said), "pair of these records", "pairs of these records")
    nevertheless = f" They are one person nevertheless: {conflict.why}." if conflict.why else ""
    because = words.listed(reasons)
    yield f"{pairs} would not be joined for themselves, because {because}.{nevertheless}"


def _judgements(person: PersonExplanation) -> Iterator[str]:
    among = {row["record_id"] for row in person.records}
    said: dict[str, None] = {}
    for one in counting(person.judgements).values():
        inside, gone = among.issuperset(one.pair), not set(person.gone).isdisjoint(one.pair)
        about = "records of this person" if inside else "a record of this person and another's"
        about = "a record of this person and one that is in no delivery now" if gone else about
        waits = not gone and one.verdict == ("different" if inside else "same")
        said[f"About {about}: {told_decision(one, waits=waits)}"] = None
    yield from said
    for row in outdated(person.applied, person.judgements):
        yield f"About records of this person: {told_outdated(row['verdict'])}"


def _in_doubt(person: PersonExplanation, titles: Titles) -> Iterator[str]:
    if person.possible:
        sources = sorted({source(row["record_id"], titles) for row in person.possible})
        yield (
            f"{words.times(len(person.possible), 'record')} now with somebody else may belong here:"
            f" of {words.listed(sources)}."
        )
    if person.elsewhere:
        others = sorted({row["person_id"] for row in person.elsewhere})
        yield f"Some of these records may instead belong to {words.listed(others)}."
    if not person.possible and not person.elsewhere:
        yield "No record is in doubt."
