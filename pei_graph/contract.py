"""A source contract, read and checked: how one system's files become records and facts.

In: a YAML file. Out: a :class:`Contract`. Unknown keys are refused, so that a misspelt key cannot
pass for a rule. Nothing here reads a delivery. ``loaders/README.md`` shows the language by example.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from loaders import CONTRACTS, VOCABULARY
from pei_graph.errors import ContractError, Place

IDENTIFIER = re.compile(r"^[a-z][a-z0-9_]*$")

FIELDS = frozenset(
    {
        "forename", "middle_names", "surname", "known_as", "former_surname", "preferred_surname",
        "name", "former_name", "birth_date", "birth_year", "sex", "ethnicity", "case_family",
    },
)  # fmt: skip
"""Standard fields of a person that a contract may fill; ``name`` is a whole name in one cell."""


class Part(BaseModel):
    """Base of every part of a contract: fixed once read, unknown keys forbidden."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class Value(Part):
    """How one value is read from a row. In YAML a bare text is short for ``{from: text}``."""

    from_: Texts = Field((), alias="from", description="Column or columns, canonical names.")
    take: Literal["first", "join"] = "first"
    """Of several columns: the first that is filled, or all filled ones joined by ``separator``."""
    separator: str = ", "
    constant: str | None = None
    codes: str | None = Field(None, description="Name of a code table under `codes`.")
    format: Texts = Field((), description="Date formats (strptime), instead of the contract's own.")
    pattern: str | None = Field(None, description="Regex; its first group is the value.")
    order: Literal["forename surname", "surname, forename", "surname forename"] | None = None
    """How a whole name in one cell is written."""

    @model_validator(mode="after")
    def _one_origin(self) -> "Value":
        if bool(self.from_) == (self.constant is not None):
            raise ValueError("a value needs either `from` or `constant`")
        return self


def _as_value(value: Any) -> Any:
    return {"from": value} if isinstance(value, str | list) else value


AValue = Annotated[Value, BeforeValidator(_as_value)]


class Condition(Part):
    """A row counts only where the column holds one of ``is`` or a filled value; all must hold."""

    column: str
    is_: Texts = Field((), alias="is")
    is_not: Texts = ()
    filled: bool | None = None


class Address(Part):
    """Where a record's person lives or lived, as this list says."""

    line: AValue | None = None
    postcode: AValue | None = None
    uprn: AValue | None = None
    from_date: AValue | None = None
    to_date: AValue | None = None
    kind: AValue | None = Field(None, description="Coded to dwelling or communal; else inferred.")


class Person(Part):
    """One person a row speaks of. A row with a parent and a child has two."""

    role: str
    key: Texts = Field(description="Columns that together are the source's key for the person.")
    fields: dict[str, AValue] = {}
    identifiers: dict[str, AValue] = {}
    address: Address | None = None
    age: tuple[int, int] | None = Field(None, description="Youngest and oldest the role allows.")
    sealed: AValue | None = None
    when: tuple[Condition, ...] = ()

    @field_validator("fields")
    @classmethod
    def _known_fields(cls, fields: dict[str, Value]) -> dict[str, Value]:
        if unknown := sorted(set(fields) - FIELDS):
            raise ValueError(f"unknown fields {unknown}; known are {sorted(FIELDS)}")
        return fields


class Fact(Part):
    """An involvement that a row states about a person of the row."""

    type: str
    about: str = Field(description="Role of the person it is about.")
    role: AValue | None = Field(None, description="Part played: victim, suspect, tenant ...")
    event: AValue | None = Field(None, description="Id of the happening, shared between persons.")
    from_date: AValue | None = None
    to_date: AValue | None = None
    status: AValue | None = None
    detail: AValue | None = None
    value: AValue | None = None
    total: AValue | None = None
    unauthorised: AValue | None = None
    worker: AValue | None = None
    telephone: AValue | None = None
    when: tuple[Condition, ...] = ()
    combine: "Combine | None" = None


class Combine(Part):
    """Rows of one person and period are added up, each code of ``column`` into its sums.

    The School Census gives one row per attendance code: ``into`` says which codes count as
    attended (``value``), as possible (``total``) and as ``unauthorised``.
    """

    column: str
    number: str
    into: dict[Literal["value", "total", "unauthorised"], tuple[str, ...]]


class Relationship(Part):
    """A row states that the person in role ``person`` is <kind> of the one in role ``of``."""

    person: str
    of: str
    kind: AValue
    from_date: AValue | None = None
    to_date: AValue | None = None
    when: tuple[Condition, ...] = ()


class Reader(Part):
    """How the delivered file is read."""

    format: Literal["csv", "xlsx", "xml", "parquet", "json", "sqlite", "access", "sql"] = "csv"
    delimiter: str = ","
    quote: str = '"'
    encoding: Texts = ("utf-8",)
    header_row: int = Field(1, ge=1, description="Line or sheet row that holds the column names.")
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


