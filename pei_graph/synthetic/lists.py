"""The name and place lists, read from ``data/`` and ready to draw from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from pei_graph.yml import read_yml

SKEW = 1.7
"""Power put on a uniform draw, so that names early in a list are common and late ones rare."""


@dataclass(frozen=True)
class Tradition:
    """How one tradition names people; the keys are explained at the head of ``names.yml``."""

    name: str
    share: float
    ethnicity: Sequence[str]
    surnames: str
    female: Sequence[str]
    male: Sequence[str]
    surnames_list: Sequence[str]
    nicknames: Mapping[str, Sequence[str]]
    variants: Mapping[str, Sequence[str]]
    wives_take: float = 0.0
    double_barrelled: float = 0.0
    elders_female: Sequence[str] = ()
    elders_male: Sequence[str] = ()
    surname_starts: Sequence[str] = ()
    surname_ends: Sequence[str] = ()
    own_female: Sequence[str] = ()
    middle_female: str = ""
    middle_male: str = ""
    middle_as_surname: float = 0.0
    family_first: float = 0.0
    new_year: float = 0.0
    english_names: float = 0.0
    english_female: Sequence[str] = ()
    english_male: Sequence[str] = ()
    single_names: float = 0.0


@dataclass(frozen=True)
class Places:
    """Towns, streets, schools and workers of the invented council."""

    council: str
    towns: Sequence[str]
    outside_towns: Sequence[str]
    street_names: Sequence[str]
    street_kinds: Sequence[str]
    street_short: Mapping[str, str]
    communal: Mapping[str, Sequence[str]]
    schools: Sequence[str]
    primary_schools: float
    children_centres: Sequence[str]
    workers: Sequence[str] = field(default_factory=list)


def _data(file: str) -> dict[str, Any]:
    found = resources.files("pei_graph.synthetic").joinpath("data", file)
    return dict(read_yml(found.read_text(encoding="utf-8")))


@cache
def traditions() -> tuple[Tradition, ...]:
    """Return every naming tradition."""
    return tuple(Tradition(name=name, **keys) for name, keys in _data("names.yml").items())


@cache
def places() -> Places:
    """Return the council's places."""
    return Places(**_data("places.yml"))


def draw_tradition(rng: Random) -> Tradition:
    """Return a tradition, drawn by its share of families."""
    known = traditions()
    return rng.choices(known, weights=[tradition.share for tradition in known])[0]


def draw(pool: Sequence[str], rng: Random) -> str:
    """Return an entry, the early ones more often (see ``SKEW``)."""
    return pool[int(len(pool) * rng.random() ** SKEW)]


@cache
def annex_a_headings() -> dict[str, list[str]]:
    """Return the headings of Annex A's sheets, by sheet."""
    return {sheet: list(headings) for sheet, headings in _data("annex_a.yml").items()}
