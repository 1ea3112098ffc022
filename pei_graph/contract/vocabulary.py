"""The types of facts and relationships that contracts and criteria share."""

from functools import cache

from pydantic import Field

from loaders import VOCABULARY
from pei_graph.contract.parts import Part
from pei_graph.yml import read_yml


class Term(Part):
    """A type of involvement or relationship: its title, problem area and inverse."""

    title: str
    area: str | None = None
    inverse: str | None = None
    momentary: bool = False
    """It happens on a day and is over: without an end date it is not still going on."""
    one_at_a_time: bool = False
    """Nobody is in two at once: what one source has open, another may know to have ended."""
    codes: dict[str, str] = Field({})
    """What codes mean that sources give as its status or detail; they stay as they came."""


class Vocabulary(Part):
    """The types that contracts and criteria share."""

    involvements: dict[str, Term]
    relationships: dict[str, Term]
    areas: dict[str, str]


@cache
def vocabulary() -> Vocabulary:
    """Return the packaged vocabulary, read once."""
    return Vocabulary.model_validate(read_yml(VOCABULARY.read_text(encoding="utf-8")))
