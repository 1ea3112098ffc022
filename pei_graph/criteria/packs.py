"""A pack: the criteria of one programme and year, its areas, its rules and its weights.

In: ``pack.yml`` and the ``.cypher`` files beside it. Out: a :class:`Pack`. Whatever does not agree
(a criterion without weight, an unknown area, a misspelt key) is an error before anything is asked.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

import cypher
from pei_graph.contract import vocabulary
from pei_graph.errors import CriterionError, Place
from pei_graph.graph import OWN, Header, Query, read_query
from pei_graph.graph.queries import said
from pei_graph.yml import read_yml

RETURNS = ["subject", "state", "since", "value", "evidence"]

NAMED = re.compile(r"[(\[]\s*\w*\s*:\s*(\w+(?:\s*[|:]\s*\w+)*)")
"""Labels and types where a pattern names them."""

BETWEEN = re.compile(r"\s*[|:]\s*")
"""What stands between several of them."""

ANY = re.compile(r"--|-\s*\[\s*\w*\s*[\]{*]|\[[^\[\]]*\*[^\[\]]*\]\s*-")
"""A relationship of any type, or of any length."""


class Part(BaseModel):
    """Base of every part of a pack: fixed once read, unknown keys forbidden."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CriterionHeader(Header):
    """What a criterion's header says besides its parameters and columns."""

    why: str
    area: str
    subject: Literal["person", "family"]
    evidence: tuple[str, ...] = Field(min_length=1)
    """Involvement types that can evidence it: a source that states one is a source for it."""
    reach: Literal["own", "all"] = "all"
    """``own`` promises that whom it finds, and what of them, is made of nothing but the person,
    what the person is involved in and the records that are or may be theirs: a refresh asks it of
    those alone of whom any of that differs. It names no other label or type, and none twice."""
    because: dict[Literal["met", "cusp"], str] = Field(min_length=1)
    """A sentence a state; ``{value}``, ``{since}`` and the parameters' names are filled in."""
    owner: str
    checked_by: str
    next_review: date

    @model_validator(mode="after")
    def _returns_a_finding(self) -> "CriterionHeader":
        if list(self.returns) != RETURNS:
            raise ValueError(f"a criterion returns {RETURNS}")
        if "as_of" not in self.parameters:
            raise ValueError("a criterion takes `as_of`")
        return self


Criterion = Query[CriterionHeader]


class Points(Part):
    """Points that a reason adds, and from which figure on."""

    points: int = Field(ge=0)
    least: float | None = None
    most: float | None = None


class Recent(Part):
    """Points for what began, or last happened, within so many months."""

    points: int = Field(ge=0)
    months: int = Field(ge=1)


class Growing(Recent):
    """Points where more happened in the last months than in as many before."""

    criteria: tuple[str, ...]


class Priority(Part):
    """The weights from which a family's priority is added up."""

    met: dict[str, int]
    cusp: int
    several_members: Points
    severe: dict[str, Points]
    recent: Recent
    growing: Growing

    def criteria(self) -> set[str]:
        """Return every criterion that is named."""
        return {*self.met, *self.severe, *self.growing.criteria}


class Areas(Part):
    """So many problem areas."""

    areas: int = Field(ge=0)


class Rules(Part):
    """What ``pack.yml`` says."""

    id: str
    title: str
    source: str
    areas: tuple[str, ...] = Field(min_length=1)
    eligible: Areas
    non_resident_parent: Areas
    figures: dict[str, dict[str, Any]] = {}
    priority: Priority


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack's rules and its criteria, which agree."""

    rules: Rules
    criteria: tuple[Criterion, ...]


def read_packs(folders: Sequence[Path] = ()) -> tuple[Pack, ...]:
    """Return every pack, packaged and in ``folders``, ordered by id.

    A folder holds one folder a pack. Raises ``CriterionError``.
    """
    places: tuple[Path | Traversable, ...] = (cypher.ROOT / "criteria", *folders)
    packs = {
        pack.rules.id: pack
        for place in places
        for folder in place.iterdir()
        if folder.is_dir() and (folder / "pack.yml").is_file()
        for pack in [read_pack(folder)]
    }
    return tuple(packs[name] for name in sorted(packs))


def read_pack(folder: Path | Traversable) -> Pack:
    """Return the pack in a folder, its parts checked against each other.

    Raises ``CriterionError`` naming the file and what is wrong.
    """
    rules = _rules(folder / "pack.yml")
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".cypher")),
        key=lambda file: file.name,
    )
    criteria = tuple(_with_figures(read_query(file, CriterionHeader), rules) for file in files)
    if problems := list(_contradictions(rules, criteria)):
        raise CriterionError(
            f"The pack {rules.id} contradicts itself: " + "; ".join(problems),
            where=Place(file="pack.yml"),
        )
    return Pack(rules, criteria)


def _rules(file: Path | Traversable) -> Rules:
    try:
        return Rules.model_validate(read_yml(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        problems = "; ".join(said(error))
    # Raised out here: chained to ours, pydantic's error and the frames it holds are never freed.
    raise CriterionError(f"The pack is wrong: {problems}", where=Place(file=file.name))


def _with_figures(criterion: Criterion, rules: Rules) -> Criterion:
    figures = rules.figures.get(criterion.header.id, {})
    declared = criterion.header.parameters
    if unknown := sorted(set(figures) - {n for n, p in declared.items() if not p.given}):
        raise CriterionError(
            f"The pack sets figures {unknown} that {criterion.header.id} does not take",
            where=Place(file="pack.yml"),
        )
    changed = {name: declared[name].with_number(figure) for name, figure in figures.items()}
    header = criterion.header.model_copy(update={"parameters": {**declared, **changed}})
    return Query(header, criterion.text)


def _contradictions(rules: Rules, criteria: Sequence[Criterion]) -> Iterator[str]:
    ids = {criterion.header.id for criterion in criteria}
    named = {*rules.priority.criteria(), *rules.figures}
    yield from (f"there is no criterion {name}" for name in sorted(named - ids))
    yield from (f"{name} has no points" for name in sorted(ids - set(rules.priority.met)))
    known = vocabulary().areas
    yield from (f"there is no area {area}" for area in rules.areas if area not in known)
    for criterion in criteria:
        if further := _beyond(criterion):
            yield f"{criterion.header.id} reaches its own alone and names {further}"
        if criterion.header.area not in rules.areas:
            yield f"the area of {criterion.header.id} is none of the pack's"


def _beyond(criterion: Criterion) -> list[str]:
    """Return what a criterion names beyond a person's own, though it says it reaches no more."""
    if criterion.header.reach == "all":
        return []
    named = Counter(name for each in NAMED.findall(criterion.text) for name in BETWEEN.split(each))
    further = {name for name, times in named.items() if name not in OWN or times > 1}
    untyped = {"a relationship of any type or length"} if ANY.search(criterion.text) else set()
    of_families = {"families"} if criterion.header.subject == "family" else set()
    return sorted(further | untyped | of_families)
