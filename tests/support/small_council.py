"""A small council written by hand in YAML, as the tables between stages.

Examples of criteria and unit tests share it: what it holds runs through the same graph and the same
evaluation as a real council.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import yaml
from pydantic import BaseModel, ConfigDict, Field

from pei_graph import tables
from pei_graph.graph import add_months

ADULT_MONTHS = 18 * 12
SOURCE = "example"
Row = dict[str, Any]


class Part(BaseModel):
    """Base of every part of an example: fixed once read, unknown keys forbidden."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ExamplePerson(Part):
    """A person; whoever has ``left`` is in no system's latest delivery."""

    born: date | None = None
    died: date | None = None
    family: str | None = None
    sources: tuple[str, ...] = (SOURCE,)
    possible: tuple[str, ...] = ()
    """Records of others that may be this person's."""
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
    to: date | None = None


class Found(Part):
    """A row that the criterion must return."""

    subject: str
    state: str
    since: date | None = None
    value: float
    evidence: tuple[int, ...]


class Council(Part):
    """Persons, their families, relations and facts, as seen on a day."""

    as_of: date
    persons: dict[str, ExamplePerson]
    facts: tuple[ExampleFact, ...] = ()
    relations: tuple[ExampleRelation, ...] = ()


class Example(Council):
    """A small council and what a criterion finds in it."""

    says: str = Field(description="What the example shows, in a sentence or two.")
    finds: tuple[Found, ...] = ()
    passes_over: dict[str, str] = Field({}, description="Who must not be found, and why not.")


def read_example(file: Path) -> Example:
    """Return the example in a file."""
    return Example.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def empty_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Every table between stages exists and is empty."""
    for table in tables.STAGE_TABLES:
        con.execute(table.ddl)


def add_council(
    con: duckdb.DuckDBPyConnection, council: Council, *, prefix: str = "", first_fact: int = 1
) -> None:
    """The tables hold the council too, its names behind ``prefix``, its facts numbered on."""
    here = _Names(council, prefix, first_fact)
    _insert(con, tables.RECORDS, here.records())
    _insert(con, tables.MEMBERS, here.members())
    _insert(con, tables.PERSONS, here.persons())
    _insert(con, tables.FACTS, here.facts())
    _insert(con, tables.RELATIONS, here.relations())
    _insert(con, tables.FAMILIES, here.families())
    _insert(con, tables.ADDRESSES, here.addresses())
    _insert(con, tables.RESIDENCES, here.residences())


def _insert(con: duckdb.DuckDBPyConnection, table: tables.Table, rows: Iterator[Row]) -> None:
    values = [[row.get(column) for column in table.columns] for row in rows]
    if values:
        marks = ", ".join("?" * len(table.columns))
        con.executemany(f"INSERT INTO {table.name} VALUES ({marks})", values)


def _adult(person: ExamplePerson, as_of: date) -> bool | None:
    return None if person.born is None else person.born <= add_months(as_of, -ADULT_MONTHS)


@dataclass(frozen=True)
class _Names:
    """The rows of one council, its names behind a prefix."""

    council: Council
    prefix: str
    first_fact: int

    def _residents(self) -> Iterator[tuple[str, str, ExamplePerson]]:
        for name, person in self.council.persons.items():
            if person.family:
                yield name, self.prefix + person.family, person

    def records(self) -> Iterator[Row]:
        for name, person in self.council.persons.items():
            for source in person.sources:
                yield {
                    "record_id": f"{source}:{self.prefix}{name}", "source": source,
                    "source_key": self.prefix + name, "role": "person",
                    "forename_given": name.title(), "surname_given": "Example",
                    "forename": name, "surname": "example", "forenames": [name],
                    "surnames": ["example"], "birth_date": person.born, "delivery_id": "d1",
                    "row": 1, "first_seen": self.council.as_of,
                    "last_seen": self.council.as_of, "in_latest": not person.left,
                    "sealed": person.sealed,
                }  # fmt: skip

    def members(self) -> Iterator[Row]:
        for name, person in self.council.persons.items():
            for source in person.sources:
                yield {
                    "record_id": f"{source}:{self.prefix}{name}",
                    "person_id": self.prefix + name, "state": "accepted",
                }  # fmt: skip
            for record in person.possible:
                yield {
                    "record_id": record, "person_id": self.prefix + name, "state": "possible",
                    "probability": 0.62, "match_key": "+forename ~birth_date",
                }  # fmt: skip

    def persons(self) -> Iterator[Row]:
        for name, person in self.council.persons.items():
            yield {
                "person_id": self.prefix + name, "forename": name.title(),
                "surname": "Example", "birth_date": person.born,
                "records": len(person.sources), "sources": sorted(person.sources),
                "adult": _adult(person, self.council.as_of), "sealed": person.sealed,
                "died": person.died,
            }  # fmt: skip

    def facts(self) -> Iterator[Row]:
        for number, fact in enumerate(self.council.facts, start=self.first_fact):
            yield {
                **fact.model_dump(exclude={"person", "from_", "to"}),
                "fact_id": number, "record_id": f"{fact.source}:{self.prefix}{fact.person}",
                "kind": "involvement", "from_date": fact.from_, "to_date": fact.to,
                "delivery_id": "d1", "row": number,
            }  # fmt: skip

    def relations(self) -> Iterator[Row]:
        for relation in self.council.relations:
            yield {
                "person_id": self.prefix + relation.person,
                "other_person_id": self.prefix + relation.of,
                "kind": relation.kind, "source": SOURCE, "to_date": relation.to,
            }  # fmt: skip

    def families(self) -> Iterator[Row]:
        roles = {True: "adult", False: "child", None: "unknown"}
        for name, family, person in self._residents():
            yield {
                "family_id": family, "person_id": self.prefix + name,
                "role": "died" if person.died else roles[_adult(person, self.council.as_of)],
                "to_date": person.died,
                "address_id": f"home of {family}",
            }  # fmt: skip

    def addresses(self) -> Iterator[Row]:
        for number, family in enumerate(sorted({f for _, f, _ in self._residents()}), start=1):
            yield {
                "address_id": f"home of {family}", "house": str(number),
                "street": "invented road", "line": f"{number} Invented Road",
                "kind": "dwelling", "sealed": False,
            }  # fmt: skip

    def residences(self) -> Iterator[Row]:
        for name, family, person in self._residents():
            yield {
                "person_id": self.prefix + name, "address_id": f"home of {family}",
                "current": person.died is None, "to_date": person.died,
                "sources": list(person.sources),
            }  # fmt: skip
