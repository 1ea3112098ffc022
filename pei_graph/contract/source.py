"""A whole contract: one source system, which must agree with itself."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date

from pydantic import Field, field_validator, model_validator

from pei_graph.contract.lists import SourceList
from pei_graph.contract.parts import Part, Texts
from pei_graph.contract.vocabulary import Term

IDENTIFIER = re.compile(r"^[a-z][a-z0-9_]*$")


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
    key_digits: int | None = Field(
        None,
        ge=2,
        le=40,
        description="How many digits a number in a key has: one of fewer has lost zeros before it."
        " Not given, zeros tell keys apart.",
    )
    trust: int = Field(
        50, ge=0, le=100, description="Which spelling to show first when they differ."
    )
    dates: Texts = Field(("%d/%m/%Y",), description="Date formats of every list, tried in order.")
    missing: Texts = Field((), description="Cells that mean 'nothing given', case ignored.")
    placeholder_dates: Texts = Field((), description="Dates (YYYY-MM-DD or MM-DD) for 'not known'.")
    births_from: date = Field(
        date(1850, 1, 1), description="Dates of birth before it are slips of the keyboard."
    )
    unborn: bool = Field(
        False,
        description="Children are on record before birth: a date of birth within 280 days after the"
        " delivery is the day on which one is expected.",
    )
    postcodes: str | None = Field(
        None, description="Regex of another country's postcodes; British ones are always known."
    )
    codes: dict[str, dict[str, str]] = Field({}, description="Code table: spelling to meaning.")
    terms: dict[str, Term] = Field({}, description="Involvement types of this source alone.")
    evidences: tuple[str, ...] = Field((), description="Criteria (ids) its fields can evidence.")
    lists: dict[str, SourceList] = Field(min_length=1)

    def digest(self) -> str:
        """Return a digest of all that the contract says, in whatever words its file says it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

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
