"""Persons and families before and after, and the difference in sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from typing import Any

import duckdb

from pei_graph.tables import CALLED_AGAIN

ROLES = {"adult": ("adult", "adults"), "child": ("child", "children"),
         "unknown": ("person of unknown age", "people of unknown age"),
         "died": ("person who has died", "people who have died")}  # fmt: skip

Records = Mapping[str, frozenset[str]]
"""Of which records each person is made."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person: the records that make them up, and what they are called.

    ``again`` says that they were called so before they were joined with somebody.
    """

    person_id: str
    forename: str | None
    surname: str | None
    birth_date: Any
    records: frozenset[str]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """A family: who is in it, in which role."""

    family_id: str
    address_id: str
    members: Mapping[str, str]

    @property
    def roles(self) -> Counter[str]:
        """Return how many members there are of each role."""
        return Counter(self.members.values())


@dataclass(frozen=True, slots=True)
class Side:
    """How people stand before or after."""

    persons: Mapping[str, Person]
    families: Mapping[str, Family]

    def is_of(self, records: Records) -> bool:
        """Return whether these are the people, made of the same records."""
        return {name: person.records for name, person in self.persons.items()} == records


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How people stand before and after, and what changes."""

    before: Side
    after: Side

    @property
    def changes(self) -> list[tuple[list[Person], list[Person]]]:
        """Return the persons that change, those before beside those that their records become."""
        before = {person.records: person for person in self.before.persons.values()}
        after = {person.records: person for person in self.after.persons.values()}
        gone = [before[records] for records in before.keys() - after.keys()]
        new = [after[records] for records in after.keys() - before.keys()]
        return [(_by_id(olds), _by_id(news)) for olds, news in _groups(gone, new)]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return what changes in sentences: persons first, then families."""
        said = [_of_persons(olds, news) for olds, news in self.changes]
        said += list(_of_families(self.before.families, self.after.families))
        return tuple(said) or ("No person and no family changes.",)


def read_records(con: duckdb.DuckDBPyConnection) -> Records:
    """Return the people of MEMBERS in ``con``, whose homes need not be found yet."""
    people = con.execute(
        "SELECT person_id, list(record_id) FROM members WHERE state = 'accepted' GROUP BY person_id"
    ).fetchall()
    return {person: frozenset(records) for person, records in people}


def read_side(con: duckdb.DuckDBPyConnection) -> Side:
    """Return the persons and families that stand in ``con``."""
    persons = con.execute(
        "SELECT p.person_id, p.forename, p.surname, p.birth_date, list(m.record_id),"
        " p.person_id IN (SELECT id FROM identity_log WHERE reason = $again)"
        " FROM persons p JOIN members m ON m.person_id = p.person_id AND m.state = 'accepted'"
        " GROUP BY ALL",
        {"again": CALLED_AGAIN},
    ).fetchall()
    families = con.execute(
        "SELECT family_id, any_value(address_id), map(list(person_id), list(role))"
        " FROM families GROUP BY family_id"
    ).fetchall()
    return Side(
        {
            row[0]: Person(row[0], row[1], row[2], row[3], frozenset(row[4]), row[5])
            for row in persons
        },
        {row[0]: Family(*row) for row in families},
    )


def _by_id(persons: Iterable[Person]) -> list[Person]:
    return sorted(persons, key=lambda person: (int(person.person_id[2:]), person.person_id))


def _groups(
    gone: Iterable[Person], new: Iterable[Person]
) -> Iterator[tuple[list[Person], list[Person]]]:
    """Give persons that share records, directly or through others, in the order of their ids."""
    left, right = _by_id(gone), _by_id(new)
    while left:
        olds, news = [left.pop(0)], list[Person]()
        grows = True
        while grows:
            records = frozenset().union(*(person.records for person in (*olds, *news)))
            joins_old = [person for person in left if person.records & records]
            joins_new = [person for person in right if person.records & records]
            olds, news = olds + joins_old, news + joins_new
            left = [person for person in left if person not in joins_old]
            right = [person for person in right if person not in joins_new]
            grows = bool(joins_old or joins_new)
        yield olds, news


def _of_persons(olds: list[Person], news: list[Person]) -> str:
    if len(news) == 1:
        return f"{len(olds)} persons become one, {news[0].person_id}."
    kept = {person.person_id for person in news}
    if len(olds) == 1:
        parts = [
            f"{person.person_id} keeps {_count(person.records)}"
            if person.person_id == olds[0].person_id
            else f"{_called(person)} gets {_count(person.records)}"
            for person in news
        ]
        return f"{olds[0].person_id} becomes {len(news)} persons: {_listed(parts)}."
    ids = {person.person_id for person in olds}
    moves = [
        f"{_count(old.records & new.records)} of {old.person_id} "
        + (f"to {new.person_id}" if new.person_id in ids else f"to {_called(new)}")
        for old in olds
        for new in news
        if old.person_id != new.person_id and old.records & new.records
    ]
    ended = [person.person_id for person in olds if person.person_id not in kept]
    ends = f" {_listed(ended)} {'ends' if len(ended) == 1 else 'end'}." if ended else ""
    return f"These move: {_listed(moves)}.{ends}"


def _called(person: Person) -> str:
    """Return what is said of somebody who was not there before."""
    return f"{person.person_id}, as before they were joined," if person.again else "a new person"


def _count(records: Sized) -> str:
    number = len(records)
    return f"{number} record" if number == 1 else f"{number} records"


def _of_families(before: Mapping[str, Family], after: Mapping[str, Family]) -> Iterator[str]:
    for family in sorted(before.keys() | after.keys(), key=lambda name: (int(name[2:]), name)):
        old, new = before.get(family), after.get(family)
        if old is None and new is not None:
            yield f"A new family begins with {_people(new.roles)}."
        elif old is not None and new is None:
            yield f"Family {family} ends: nobody is left in it."
        elif old is not None and new is not None and old.roles != new.roles:
            yield f"Family {family} {_difference(old.roles, new.roles)}."


def _difference(old: Counter[str], new: Counter[str]) -> str:
    parts = []
    if gained := new - old:
        parts.append(f"gains {_people(gained)}")
    if lost := old - new:
        parts.append(f"loses {_people(lost)}")
    return " and ".join(parts)


def _people(roles: Counter[str]) -> str:
    """Return how many people of each role.

    >>> _people(Counter(adult=1, child=2))
    'an adult and 2 children'
    """
    parts = []
    for role, (one, many) in ROLES.items():
        if roles[role] == 1:
            parts.append(f"an {one}" if one.startswith("a") else f"a {one}")
        elif roles[role]:
            parts.append(f"{roles[role]} {many}")
    return _listed(parts)


def _listed(parts: list[str]) -> str:
    """Return words as people list them.

    >>> _listed(["one", "two", "three"])
    'one, two and three'
    """
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
