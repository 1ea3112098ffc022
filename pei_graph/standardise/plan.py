"""What one list of a contract asks of a row: each value once, with the kind it is read as.

In: a contract and the columns a list was delivered with. Out: a :class:`Plan`, whose ``select`` is
the query that makes ``list_rows``, the list's rows with every value typed and every doubt flagged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pei_graph import sql
from pei_graph.contract import Contract, Fact, Part, SourceList, Value

Kind = Literal["text", "name", "birth", "year", "date", "number", "sex", "flag", "relationship"]

KINDS: Mapping[str, Kind] = {
    "birth_date": "birth", "birth_year": "year", "sex": "sex", "sealed": "flag",
    "relationship": "relationship",
    "from_date": "date", "to_date": "date",
    "value": "number", "total": "number", "unauthorised": "number",
    "forename": "name", "middle_names": "name", "surname": "name", "known_as": "name",
    "former_surname": "name", "preferred_surname": "name", "name": "name", "former_name": "name",
}  # fmt: skip
"""How an attribute of a person, fact or relationship is read; anything else is text."""


FEW_ROWS = 10_000
"""A query over fewer rows costs more to plan than to run."""


@dataclass(frozen=True)
class Plan:
    """The values one list is asked for.

    ``present`` are the columns it was delivered with, ``rows`` how many rows. ``part`` is the table
    that holds them where not the whole list is read.
    """

    contract: Contract
    list_id: str
    present: frozenset[str]
    rows: int
    part: str | None = None

    @property
    def list(self) -> SourceList:
        """Return the list as the contract describes it."""
        return self.contract.lists[self.list_id]

    @property
    def table(self) -> str:
        """Return the quoted name of the table of rows: the list's in RAW, or a part of it."""
        return self.part or sql.raw_table(self.contract.id, self.list_id)

    @property
    def few(self) -> bool:
        """Return whether a query over the list costs more to plan than to run."""
        return self.rows <= FEW_ROWS

    @cached_property
    def values(self) -> Mapping[tuple[Kind, Value], int]:
        """Return each value asked for, by kind, with its number; a value asked twice has one."""
        asked = dict.fromkeys((kind, value) for _, kind, value in self._asked())
        return {value: number for number, value in enumerate(asked)}

    @cached_property
    def applies(self) -> Mapping[tuple[Kind, Value], str]:
        """Return for each value SQL that narrows a condition to rows which are asked for it."""
        when: dict[tuple[Kind, Value], dict[str, None]] = {}
        for condition, kind, value in self._asked():
            when.setdefault((kind, value), {})[condition] = None
        return {
            value: "" if "TRUE" in conditions else f" AND ({' OR '.join(conditions)})"
            for value, conditions in when.items()
        }

    def _asked(self) -> Iterator[tuple[str, Kind, Value]]:
        for i, person in enumerate(self.list.people):
            when = f"k{i} IS NOT NULL" if person.when else "TRUE"
            yield from _of(when, person.fields)
            yield from _of(when, person.identifiers)
            yield from _of(when, {"sealed": person.sealed})
            yield from _of(when, _attributes(person.address))
        for i, fact in enumerate(self.list.facts):
            yield from _of(f"w{i}", _attributes(fact))
            yield from _of(f"w{i}", combined(fact))
        for i, relationship in enumerate(self.list.relationships):
            attributes = dict(_attributes(relationship))
            yield from _of(f"x{i}", {"relationship": attributes.pop("kind"), **attributes})

    def column(self, attribute: str, value: Value | None) -> str:
        """Return the column of ``list_rows`` that holds a value, or SQL for none."""
        if value is None:
            return "NULL"
        return f"v{self.values[KINDS.get(attribute, 'text'), value]}"

    def key(self, role: str) -> str:
        """Return the column of ``list_rows`` that holds the source's key of the role's person."""
        return f"k{[person.role for person in self.list.people].index(role)}"


def _of(when: str, attributes: Mapping[str, Value | None]) -> Iterator[tuple[str, Kind, Value]]:
    for attribute, value in attributes.items():
        if value is not None:
            yield when, KINDS.get(attribute, "text"), value


def _attributes(part: Part | None) -> Mapping[str, Value | None]:
    found = {name: getattr(part, name) for name in type(part).model_fields} if part else {}
    return {name: value for name, value in found.items() if isinstance(value, Value)}


def combined(fact: Fact) -> Mapping[str, Value]:
    """Return what a fact's ``combine`` reads: the code of a row, and its number as ``value``."""
    if fact.combine is None:
        return {}
    return {
        "detail": Value.model_validate({"from": fact.combine.column}),
        "value": Value.model_validate({"from": fact.combine.number}),
    }
