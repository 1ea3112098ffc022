"""Why two records are one person, or not, and how a person was built, in words and numbers.

In: a run's tables. Out: explanations made only of what the run wrote down, so that they can be
checked by adding up; nothing is scored again here.
"""

from dataclasses import dataclass
from typing import Any

import duckdb

from pei_graph.errors import PeiError

COMPARISONS = (
    "identifier", "forename", "surname", "birth_date", "sex", "address", "household", "age_band",
)  # fmt: skip

NO_TWIN = "+no_twin"
"""In a match key: two names of one birth date at one home are taken for one person's."""


class NothingToExplain(PeiError):  # noqa: N818  # reads as what is true
    """The id asked about is not in the current run."""

    exit_code = 9


@dataclass(frozen=True, slots=True)
class PairExplanation:
    """One pair of records: from the prior to the final weight, in bits."""

    record_l: str
    record_r: str
    sentences: tuple[str, ...]
    prior: float | None = None
    bits: tuple[tuple[str, float], ...] = ()
    weight: float | None = None
    probability: float | None = None
    match_key: str = ""
    state: str = "never compared"


@dataclass(frozen=True, slots=True)
class PersonExplanation:
    """One person: the records that make them up, and what holds each one in."""

    person_id: str
    sentences: tuple[str, ...]
    records: tuple[dict[str, Any], ...]
    possible: tuple[dict[str, Any], ...]


def explain_pair(con: duckdb.DuckDBPyConnection, left: str, right: str) -> PairExplanation:
    """Return why two records are, or are not, one person.

    Raises ``NothingToExplain`` where the run holds no such record.
    """
    record_l, record_r = sorted((left, right))
    persons = _persons_of(con, record_l, record_r)
    link = _link(con, record_l, record_r)
    if link is None:
        return PairExplanation(record_l, record_r, _never_compared(persons))
    bits = tuple((name, link["bits"][name]) for name in COMPARISONS if link["bits"][name])
    return PairExplanation(
        record_l,
        record_r,
        _verdict(link, persons),
        prior=link["weight"] - sum(value for _, value in bits),
        bits=bits,
        weight=link["weight"],
        probability=link["probability"],
        match_key=link["match_key"],
        state=link["state"],
    )


def explain_person(con: duckdb.DuckDBPyConnection, asked: str) -> PersonExplanation:
    """Return the records that make up a person, weakest held last, and those that may.

    ``asked`` is a person's id, or the id of a record, whose person is then explained. Raises
    ``NothingToExplain`` where the run holds neither.
    """
    person_id = _persons_of(con, asked)[asked] if ":" in asked else asked
    members = _rows(
        con,
        """
        SELECT m.record_id, r.source, m.state, m.probability, m.weakest_link, m.match_key
        FROM members m
        JOIN records r USING (record_id)
        WHERE m.person_id = ?
        ORDER BY m.weakest_link DESC NULLS FIRST, m.record_id
        """,
        person_id,
    )
    if not members:
        raise NothingToExplain(
            f"There is no person {person_id} in the current run", do="Search for the person again"
        )
    accepted = tuple(row for row in members if row["state"] == "accepted")
    possible = tuple(row for row in members if row["state"] != "accepted")
    return PersonExplanation(person_id, _how_built(accepted, possible), accepted, possible)


def _rows(con: duckdb.DuckDBPyConnection, query: str, *values: str) -> list[dict[str, Any]]:
    answer = con.execute(query, list(values))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _persons_of(con: duckdb.DuckDBPyConnection, *records: str) -> dict[str, str]:
    query = "SELECT person_id FROM members WHERE state = 'accepted' AND record_id = ?"
    persons = {}
    for record in records:
        found = _rows(con, query, record)
        if not found:
            raise NothingToExplain(
                f"There is no record {record} in the current run",
                do="A record id is source:key, as the person page shows it",
            )
        persons[record] = str(found[0]["person_id"])
    return persons


def _link(con: duckdb.DuckDBPyConnection, record_l: str, record_r: str) -> dict[str, Any] | None:
    query = "SELECT * FROM links WHERE record_l = ? AND record_r = ?"
    found = _rows(con, query, record_l, record_r)
    return found[0] if found else None


def _outcome(persons: dict[str, str]) -> str:
    ids = sorted(set(persons.values()))
    if len(ids) == 1:
        return f"Both records belong to person {ids[0]}."
    return f"The records belong to two persons, {ids[0]} and {ids[1]}."


def _never_compared(persons: dict[str, str]) -> tuple[str, ...]:
    why = (
        "The two records share no identifier and none of the combinations of name, date of birth"
        " and address that would bring them up for comparison, or scored below the review floor."
    )
    if len(set(persons.values())) == 1:
        why = "The two records are joined through other records, not by a comparison of their own."
    return (_outcome(persons), why)


def _verdict(link: dict[str, Any], persons: dict[str, str]) -> tuple[str, ...]:
    by = "an identifier they share" if link["reason"] == "identifier" else "the linkage model"
    said = [
        _outcome(persons),
        f"The pair was brought together by {by} and is {link['state']}: {link['match_key']}.",
        f"Its weight is {link['weight']:.1f} bits, a probability of {link['probability']:.4f}.",
    ]
    if NO_TWIN in link["match_key"].split():
        said.append(
            "The forenames differ, but no system that knows this home holds two people of that"
            " date of birth there, as those that know twins mostly do: one person of two names."
        )
    if link["veto"]:
        said.append(f"A veto stands against the pair: {link['veto'].replace('_', ' ')}.")
    return tuple(said)


def _how_built(
    accepted: tuple[dict[str, Any], ...], possible: tuple[dict[str, Any], ...]
) -> tuple[str, ...]:
    sources = {row["source"] for row in accepted}
    said = [f"Built from {len(accepted)} records of {len(sources)} systems."]
    links = [row["weakest_link"] for row in accepted if row["weakest_link"] is not None]
    if links:
        said.append(f"The weakest link that holds a record in has {min(links):.1f} bits.")
    if possible:
        said.append(f"{len(possible)} more records may belong and await review.")
    return tuple(said)
