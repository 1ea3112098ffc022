"""An example of a criterion: a small council, whom the criterion must find and whom it must not.

In: a YAML file. Out: an :class:`Example`, and its council as the tables between stages, so that it
runs through the same graph and the same evaluation as a real one.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import duckdb
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pei_graph import tables
from pei_graph.errors import CriterionError, Place
from pei_graph.graph import add_months

ADULT_MONTHS = 18 * 12
SOURCE = "example"


class Part(BaseModel):
    """Base of every part of an example: fixed once read, unknown keys forbidden."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ExamplePerson(Part):
    """A person; whoever has ``left`` is in no system's latest delivery."""

    born: date | None = None
    family: str | None = None
    sources: tuple[str, ...] = (SOURCE,)
    left: bool = False
    sealed: bool = False


class ExampleFact(Part):
    """A dealing of an agency with a person. The first in the file has the id 1."""

    person: str
    type: str
    source: str = SOURCE
    from_: date | None = Field(None, alias="from")
    to: date | None = None
    role: str | None = None
    event: str | None = None
    status: str | None = None
    detail: str | None = None
    value: float | None = None
    total: float | None = None
    unauthorised: float | None = None
    worker: str | None = None
    telephone: str | None = None


class ExampleRelation(Part):
    """A person is ``kind`` of another."""

    person: str
    kind: str
    of: str


class Found(Part):
    """A row that the criterion must return."""

    subject: str
    state: str
    since: date | None = None
    value: float
    evidence: tuple[int, ...]


class Example(Part):
    """A small council and what a criterion finds in it."""

    says: str = Field(description="What the example shows, in a sentence or two.")
    as_of: date
    persons: dict[str, ExamplePerson]
    facts: tuple[ExampleFact, ...] = ()
    relations: tuple[ExampleRelation, ...] = ()
    finds: tuple[Found, ...] = ()
    passes_over: dict[str, str] = Field({}, description="Who must not be found, and why not.")


def read_example(file: Path | Traversable) -> Example:
    """Return the example in a file; raises ``CriterionError`` naming what is wrong with it."""
    try:
        return Example.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise CriterionError(
            "The example is wrong", where=Place(file=file.name), do="See tests/criteria for others"
        ) from error


def fill_tables(con: duckdb.DuckDBPyConnection, example: Example) -> None:
    """Every table between stages up to RELATIONS holds the example's council."""
    for table in tables.STAGE_TABLES:
        con.execute(table.ddl)
    _insert(con, tables.RECORDS, _records(example))
    _insert(con, tables.MEMBERS, _members(example))
    _insert(con, tables.PERSONS, _persons(example))
    _insert(con, tables.FACTS, _facts(example))
    _insert(con, tables.RELATIONS, _relations(example))
    _insert(con, tables.FAMILIES, _families(example))
    _insert(con, tables.ADDRESSES, _addresses(example))
    _insert(con, tables.RESIDENCES, _residences(example))


def _insert(
    con: duckdb.DuckDBPyConnection, table: tables.Table, rows: Iterable[dict[str, Any]]
) -> None:
    values = [[row.get(column) for column in table.columns] for row in rows]
    if values:
        marks = ", ".join("?" * len(table.columns))
        con.executemany(f"INSERT INTO {table.name} VALUES ({marks})", values)


def _keys(example: Example) -> Sequence[tuple[str, str, ExamplePerson]]:
    return [
        (name, source, person)
        for name, person in example.persons.items()
        for source in person.sources
    ]


def _records(example: Example) -> Iterable[dict[str, Any]]:
    for name, source, person in _keys(example):
        yield {
            "record_id": f"{source}:{name}", "source": source, "source_key": name,
            "role": "person", "forename_given": name.title(), "surname_given": "Example",
            "forename": name, "surname": "example", "forenames": [name],
            "surnames": ["example"], "birth_date": person.born, "delivery_id": "d1", "row": 1,
            "first_seen": example.as_of, "last_seen": example.as_of,
            "in_latest": not person.left, "sealed": person.sealed,
        }  # fmt: skip


def _members(example: Example) -> Iterable[dict[str, Any]]:
    for name, source, _ in _keys(example):
        yield {"record_id": f"{source}:{name}", "person_id": name, "state": "accepted"}


def _adult(person: ExamplePerson, as_of: date) -> bool | None:
    return None if person.born is None else person.born <= add_months(as_of, -ADULT_MONTHS)


def _persons(example: Example) -> Iterable[dict[str, Any]]:
    for name, person in example.persons.items():
        yield {
            "person_id": name, "forename": name.title(), "surname": "Example",
            "birth_date": person.born, "records": len(person.sources),
            "sources": len(person.sources), "adult": _adult(person, example.as_of),
            "address_id": _home(person.family), "sealed": person.sealed,
        }  # fmt: skip


def _facts(example: Example) -> Iterable[dict[str, Any]]:
    for number, fact in enumerate(example.facts, start=1):
        yield {
            **fact.model_dump(exclude={"person", "from_", "to"}),
            "fact_id": number, "record_id": f"{fact.source}:{fact.person}",
            "kind": "involvement", "from_date": fact.from_, "to_date": fact.to,
            "delivery_id": "d1", "row": number,
        }  # fmt: skip


def _relations(example: Example) -> Iterable[dict[str, Any]]:
    for relation in example.relations:
        yield {
            "person_id": relation.person, "other_person_id": relation.of,
            "kind": relation.kind, "source": SOURCE,
        }  # fmt: skip


def _home(family: str | None) -> str | None:
    return f"home of {family}" if family else None


def _families(example: Example) -> Iterable[dict[str, Any]]:
    roles = {True: "adult", False: "child", None: "unknown"}
    for name, person in example.persons.items():
        if person.family:
            yield {
                "family_id": person.family, "person_id": name,
                "role": roles[_adult(person, example.as_of)],
                "address_id": _home(person.family),
            }  # fmt: skip


def _addresses(example: Example) -> Iterable[dict[str, Any]]:
    homes = sorted({person.family for person in example.persons.values() if person.family})
    for number, family in enumerate(homes, start=1):
        yield {
            "address_id": _home(family), "house": str(number), "street": "invented road",
            "line": f"{number} Invented Road", "kind": "dwelling", "sealed": False,
        }  # fmt: skip


def _residences(example: Example) -> Iterable[dict[str, Any]]:
    for name, person in example.persons.items():
        if person.family:
            yield {
                "person_id": name, "address_id": _home(person.family), "current": True,
                "sources": list(person.sources),
            }  # fmt: skip
