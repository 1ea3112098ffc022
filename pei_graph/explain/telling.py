"""A pair in plain sentences: what an investigator can put in a report as it stands.

In: a :class:`PairExplanation` and the titles of sources. Out: sentences without the product's own
words: no weights, no levels, no vetoes. Whoever reads them can check each against the records.
"""

from collections.abc import Iterator, Mapping, Sequence

from pei_graph.explain import words
from pei_graph.explain.pair import PairExplanation
from pei_graph.explain.says import Value
from pei_graph.ledger import Judgement
from pei_graph.uk_time import uk_time_of

Titles = Mapping[str, str]

VERDICTS = {
    "same": "that they are one person",
    "different": "that they are different people",
    "unsure": "that it cannot be told whether they are one person",
}


NOT_YET = (
    "That has not taken effect: it counts from the next run on, unless another decision stands"
    " against it."
)


def tell_pair(pair: PairExplanation, titles: Titles) -> tuple[str, ...]:
    """Return why two records are one person or not, a sentence for each thing that counts."""
    said = [
        *_outcome(pair, titles),
        *_judged(pair),
        *_identifiers(pair),
        *_turned(pair, titles),
        *_agreements(pair.values),
        *_strength(pair),
        *_decision(pair),
        *_joined_by_others(pair, titles),
    ]
    return tuple(said)


def source(record: str, titles: Titles) -> str:
    """Return the title of the source that holds a record."""
    name = record.partition(":")[0]
    return titles.get(name) or name.replace("_", " ")


def _outcome(pair: PairExplanation, titles: Titles) -> Iterator[str]:
    one, other = source(pair.record_l, titles), source(pair.record_r, titles)
    records = f"two records of {one}" if one == other else f"a record of {one} and one of {other}"
    if pair.one_person:
        yield f"This compares {records}. Both are held to be one person, {pair.persons[0]}."
    else:
        yield (
            f"This compares {records}. They are held to be two people, {pair.persons[0]} and"
            f" {pair.persons[1]}."
        )


def _judged(pair: PairExplanation) -> Iterator[str]:
    if pair.standing is not None:
        yield told_judgement(pair.standing)
        if pair.standing.verdict == ("different" if pair.one_person else "same"):
            yield NOT_YET
    if pair.waiting:
        yield (
            "Somebody decided that they are one person; since that would join much, it counts only"
            " once a second person agrees."
        )
    withdrawn = sum(one.withdrawn_at is not None for one in pair.judgements)
    if withdrawn:
        was = "was" if withdrawn == 1 else "were"
        yield f"{words.times(withdrawn, 'earlier decision')} on these two records {was} withdrawn."
    if pair.outdated:
        yield told_outdated(pair.outdated)


def told_outdated(verdict: str) -> str:
    """Return that a run still shows what no longer counts."""
    return (
        f"A decision {VERDICTS[verdict]} counted when this was worked out and no longer does: what"
        " is said here holds until the next run."
    )


def told_decision(judgement: Judgement, *, waits: bool) -> str:
    """Return a judgement as :func:`told_judgement` does, and whether it waits to take effect."""
    return f"{told_judgement(judgement)} {NOT_YET}" if waits else told_judgement(judgement)


def told_judgement(judgement: Judgement) -> str:
    """Return who decided what, when and why; a person's decision outranks every calculation."""
    on = words.day(uk_time_of(judgement.at).date())
    why = f" The reason given: {judgement.why.rstrip('.')}." if judgement.why else ""
    return (
        f"On {on} {judgement.by} decided {VERDICTS[judgement.verdict]}. A person's decision"
        f" outranks the calculation.{why}"
    )


def _identifiers(pair: PairExplanation) -> Iterator[str]:
    if pair.shared:
        yield f"Both carry the same {words.listed(pair.shared)}."
    differ = [value for value in pair.further if value.agreement == "different"]
    for value in differ:
        yield f"They differ in {value.title}: {value.left} and {value.right}."


