"""A family as its overview shows it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.format import areas, source_titles
from webapp.reads.cells import Cell, cell
from webapp.reads.deaths import as_it_stands
from webapp.reads.news import News, read_news
from webapp.reads.programme import Standing, standing
from webapp.reads.workers import Worker, workers
from webapp.runs import (
    about_sources,
    ask,
    ask_together,
    reader,
    sealed_from_others,
    sight,
)
from webapp.sight import Rows

Row = Mapping[str, Any]

OVERVIEW = (
    "family_relations", "family_involvements", "family_home", "family_possible", "family_findings",
    "family_died",
)  # fmt: skip
"""What the overview asks the graph of a family: what leads to another question first, then what
takes longest."""

ROLES = {True: "adult", False: "child", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Area:
    """One of the problem areas of a family: its state and what is behind it."""

    id: str
    state: str
    because: str | None
    findings: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Everything that the overview of a family shows."""

    head: Row
    sealed: bool
    areas: tuple[Area, ...]
    points: tuple[Row, ...]
    members: tuple[Row, ...]
    died: tuple[Row, ...]
    """Who died while they lived here, with whoever still does."""
    agencies: tuple[Row, ...]
    """Sources that know somebody in the family, with how fresh they are."""
    silent: tuple[Row, ...]
    """Sources that know nobody in the family."""
    cells: Mapping[tuple[str, str], Cell]
    held: frozenset[tuple[str, str]]
    """Who is on record with which source, whatever it says of them."""
    workers: tuple[Worker, ...]
    """Who works with somebody in the family now."""
    programme: Standing | None
    """Where it stands on the programme; None where no system says that it is a case of it."""
    news: News
    """What the sources told of its members lately."""
    relations: tuple[Row, ...]
    placed: tuple[Row, ...]
    """Whom the council has placed at this family's home."""
    recorded_here: tuple[Row, ...]
    """Who is on record at the family's home without being of the family."""
    possible: tuple[Row, ...]
    earliest: Mapping[str, date]
    """Per source, how far back its facts on this family go."""
    names: Mapping[str, Row]
    titles: Mapping[str, str]
    as_of: date

    @property
    def priority(self) -> int:
        """Return the sum of the points."""
        return sum(row["points"] for row in self.points)

    @property
    def surnames(self) -> list[str]:
        """Return every surname in the family, in order."""
        return sorted({row["surname"] for row in self.members if row["surname"]})

    @property
    def desks(self) -> list[Row]:
        """Return agencies that know the family, name no worker now, and can be rung."""
        named = {source for worker in self.workers for source in worker.sources}
        return [row for row in self.agencies if row["telephone"] and row["source"] not in named]


def family_seen(family_id: str) -> bool:
    """Return whether there is such a family that this request's user may see."""
    return bool(sight().rows("family_seen", {"family_id": family_id}))


def read_family(family_id: str) -> Family:
    """Return the overview of a family that the user may see."""
    answers = ask_together(OVERVIEW, family_id=family_id)
    related = _with_homes(next(answers))
    told = dict(zip(OVERVIEW[1:], answers, strict=True))
    members, placed, others = _at_home(family_id, told["family_home"])
    died = tuple({**row, "role": "died"} for row in sorted(told["family_died"], key=_died_last))
    facts = sorted(_as_they_stand(told["family_involvements"], died), key=_newest_first)
    sources = about_sources()
    living = {row["person_id"] for row in members}
    named = [*members, *died]
    held = frozenset((row["person_id"], each) for row in named for each in row["known_to"])
    known = {source for _, source in held} | {fact["source"] for fact in facts}
    return Family(
        head=_head(family_id, members),
        sealed=sealed_from_others("family_seen", family_id=family_id),
        areas=_areas(family_id, [*told["family_findings"], *_own_findings(family_id)]),
        points=tuple(sight().rows("family_points", {"family_id": family_id})),
        members=members,
        died=died,
        agencies=tuple(row for row in sources if row["source"] in known),
        silent=tuple(row for row in sources if row["source"] not in known),
        cells=_cells(facts),
        held=held,
        workers=workers(facts, reader().as_of),
        programme=standing([fact for fact in facts if fact["person_id"] in living]),
        news=read_news([row["person_id"] for row in named]),
        relations=relatives(related),
        placed=placed,
        recorded_here=others,
        possible=possible_matches(told["family_possible"]),
        earliest=_earliest(facts),
        names={row["person_id"]: row for row in named},
        titles=source_titles(sources),
        as_of=reader().as_of,
    )


def _at_home(
    family_id: str, rows: Rows
) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    """Return the family's members, whom the council has placed there, and who else is on record.

    In a house whose flat is not told others live who are families of their own, and in a foster
    home a parent and child who are placed there together.
    """
    hosts = {row["family_id"] for row in rows if row["current"] and not row["placed"]} - {None}
    members = (
        {**row, "role": ROLES[row["adult"]]} for row in rows if row["family_id"] == family_id
    )
    strangers = [row for row in rows if not row["current"] or row["family_id"] != family_id]
    placed = (row for row in strangers if _is_placed(row, hosts))
    others = (row for row in strangers if not _is_placed(row, hosts))
    return (
        tuple(sorted(members, key=_eldest_first)),
        tuple(sorted(placed, key=_by_name)),
        tuple(sorted(others, key=_by_name)),
    )