class DeliveredOn(Part):
    """How the file name tells the delivery's date; else the file's own date counts."""

    pattern: str = Field(description="Regex with groups year and month, day or term.")
    terms: dict[str, str] = Field({}, description="Term name to month-day, such as autumn: 12-31.")


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
    constants: dict[str, str] = Field(
        {}, description="Extra columns taken from the file name: column to regex with one group."
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


class Term(Part):
    """A type of involvement or relationship: its title and problem area or inverse."""

    title: str
    area: str | None = None
    inverse: str | None = None


class Vocabulary(Part):
    """The types that contracts and criteria share."""

    involvements: dict[str, Term]
    relationships: dict[str, Term]
    areas: dict[str, str]


class Freshness(Part):
    """What a reader of the pages should know about a source's reach and age."""

    every: str = Field(description="How often it is refreshed, in words.")
    since: str = Field(description="How far back it goes, in words.")
    covers: str = Field(description="Which area or people it covers, in words.")


class Contact(Part):
    """Whom to ring about the source's cases."""

    team: str
    telephone: str = ""


class Contract(Part):
    """One source system: its lists, codes, and what the programme can learn from it."""

    id: str
    title: str
    agency: str
    owner: str
    contact: Contact
    freshness: Freshness
    key_scheme: str | None = Field(
        None, description="Identifier scheme of the source's own key, where other systems quote it."
    )
    trust: int = Field(
        50, ge=0, le=100, description="Which spelling to show first when they differ."
    )
    dates: Texts = Field(("%d/%m/%Y",), description="Date formats of every list, tried in order.")
    missing: Texts = Field((), description="Cells that mean 'nothing given', case ignored.")
    placeholder_dates: Texts = Field((), description="Dates (YYYY-MM-DD or MM-DD) for 'not known'.")
    codes: dict[str, dict[str, str]] = Field({}, description="Code table: spelling to meaning.")
    terms: dict[str, Term] = Field({}, description="Involvement types of this source alone.")
    evidences: tuple[str, ...] = Field((), description="Criteria (ids) its fields can evidence.")
    lists: dict[str, SourceList] = Field(min_length=1)

    @field_validator("id")
    @classmethod
    def _plain_id(cls, value: str) -> str:
        if not IDENTIFIER.match(value):
            raise ValueError("an id is lower-case letters, digits and underscores")
        return value

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "Contract":
        if problems := list(self._contradictions()):
            raise ValueError("; ".join(problems))
        return self

    def _contradictions(self) -> Iterator[str]:
        for list_id, source_list in self.lists.items():
            where = f"lists.{list_id}"
            if not IDENTIFIER.match(list_id):
                yield f"{where}: an id is lower-case letters, digits and underscores"
            roles = [person.role for person in source_list.people]
            yield from (f"{where}: role {r} stands twice" for r in roles if roles.count(r) > 1)
            named = {fact.about for fact in source_list.facts}
            named |= {r for rel in source_list.relationships for r in (rel.person, rel.of)}
            yield from (f"{where}: no person has role {r}" for r in sorted(named - set(roles)))
            asked = {value.codes for value in source_list.values() if value.codes}
            yield from (f"{where}: no code table {c}" for c in sorted(asked - set(self.codes)))
            both = source_list.columns() & set(source_list.ignore)
            yield from (f"{where}: column {c} is used and ignored" for c in sorted(both))


def vocabulary() -> Vocabulary:
    """Return the packaged vocabulary."""
    return Vocabulary.model_validate(yaml.safe_load(VOCABULARY.read_text(encoding="utf-8")))


def read_contract(file: Path | Traversable) -> Contract:
    """Return the contract in a file.

    Raises ``ContractError`` naming the file, the key and what is wrong with it.
    """
    where = Place(file=file.name)
    try:
        contract = Contract.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        raise ContractError(
            "The contract is not valid YAML",
            where=Place(file=file.name, row=row),
            do="Check the indentation and the quotes at and above that line",
        ) from error
    except ValidationError as error:
        raise ContractError(
            "The contract is wrong: " + "; ".join(_plain(error)),
            where=where,
            do="See loaders/README.md for the keys a contract may have",
        ) from error
    _check_types(contract, where)
    return contract


def _plain(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False):
        at = ".".join(str(step) for step in problem["loc"])
        yield f"{at}: {problem['msg']}" if at else str(problem["msg"])


def _check_types(contract: Contract, where: Place) -> None:
    known = set(vocabulary().involvements) | set(contract.terms)
    types = {fact.type for source_list in contract.lists.values() for fact in source_list.facts}
    if unknown := sorted(types - known):
        raise ContractError(
            f"The contract uses unknown involvement types {unknown}",
            where=where,
            do="Use a type of loaders/vocabulary.yml or declare it under `terms`",
        )


def read_contracts(folders: Sequence[Path] = ()) -> dict[str, Contract]:
    """Return every contract, packaged and in ``folders``, by source id.

    A contract in a later folder replaces one of the same id before it, so a council can adapt a
    packaged contract without touching the product. Raises ``ContractError``.
    """
    places: Iterable[Path | Traversable] = (CONTRACTS, *folders)
    contracts: dict[str, Contract] = {}
    for place in places:
        if not place.is_dir():
            raise ContractError(f"There is no contracts folder {place}", do="Check --contracts")
        for file in sorted(place.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith((".yml", ".yaml")):
                contract = read_contract(file)
                contracts[contract.id] = contract
    return contracts
