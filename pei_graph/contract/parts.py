"""The smallest parts of a contract: values, people, facts and relationships that a row states."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

FIELDS = frozenset(
    {
        "forename", "middle_names", "surname", "known_as", "former_surname", "preferred_surname",
        "name", "former_name", "birth_date", "birth_year", "sex", "ethnicity", "case_family",
        "birth_place", "occupation",
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
    kind: AValue | None = Field(
        None,
        description="Coded to dwelling, communal or placement (others' home, where the council"
        " placed the person); else inferred.",
    )


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
