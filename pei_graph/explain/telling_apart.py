"""Why two persons are not one, in plain sentences for a report."""

from collections.abc import Iterator

from pei_graph.explain import words
from pei_graph.explain.apart import Apart
from pei_graph.explain.telling import Titles, source, told_decision, told_outdated
from pei_graph.explain.ties import counting
from pei_graph.ledger import Judgement


def tell_apart(apart: Apart, titles: Titles) -> tuple[str, ...]:
    """Return why two persons stay apart, a sentence for each thing that counts."""
    return (*_strongest(apart, titles), *_reason(apart), *_candidates(apart, titles))


def _strongest(apart: Apart, titles: Titles) -> Iterator[str]:
    one, other = apart.persons
    sizes = [words.times(size, "record") for size in apart.sizes]
    yield f"{one} ({sizes[0]}) and {other} ({sizes[1]}) are held to be two people."
    if not apart.strongest:
        return
    best = apart.strongest[0]
    ends = words.listed([source(best[end], titles) for end in ("record_l", "record_r")])
    yield (
        f"Most for one person speak the records of {ends}: taken alone they make it"
        f" {words.odds(best['weight'])}."
    )
    if not apart.stored:
        yield (
            "No record of the one was close enough to a record of the other to be kept as a"
            " possible match; these figures were worked out when this was asked."
        )


def _reason(apart: Apart) -> Iterator[str]:
    yield from dict.fromkeys(map(_told, counting(apart.judgements).values()))
    yield from dict.fromkeys(told_outdated(row["verdict"]) for row in apart.outdated)
    if apart.vetoes:
        reasons = list(dict.fromkeys(words.veto(row["veto"]) for row in apart.vetoes))
        pairs = words.times(
            len(apart.vetoes), "pair of records between them", "pairs of records between them"
        )
        yield f"{pairs} cannot be one person's, because {'; and '.join(reasons)}."
    elif apart.why == "bridge":
        yield (
            "Only a single link joins the two groups of records, and it is too weak to join groups"
            " that agree so well among themselves."
        )
    elif apart.why == "undecided":
        yield "That is not enough to join them without asking somebody: they wait for a decision."
    elif apart.why == "weak":
        yield "Too little speaks for one person to keep the two in mind as a possible match."


def _told(judgement: Judgement) -> str:
    return told_decision(judgement, waits=judgement.verdict == "same")


def _candidates(apart: Apart, titles: Titles) -> Iterator[str]:
    for row in apart.candidates:
        likely = int((row["probability"] or 0) * 100)
        yield (
            f"The record of {source(row['record_id'], titles)} may belong to {row['person_id']}"
            f" instead ({likely} % likely)."
        )
