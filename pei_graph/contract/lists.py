"""A list of a source in a contract: how its file is read, its layouts, and what its rows state."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from pei_graph.contract.parts import Fact, Part, Person, Relationship, Texts, Value


class Reader(Part):
    """How the delivered file is read."""

    format: Literal["csv", "xlsx", "xml", "parquet", "json", "sqlite", "access", "sql"] = "csv"
    delimiter: str = ","
    quote: str = '"'
    encoding: Texts = ("utf-8",)
    header_row: int = Field(1, ge=1, description="Line or sheet row that holds the column names.")
    columns: Texts = Field(
        (), description="Column names of a file that holds none; its rows begin at `header_row`."
    )
    not_rows: Texts = Field(
        (), description="Regexes of the first filled cell of lines that are no rows: '^Total'."
    )
    sheet: Texts = Field((), description="Sheets to read, by name or glob; all if empty.")
    table: str | None = Field(None, description="Table of a SQLite or Access file.")
    query: str | None = Field(None, description="SELECT for a database delivery.")
    url_variable: str | None = Field(
        None, description="Environment variable with the database's SQLAlchemy URL."
    )
    record: str | None = Field(
        None,
        description="XML or JSON path of the repeated element, such as Message/Children/Child.",
    )
    clean: Texts = Field((), description="Regexes removed from every cell, such as '^[a-z]\\) '.")
    replace: dict[str, str] = Field({}, description="Regex to what stands for it in every cell.")

    @field_validator("not_rows")
    @classmethod
    def _are_patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error:
                raise ValueError(f"the pattern {pattern} is no regular expression") from None
        return patterns


class DeliveredOn(Part):
    """How the file name, or an XML file itself, tells the delivery's date.

    Where neither does, the day counts on which the file was last changed.
    """

    pattern: str = Field("", description="Regex with groups year and month, day or term.")
    month_day: str = Field(
        "12-31", description="The day meant by a name that gives a year only, as month-day."
    )
    path: str | None = Field(
        None, description="XML path of a date (YYYY-MM-DD) before the records; it goes first."
    )
    terms: dict[str, str] = Field({}, description="Term name to month-day, such as autumn: 12-31.")


class Constant(Part):
    """A column that the file's name or date gives, the same in every row of a delivery.

    In YAML a bare regex is short for ``{pattern: regex}``; its one group is the value. With
    ``terms`` the regex has groups ``year`` and ``term`` and the value is a date, such as
    2024-09-01 for 2024_autumn where ``terms`` has ``autumn: 09-01``.
    """

    pattern: str = ""
    terms: dict[str, str] = Field({}, description="Term name to month-day.")
    delivered_on: bool = Field(False, description="The value is the delivery's date.")


def _as_constant(value: Any) -> Any:
    return {"pattern": value} if isinstance(value, str) else value


AConstant = Annotated[Constant, BeforeValidator(_as_constant)]


class Layout(Part):
    """A layout that differs from the others of its list, and how to recognise it."""

    id: str
    has: Texts = ()
    lacks: Texts = ()
    rename: dict[str, str] = Field({}, description="Delivered name to canonical name.")
    absent: Texts = Field((), description="Canonical columns that this layout does not have.")


class Expect(Part):
    """What a sound delivery looks like; outside it a warning is raised, with the reason."""

    rows: tuple[int, int] | None = None
    filled: dict[str, float] = Field({}, description="Column to least share of filled cells.")
    why: str


class SourceList(Part):
    """One kind of file, sheet or table of a source."""

    title: str
    files: Texts = Field((), description="Globs matched against the path, case ignored.")
    reader: Reader = Reader()
    mode: Literal["snapshot", "append"] = "snapshot"
    """``snapshot``: each delivery replaces the last; ``append``: each adds to the others."""
    unique: bool = Field(False, description="A second row with one key is quarantined.")
    delivered_on: DeliveredOn | None = None
    headers: dict[str, Texts] = Field({}, description="Canonical column to its other spellings.")
    optional: Texts = Field((), description="Columns that a delivery may lack.")
    layouts: tuple[Layout, ...] = ()
    required: Texts = Field((), description="Columns that every row must fill, or be quarantined.")
    constants: dict[str, AConstant] = Field(
        {}, description="Extra columns taken from the file's name or date."
    )
    people: tuple[Person, ...] = Field(min_length=1)
    facts: tuple[Fact, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    ignore: dict[str, str] = Field({}, description="Column to the reason it is not used.")
    expect: Expect | None = None
    transform: str | None = Field(None, description="Module of loaders.transforms, for odd files.")

    def values(self) -> Iterator[Value]:
        """Yield every value this list reads, wherever it stands."""
        for part in (*self.people, *self.facts, *self.relationships):
            yield from _values(part)

    def columns(self) -> frozenset[str]:
        """Return the canonical columns that this list uses, without the ignored ones."""
        used = {column for value in self.values() for column in value.from_}
        used.update(column for person in self.people for column in person.key)
        conditional: tuple[Person | Fact | Relationship, ...] = (
            *self.people, *self.facts, *self.relationships,
        )  # fmt: skip
        for part in conditional:
            used.update(condition.column for condition in part.when)
        for fact in self.facts:
            if fact.combine:
                used.update({fact.combine.column, fact.combine.number})
        return frozenset((used | set(self.required)) - set(self.constants))


def _values(part: object) -> Iterator[Value]:
    if isinstance(part, Value):
        yield part
    elif isinstance(part, Part):
        for name in type(part).model_fields:
            yield from _values(getattr(part, name))
    elif isinstance(part, dict):
        for inner in part.values():
            yield from _values(inner)
