"""What a search found, as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pei_graph.explain.words import scheme
from pei_graph.graph.search import Found, Hit, find
from webapp.format import day, plural, source_titles
from webapp.reads.person import heir
from webapp.runs import about_sources, sight

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Results:
    """Persons and families found, best first, and how the words typed were understood."""

    understood: tuple[str, ...]
    people: tuple[Row, ...]
    families: tuple[Row, ...]
    titles: Mapping[str, str]
    more: bool

    @property
    def found(self) -> str:
        """Return how many were found, in words: a name points to people, not to families."""
        kinds = (
            plural(len(self.families), "family", "families") if self.families else "",
            plural(len(self.people), "person", "people") if self.people else "",
        )
        return " and ".join(filter(None, kinds)) or "Nobody was"

    @property
    def ids(self) -> list[str]:
        """Return every id shown."""
        people = [row["person_id"] for row in self.people]
        return people + [row["family_id"] for row in self.families]


def search(typed: str) -> Results:
    """Return what the user may see of what ``typed`` points to; an old id points to its heir."""
    seen = sight()
    typed = heir(typed.strip().upper()) or typed
    with seen.asking() as con:
        found = find(con, seen.names, typed)
    return Results(
        understood=tuple(_understood(found)),
        people=_described(found.hits, "person"),
        families=_described(found.hits, "family"),
        titles=source_titles(about_sources()),
        more=found.more,
    )


def _described(hits: Sequence[Hit], kind: str) -> tuple[Row, ...]:
    wanted = {hit.id: hit for hit in hits if hit.kind == kind}
    if not wanted:
        return ()
    question, key = {
        "person": ("people_found", "person_id"),
        "family": ("families_found", "family_id"),
    }[kind]
    rows = {row[key]: row for row in sight().rows(question, {"ids": list(wanted)})}
    return tuple(
        {**rows[key], "matched": [scheme(name) for name in hit.matched], "score": hit.score}
        for key, hit in wanted.items()
        if key in rows
    )


def _understood(found: Found) -> list[str]:
    """Return in words what was looked for: nothing where nothing that was typed can be."""
    terms = found.terms
    if not terms.says_something:
        ids = sorted({name for hit in found.hits for name in hit.matched})
        return [scheme(name) for name in ids]
    parts = {
        "name": " ".join(terms.names),
        "born": day(terms.birth_date) if terms.birth_date else str(terms.birth_year or ""),
        "postcode": terms.postcode,
        "address": f"{terms.house} {terms.street}".strip(),
    }
    return [f"{what} {value}" for what, value in parts.items() if value]
