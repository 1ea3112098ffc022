"""A family or person with everybody one step away, as a picture and as tables.

A step takes in the people related to somebody, those that may be the same person, and those who
live or lived with somebody who was opened. Agencies are drawn for the people at the heart alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from webapp.format import percent, source_titles, words
from webapp.reads.family import family_seen
from webapp.reads.person import person_seen
from webapp.runs import about_sources, ask

Row = Mapping[str, Any]

MOST_NODES = 300
"""Beyond this a picture is no longer read; the page says what it leaves out."""
MOST_EDGES = 2_000

DOWNWARD = ("parent", "carer", "grandparent")
"""Kinds that are told of a pair, rather than their inverses, where both are recorded."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two people or a person and an agency."""

    one: str
    other: str
    kind: str
    label: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Household:
    """A family as a box: where it lives and which of its members are shown."""

    id: str
    line: str | None
    shown: tuple[str, ...]
    members: int

    @property
    def partly_shown(self) -> bool:
        """Return whether somebody who lives there is not drawn."""
        return len(self.shown) < self.members


@dataclass(frozen=True)
class Network:
    """The picture and its tables."""

    start: str
    heart: tuple[str, ...]
    opened: tuple[str, ...]
    people: Mapping[str, Row]
    """Who is shown: those asked about first, then whom they lead to."""
    households: tuple[Household, ...]
    agencies: Mapping[str, str]
    ties: tuple[Tie, ...]
    further: Mapping[str, int]
    """How many more people a step from somebody at the edge would show."""
    left_out: int
    titles: Mapping[str, str] = field(default_factory=dict)

    def of_kind(self, *kinds: str) -> list[Tie]:
        """Return the ties of some kinds."""
        return [tie for tie in self.ties if tie.kind in kinds]

    def with_opened(self, person: str) -> str:
        """Return the ``open`` parameter that opens ``person`` too."""
        return ",".join(sorted({*self.opened, person}))

    def without(self, person: str) -> str:
        """Return the ``open`` parameter that closes ``person``."""
        return ",".join(sorted({*self.opened} - {person}))


def network_seen(start: str) -> bool:
    """Return whether there is such a family or person that the user may see."""
    return family_seen(start) or person_seen(start)


def read_network(start: str, asked: Sequence[str]) -> Network:
    """Return the network around ``start`` with the people in ``asked`` opened a step further."""
    heart = _heart(start)
    opened = [person for person in dict.fromkeys(asked) if person_seen(person)]
    centre = list(dict.fromkeys([*heart, *opened]))
    ties = _ties_of_people(centre, opened)
    wanted = list(dict.fromkeys([*centre, *_ends(ties)]))
    agencies = ask("network_agencies", person_ids=centre, most=MOST_EDGES)
    sources = {row["source"]: row["title"] or words(row["source"]) for row in agencies}
    shown = wanted[: MOST_NODES - len(sources)]
    found = {row["person_id"]: row for row in ask("network_people", person_ids=shown)}
    people = {person: found[person] for person in shown if person in found}
    edge = [person for person in people if person not in centre]
    return Network(
        start=start,
        heart=tuple(heart),
        opened=tuple(opened),
        people=people,
        households=tuple(_households(people)),
        agencies=sources,
        ties=(*_between(ties, people), *_with_agencies(agencies, people)),
        further=_further(edge, ties),
        left_out=len(wanted) - len(shown),
        titles=source_titles(about_sources()),
    )


def _heart(start: str) -> list[str]:
    """Return the people asked about: a family's members, or a person with their family."""
    if not family_seen(start):
        family = ask("person", person_id=start)[0]["family_id"]
        return [start] if family is None or not family_seen(family) else _members(family)
    return _members(start)


def _members(*families: str) -> list[str]:
    rows = ask("network_members", family_ids=list(families), most=MOST_EDGES)
    return [row["person_id"] for row in rows]


def _ties_of_people(centre: list[str], opened: list[str]) -> list[Tie]:
    relations = ask("network_ties", person_ids=centre, most=MOST_EDGES)
    possible = ask("network_possible", person_ids=centre, most=MOST_EDGES)
    together = ask("network_housemates", person_ids=opened, most=MOST_EDGES) if opened else []
    return [*_relations(relations), *_possible(possible), *_housemates(together)]


def _relations(rows: Iterable[Row]) -> list[Tie]:
    """Return one tie a pair, told from the older side where both sides are recorded."""
    pairs: dict[frozenset[str], Row] = {}
    for row in sorted(rows, key=_telling_first):
        pairs.setdefault(frozenset((row["person_id"], row["other_id"])), row)
    return [
        Tie(
            row["person_id"],
            row["other_id"],
            "relation",
            _kind(row["kind"]),
            tuple(sorted(row["sources"] or ())),
        )
        for row in pairs.values()
    ]


def _kind(kind: str) -> str:
    return words(kind).lower()


def _telling_first(row: Row) -> tuple[bool, str, str]:
    return row["kind"] not in DOWNWARD, row["person_id"], row["other_id"]


def _possible(rows: Iterable[Row]) -> list[Tie]:
    best: dict[frozenset[str], Row] = {}
    for row in rows:
        pair = frozenset((row["person_id"], row["other_id"]))
        if pair not in best or row["probability"] > best[pair]["probability"]:
            best[pair] = row
    return [
        Tie(row["person_id"], row["other_id"], "possible", percent(row["probability"]))
        for row in best.values()
        if row["person_id"] != row["other_id"]
    ]


def _housemates(rows: Iterable[Row]) -> list[Tie]:
    pairs = {
        frozenset((row["person_id"], row["other_id"])): row
        for row in rows
        if row["person_id"] != row["other_id"]
    }
    return [
        Tie(row["person_id"], row["other_id"], "lived", "lived at one address")
        for row in pairs.values()
    ]


def _ends(ties: Iterable[Tie]) -> Iterable[str]:
    for tie in ties:
        yield tie.one
        yield tie.other


def _between(ties: Iterable[Tie], people: Mapping[str, Row]) -> Iterable[Tie]:
    return (tie for tie in ties if tie.one in people and tie.other in people)


def _with_agencies(rows: Iterable[Row], people: Mapping[str, Row]) -> Iterable[Tie]:
    for row in rows:
        if row["person_id"] in people:
            yield Tie(row["person_id"], row["source"], "agency", str(row["facts"]))


def _households(people: Mapping[str, Row]) -> Iterable[Household]:
    homes = defaultdict(list)
    for person, row in people.items():
        if row["family_id"] and family_seen(row["family_id"]):
            homes[row["family_id"]].append(person)
    for family, shown in homes.items():
        line = next(filter(None, (people[person]["line"] for person in shown)), None)
        yield Household(family, line, tuple(shown), len(_members(family)))


def _further(edge: list[str], ties: Sequence[Tie]) -> dict[str, int]:
    if not edge:
        return {}
    drawn = {person: sum(person in (tie.one, tie.other) for tie in ties) for person in edge}
    rows = ask("network_expand", person_ids=edge)
    more = {row["person_id"]: row["relatives"] + row["housemates"] for row in rows}
    return {person: max(0, more.get(person, 0) - drawn[person]) for person in edge}
