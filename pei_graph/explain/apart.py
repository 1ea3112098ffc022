"""Two persons: what speaks for their being one, and why they are not.

In: two person ids, a run's tables or a view of them, and whoever knows the human judgements. Out: a
:class:`Apart`: the strongest links between their records, what forbids joining them, what people
decided, and which records may belong to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pei_graph.explain.conflicts import forbidden
from pei_graph.explain.model import saved_model
from pei_graph.explain.pair import Judged, nobody_judged
from pei_graph.explain.reading import Connection, NothingToExplain, Row, ask, living, records_of
from pei_graph.explain.score import score
from pei_graph.explain.ties import counting, outdated
from pei_graph.ledger import Judgement

Why = Literal["judged", "unsure", "forbidden", "bridge", "undecided", "weak"]

MOST_SHOWN = 5
"""Links shown between two persons, strongest first."""

MOST_JUDGED_ANEW = 12
"""Records of each person that are compared anew where the run kept no pair between the two: what
the rest says is much the same, and the pairs grow with the square."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two persons and what stands between them."""

    persons: tuple[str, str]
    sizes: tuple[int, int]
    why: Why
    """``judged`` or ``unsure`` by a person; ``forbidden`` by what records say; held by a single
    weak link (``bridge``); ``undecided``, for a person to settle; or too ``weak`` to keep."""
    strongest: tuple[Row, ...]
    """The strongest pairs between the two, shaped as LINKS."""
    stored: bool
    """Whether the run kept those pairs, or they were judged anew for this."""
    vetoes: tuple[Row, ...]
    """Every pair between the two that may not be one person's."""
    judgements: tuple[Judgement, ...]
    """Judgements on pairs between the two, oldest first, withdrawn ones too."""
    outdated: tuple[Row, ...]
    """Verdicts on pairs between the two that the run was told and that no longer count."""
    candidates: tuple[Row, ...]
    """Records of the one that may belong to the other, likeliest first."""


def explain_apart(
    con: Connection, one: str, other: str, *, judged: Judged = nobody_judged
) -> Apart:
    """Return what stands between two persons; old ids lead to the ones that carry them on.

    Raises ``NothingToExplain`` where what ``con`` shows lacks one of them.
    """
    persons = one, other = living(con, one), living(con, other)
    if one == other:
        raise NothingToExplain(f"They are one person, {one}", do=f"Ask how {one} was built")
    left, right = records_of(con, one), records_of(con, other)
    kept = _across(ask(con, "links", records=[*left, *right]), left)
    found = kept or _anew(con, left, right)
    vetoes = tuple(_across(forbidden(con, [*left, *right]), left))
    judgements = [verdict for verdict in judged(left) if _between(verdict, left, right)]
    applied = _across(ask(con, "applied", records=[*left, *right]), left)
    candidates = [
        row
        for records, person in ((left, other), (right, one))
        for row in ask(con, "persons", records=records)
        if row["state"] == "possible" and row["person_id"] == person
    ]
    return Apart(
        persons=persons,
        sizes=(len(left), len(right)),
        why=_why(kept, vetoes, _verdicts(applied, judgements)),
        strongest=tuple(found[:MOST_SHOWN]),
        stored=bool(kept),
        vetoes=vetoes,
        judgements=tuple(judgements),
        outdated=tuple(outdated(applied, judgements)),
        candidates=tuple(sorted(candidates, key=_likeliest)),
    )


def _likeliest(row: Row) -> tuple[float, str]:
    return -(row["probability"] or 0.0), row["record_id"]


def _across(links: Sequence[Row], left: Sequence[str]) -> list[Row]:
    mine = set(left)
    return [link for link in links if (link["record_l"] in mine) != (link["record_r"] in mine)]


def _anew(con: Connection, left: Sequence[str], right: Sequence[str]) -> list[Row]:
    few = [*left[:MOST_JUDGED_ANEW], *right[:MOST_JUDGED_ANEW]]
    return _across(score(con, saved_model(con), few), left)


def _between(judgement: Judgement, left: Sequence[str], right: Sequence[str]) -> bool:
    pair = {judgement.record_l, judgement.record_r}
    return bool(pair & set(left)) and bool(pair & set(right))


def _verdicts(applied: Sequence[Row], judgements: Sequence[Judgement]) -> set[str]:
    """Return what the run was told of pairs between the two, and what counts now."""
    return {
        *(row["verdict"] for row in applied),
        *(one.verdict for one in counting(judgements).values()),
    }


def _why(kept: Sequence[Row], vetoes: Sequence[Row], verdicts: set[str]) -> Why:
    """Return what decided, in the order in which clustering heeds it."""
    if "different" in verdicts:
        return "judged"
    if vetoes:
        return "forbidden"
    if any(link["state"] == "accepted" for link in kept):
        return "unsure" if "unsure" in verdicts else "bridge"
    if "unsure" in verdicts:
        return "unsure"
    return "undecided" if any(link["state"] == "possible" for link in kept) else "weak"
