"""Explanations as pages show them: of what the reader may see, with sources by their titles."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
from flask import abort

from pei_graph.explain import (
    Apart,
    NothingToExplain,
    PairExplanation,
    PersonExplanation,
    explain_apart,
    explain_pair,
    explain_person,
    tell_apart,
    tell_pair,
    tell_person,
)
from webapp.format import full_name, source_titles
from webapp.reads.review import seen_concerning
from webapp.runs import about_sources, ask, sight

Titles = Mapping[str, str]
Names = Mapping[str, str]
"""What people are called, by their ids."""


@dataclass(frozen=True, slots=True)
class ExplainedPair:
    """A pair of records with its sentences."""

    pair: PairExplanation
    sentences: tuple[str, ...]
    titles: Titles
    names: Names


@dataclass(frozen=True, slots=True)
class ExplainedPerson:
    """A person with the sentences of how they were built."""

    person: PersonExplanation
    sentences: tuple[str, ...]
    titles: Titles
    names: Names


@dataclass(frozen=True, slots=True)
class ExplainedApart:
    """Two persons with the sentences of why they are not one."""

    apart: Apart
    sentences: tuple[str, ...]
    titles: Titles
    names: Names


@contextmanager
def _explaining() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection that shows what the reader may see; what it does not show is not found."""
    with sight().explaining() as con:
        try:
            yield con
        except NothingToExplain:
            abort(404)


def _names(persons: Iterable[str]) -> Names:
    return {each: full_name(ask("person", person_id=each)[0]) for each in persons}


def read_pair(one: str, other: str) -> ExplainedPair:
    """Return why two records that the reader may see are one person or not."""
    titles = source_titles(about_sources())
    with _explaining() as con:
        pair = explain_pair(con, one, other, judged=seen_concerning)
    return ExplainedPair(pair, tell_pair(pair, titles), titles, _names(pair.persons))


def read_built(asked: str) -> ExplainedPerson:
    """Return how a person, or the person of a record, was built."""
    titles = source_titles(about_sources())
    with _explaining() as con:
        person = explain_person(con, asked, judged=seen_concerning)
    return ExplainedPerson(person, tell_person(person, titles), titles, _names([person.person_id]))


def read_apart(one: str, other: str) -> ExplainedApart:
    """Return why two persons that the reader may see are not one."""
    titles = source_titles(about_sources())
    with _explaining() as con:
        apart = explain_apart(con, one, other, judged=seen_concerning)
    return ExplainedApart(apart, tell_apart(apart, titles), titles, _names(apart.persons))