def _is_placed(row: Row, hosts: set[object]) -> bool:
    """Whether the council has placed somebody here who is of no family whose home it is."""
    return bool(row["placed"] and row["current"] and row["family_id"] not in hosts)


def _head(family_id: str, members: Sequence[Row]) -> Row:
    roles = [member["role"] for member in members]
    home = members[0]
    return {
        "family_id": family_id,
        "members": len(roles),
        "adults": roles.count("adult"),
        "children": roles.count("child"),
        "line": home["line"],
        "postcode": home["postcode"],
        "uprn": home["uprn"],
        "flat_not_told": home["kind"] == "block",
        "placed": all(member["placed"] for member in members),
        "since": home["here_since"],
    }


def _with_homes(rows: Sequence[Row]) -> list[Row]:
    """Return people who live elsewhere, each with the home's ``line``.

    Of whom the council has ``placed`` somewhere the child's own page says where: what is printed
    of the family they were taken from need not.
    """
    people = sorted({row["other_id"] for row in rows})
    homes = ask("homes", person_ids=people) if people else []
    lines = {row["person_id"]: row["line"] for row in homes if not row["placed"]}
    placed = {row["person_id"] for row in homes if row["placed"]}
    return [
        {**row, "line": lines.get(row["other_id"]), "placed": row["other_id"] in placed}
        for row in rows
    ]


def _own_findings(family_id: str) -> Rows:
    """Return what is found for the family as a whole, if any criterion speaks of whole families."""
    if all(row["subject_kind"] == "person" for row in reader().criteria.values()):
        return []
    return reader().store.rows("family_own_findings", family_id=family_id)


def _areas(family_id: str, found: Iterable[Row]) -> tuple[Area, ...]:
    """Return every problem area of a family in the vocabulary's order."""
    states = {row["area"]: row for row in sight().rows("family_areas", {"family_id": family_id})}
    criteria = reader().criteria
    findings = defaultdict(list)
    described = ({**criteria[row["criterion_id"]], **row} for row in found)
    for finding in sorted(described, key=_met_first):
        findings[finding["area"]].append(finding)
    return tuple(_area(area, states.get(area), tuple(findings[area])) for area in areas())


def _met_first(finding: Row) -> tuple[object, ...]:
    since = finding["since"] or date.min
    return finding["state"] != "met", finding["criterion"], -since.toordinal(), finding["subject"]


def _area(area: str, row: Row | None, findings: tuple[Row, ...]) -> Area:
    if row is None:
        return Area(area, "no_data", "No criterion of the programme speaks to it.", findings)
    return Area(area, row["state"], row["because"], findings)


def _cells(facts: list[dict[str, Any]]) -> dict[tuple[str, str], Cell]:
    grouped = defaultdict(list)
    for fact in facts:
        grouped[fact["person_id"], fact["source"]].append(fact)
    return {key: cell(group, reader().as_of) for key, group in grouped.items()}


def _earliest(facts: list[dict[str, Any]]) -> dict[str, date]:
    earliest: dict[str, date] = {}
    for fact in facts:
        if fact["since"]:
            known = earliest.get(fact["source"], fact["since"])
            earliest[fact["source"]] = min(known, fact["since"])
    return earliest


def _newest_first(fact: Row) -> tuple[bool, int, int]:
    since = fact["since"]
    return since is not None, -since.toordinal() if since else 0, fact["fact_id"]


def _by_name(row: Row) -> tuple[object, ...]:
    surname, forename = row["surname"], row["forename"]
    return surname is None, surname or "", forename is None, forename or "", row["person_id"]


def _as_they_stand(facts: Rows, died: Iterable[Row]) -> Rows:
    """Return the facts about everybody: what went on about who died has ended by it."""
    days = {row["person_id"]: row["died"] for row in died}
    return [as_it_stands(fact, days.get(fact["person_id"])) for fact in facts]


def _died_last(row: Row) -> tuple[date, str]:
    return row["died"], row["person_id"]


def _eldest_first(member: Row) -> tuple[bool, date, str]:
    return member["role"] != "adult", member["birth_date"] or date.max, member["person_id"]


def relatives(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return one row for each related person: ``ties`` to whom, as what, and the ``sources``."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["other_id"]].append(row)
    return tuple(_relative(group) for _, group in sorted(grouped.items()))


def _relative(group: Sequence[Row]) -> Row:
    told = sorted(group, key=lambda row: (row.get("person_id", ""), row["kind"], row["source"]))
    ties = {(row.get("person_id", ""), row["kind"]): row for row in told}
    sources = sorted({row["source"] for row in group})
    kinds = ", ".join(sorted({row["kind"] for row in group}))
    return {**told[0], "kind": kinds, "ties": list(ties.values()), "sources": sources}


def possible_matches(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return one row for each pair of persons, likeliest first, with its records' ``sources``.

    ``direction`` tells pairs apart where the rows have it.
    """
    pairs: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        key = (row.get("person_id", ""), row["other_id"] or row["record_id"])
        pairs[(*key, row.get("direction", ""))].append(row)
    found = [_pair(group) for group in pairs.values()]
    return tuple(sorted(found, key=lambda row: (-row["probability"], row["record_id"])))


def _pair(group: Sequence[Row]) -> Row:
    best = max(group, key=lambda row: (row["probability"], row["record_id"]))
    return {**best, "sources": sorted({row["source"] for row in group}), "records": len(group)}
