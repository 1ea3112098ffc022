"""What the records of one person say against their being one person.

In: the records of a person. Out: for each thing of which a human being has one, what the records
say where they say different things, and the pairs that may not be joined for themselves, with what
outweighed that.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pei_graph.explain import words
from pei_graph.explain.reading import Connection, Row, ask, ask_as_written, gather

ONE_EACH = ("upn", "nhs_number", "nino", "uln")
"""Schemes that give a human being one number for life, or nearly; the systems' own ids are given
again when somebody comes back."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing on which records of a person contradict each other."""

    kind: str
    """``birth_date``, ``sex``, a scheme of identifiers, or ``veto``."""
    title: str
    said: tuple[tuple[str, tuple[str, ...]], ...]
    """Each thing said, with the records that say it; for a veto the pair and what forbids it."""
    why: str = ""
    """Why they are one person nevertheless, where the reason is known."""


def conflicts(
    con: Connection,
    records: Sequence[str],
    links: Sequence[Row],
    applied: Sequence[Row],
) -> tuple[Conflict, ...]:
    """Return what speaks against a person, gravest first; nothing for a single record.

    ``applied`` are the verdicts on pairs of these records that the run was told.
    """
    if len(records) == 1:
        return ()
    rows = ask(con, "records", records=list(records))
    held = ask(con, "identifiers", records=list(records))
    return (
        *_vetoes(con, records, links, applied),
        *_identifiers(held),
        *_disagreeing("birth_date", "Date of birth", [_born(row) for row in rows]),
        *_disagreeing("sex", "Sex", [_sex(row) for row in rows]),
    )


def forbidden(con: Connection, records: Sequence[str]) -> list[Row]:
    """Return the pairs of these records that may not be one person's, and what forbids each.

    The table ``asked`` holds the records afterwards, as the model compares them.
    """
    gather(con, records)
    return ask_as_written(con, "vetoes")


def _born(row: Row) -> tuple[str, str]:
    exact = row["birth_date_quality"] == "exact"
    return row["record_id"], words.day(row["birth_date"]) if exact else ""


def _sex(row: Row) -> tuple[str, str]:
    return row["record_id"], words.SEXES.get(row["sex"] or "", "")


def _disagreeing(kind: str, title: str, said: Sequence[tuple[str, str]]) -> Iterator[Conflict]:
    by_value: dict[str, list[str]] = defaultdict(list)
    for record, value in said:
        if value:
            by_value[value].append(record)
    if len(by_value) > 1:
        commonest = sorted(by_value.items(), key=lambda item: (-len(item[1]), item[0]))
        yield Conflict(kind, title, tuple((value, tuple(who)) for value, who in commonest))


def _identifiers(held: Sequence[Row]) -> Iterator[Conflict]:
    for scheme in ONE_EACH:
        said = [
            (row["record_id"], row["value"])
            for row in held
            if row["scheme"] == scheme and row["valid"]
        ]
        yield from _disagreeing(scheme, words.scheme(scheme), said)


def _vetoes(
    con: Connection,
    records: Sequence[str],
    links: Sequence[Row],
    applied: Sequence[Row],
) -> Iterator[Conflict]:
    found = forbidden(con, records)
    if found:
        said = tuple((words.veto(row["veto"]), (row["record_l"], row["record_r"])) for row in found)
        yield Conflict(
            "veto",
            "Pairs that would not be joined for themselves",
            said,
            _why(links, applied),
        )


def _why(links: Sequence[Row], applied: Sequence[Row]) -> str:
    """Return what outweighed the vetoes, as clustering weighs them."""
    if any(row["verdict"] == "same" for row in applied):
        return "a person decided that records among these are one person"
    identified = sum(link["reason"] == "identifier" and link["veto"] is None for link in links)
    if identified:
        agree = words.times(identified, "pair of records agrees", "pairs of records agree")
        return f"{agree} on an identifier that belongs to one person, which outweighs it"
    return ""