def _turned(pair: PairExplanation, titles: Titles) -> Iterator[str]:
    told_apart = len(set(pair.sources)) > 1
    for record, forename, surname in pair.turned:
        who = source(record, titles) if told_apart else "One of the two records"
        yield (
            f"{who} writes {surname.title()} as the forename and"
            f" {forename.title()} as the surname. Elsewhere those names stand the other way round,"
            " and so they are read."
        )


def _agreements(values: Sequence[Value]) -> Iterator[str]:
    same = [f"{_plain(one.title)} ({one.left})" for one in values if one.agreement == "same"]
    if same:
        yield f"They agree on {words.listed(same)}."
    for agreement, verb in (("similar", "are alike but not the same"), ("different", "differ")):
        found = [_two(one) for one in values if one.agreement == agreement]
        if found:
            yield f"They {verb} in {words.listed(found)}."
    missing = [_plain(one.title) for one in values if one.agreement == "missing"]
    if missing:
        verb = "does" if len(missing) == 1 else "do"
        yield (
            f"{words.listed(missing)[:1].upper()}{words.listed(missing)[1:]} {verb} not count,"
            " since at least one of the two records does not give it."
        )


def _plain(title: str) -> str:
    return title[:1].lower() + title[1:] if not title.isupper() else title


def _two(value: Value) -> str:
    return f"{_plain(value.title)} ({value.left}; {value.right})"


def _strength(pair: PairExplanation) -> Iterator[str]:
    added = [s for s in pair.waterfall.steps if s.comparison == "household" and s.bits]
    for step in added:
        yield f"{step.level[:1].upper()}{step.level[1:]}, which was taken into account."
    yield f"Taken together this makes it {words.odds(pair.waterfall.weight)}."


def _decision(pair: PairExplanation) -> Iterator[str]:
    if pair.veto is not None:
        yield f"The two may not be joined for this alone, because {words.veto(pair.veto)}."
    elif pair.state == "accepted" and _decided(pair) - {"same"}:
        yield "Taken alone that would be enough to join the two; the decision stands against it."
    elif pair.state == "accepted" and not pair.one_person:
        yield (
            "Taken alone that would be enough to join the two; what else is known of the two people"
            " stands against it."
        )
    elif pair.state == "accepted":
        yield "That is enough to join them without asking anybody."
    elif pair.state == "possible":
        yield "That is not enough to join them without asking somebody, and too much to ignore."
    elif pair.state == "weak":
        yield "They were compared, and too little speaks for one person to keep the pair in mind."
    if pair.state == "apart":
        yield from _never_compared(pair)


def _decided(pair: PairExplanation) -> set[str]:
    """Return what people have decided that counts, or did when the run was made."""
    said = pair.outdated, pair.standing.verdict if pair.standing else None
    return {verdict for verdict in said if verdict}


def _never_compared(pair: PairExplanation) -> Iterator[str]:
    yield (
        "Nothing brought the two up for comparison when people were told apart; the figures here"
        " were worked out when this was asked."
    )
    lacks = {lack.field: None for rule in pair.rules for lack in rule.lacks}
    if lacks:
        yield (
            "Records are compared where certain details are the same in both. Here these were not:"
            f" {words.listed(list(lacks))}."
        )


def _joined_by_others(pair: PairExplanation, titles: Titles) -> Iterator[str]:
    if len(pair.path) < 2:  # noqa: PLR2004 - a path of one step is the pair itself
        return
    steps = [pair.record_l]
    for tie in pair.path:
        steps.append(tie.other(steps[-1]))
    between = [source(record, titles) for record in steps[1:-1]]
    weakest = min(pair.path, key=lambda tie: tie.weight)
    ends = " and ".join(source(end, titles) for end in (weakest.record_l, weakest.record_r))
    yield (
        f"The strongest chain of evidence between them leads through"
        f" {words.times(len(between), 'other record')} ({words.listed(between)}). Its weakest step"
        f" is the one between the records of {ends}: taken alone that one makes it"
        f" {words.odds(weakest.weight)}."
    )
