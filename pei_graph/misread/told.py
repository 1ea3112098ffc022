"""What a contract says of names, births and sexes: which list reads them from which columns.

In: contracts. Out: one :class:`Told` for each list and the columns it reads such a matter from,
with what to do where they hold the opposite.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pei_graph.contract import Contract, Person, Value

Matter = Literal["names", "births", "sexes"]
MATTERS: tuple[Matter, ...] = ("names", "births", "sexes")


@dataclass(frozen=True, slots=True)
class Told:
    """From which columns a list tells one matter, and what to do where they hold the opposite."""

    matter: Matter
    source: str
    list: str
    columns: tuple[str, ...]
    mend: str


Tellers = Mapping[tuple[str, str], Told]
"""Who tells one matter of a source, by list and role."""


def tellers(contract: Contract, matter: Matter) -> Tellers:
    """Return which lists of a contract tell a matter, and of people in which role."""
    return {
        (list_id, person.role): Told(matter, contract.id, list_id, *found)
        for list_id, source_list in contract.lists.items()
        for person in source_list.people
        for found in _READ[matter](contract, person)
    }


def told_by(tellers: Tellers, list_id: str, role: str) -> Told | None:
    """Return what told a matter of a record whose newest statement is of that list and role.

    That may be a list that only repeats the key: then it is the only list that tells the matter of
    people in the role, or of anybody. None where several may have told it, or none has.
    """
    exactly = {told for place, told in tellers.items() if place == (list_id, role)}
    of_role = {told for (_, other), told in tellers.items() if other == role}
    alone = (found for found in (exactly, of_role, set(tellers.values())) if len(found) == 1)
    return next((told for (told,) in alone), None)


Found = Iterator[tuple[tuple[str, ...], str]]
"""Columns, and what to do."""


def _names(_contract: Contract, person: Person) -> Found:
    whole, given, family = (person.fields.get(key) for key in ("name", "forename", "surname"))
    if whole and whole.from_:
        order = whole.order or "forename surname"
        yield whole.from_, f'give {_key("name", whole)}, now read as "{order}", another `order`'
    elif given and family and given.from_ and family.from_:
        keys = f"{_key('forename', given)} and {_key('surname', family)}"
        yield (*given.from_, *family.from_), f"exchange the columns of {keys}"


def _births(contract: Contract, person: Person) -> Found:
    born = person.fields.get("birth_date")
    if born and born.from_:
        where = "its `format`" if born.format else "`dates` of the contract"
        formats = ", ".join(born.format or contract.dates)
        key = _key("birth_date", born)
        yield born.from_, f"exchange %d and %m where {key} is read, by {where} ({formats})"


def _sexes(_contract: Contract, person: Person) -> Found:
    sex = person.fields.get("sex")
    if sex and sex.from_:
        codes = f"codes.{sex.codes}" if sex.codes else "a code table of its own"
        yield sex.from_, f"exchange the meanings F and M of {_key('sex', sex)} in {codes}"


def _key(key: str, value: Value) -> str:
    return f"`{key}` ({', '.join(value.from_)})"


_READ: Mapping[Matter, Callable[[Contract, Person], Found]] = {
    "names": _names,
    "births": _births,
    "sexes": _sexes,
}
