"""A person as their page shows them: what each system says, and how they were built."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.format import capital, compared, identifier, percent, short_day, source_titles, words
from webapp.reads.cells import cell
from webapp.reads.deaths import as_it_stands, begun_since, stated
from webapp.reads.family import possible_matches, relatives
from webapp.reads.news import News, read_news
from webapp.reads.review import not_yet_shown
from webapp.runs import about_sources, ask, reader, sealed_from_others, sight

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of the grid: what the system itself says, and whether it differs from the rest."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the grid, an entry for each record."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that a person's page shows."""

    head: Row
    sealed: bool
    records: tuple[Row, ...]
    grid: tuple[Line, ...]
    involvements: tuple[Row, ...]
    deaths: tuple[Row, ...]
    """Which source says by which day they had died."""
    begun_since: Row | None
    """What began last, after the day on which they are said to have died."""
    addresses: tuple[Row, ...]
    relations: tuple[Row, ...]
    possible: tuple[Row, ...]
    findings: tuple[Row, ...]
    news: News
    """What the sources told of them lately."""
    not_yet_shown: int
    """Verdicts on these records that the run does not show."""
    titles: Mapping[str, str]
    as_of: date


def person_seen(person_id: str) -> bool:
    """Return whether there is such a person that this request's user may see."""
    return bool(sight().rows("person_seen", {"person_id": person_id}))


def heir(retired: str) -> str | None:
    """Return the id that carries on a retired id, if it is one."""
    rows = sight().rows("heir", {"id": retired})
    return str(rows[0]["heir"]) if rows else None


def read_person(person_id: str) -> Person:
    """Return the page of a person that the user may see."""
    head = ask("person", person_id=person_id)[0]
    records = sorted(ask("person_records", person_id=person_id), key=_accepted_first)
    told = ask("person_involvements", person_id=person_id)
    facts = [as_it_stands(fact, head["died"]) for fact in told]
    return Person(
        head=head,
        sealed=sealed_from_others("person_seen", person_id=person_id),
        records=tuple(records),
        grid=tuple(_grid(head, records, facts)),
        involvements=tuple(facts),
        deaths=stated(facts),
        begun_since=begun_since(facts, head["said_died"], reader().as_of),
        addresses=tuple(ask("person_addresses", person_id=person_id)),
        relations=relatives(ask("person_relations", person_id=person_id)),
        possible=possible_matches(ask("person_possible", person_id=person_id)),
        findings=tuple(ask("person_findings", person_id=person_id)),
        news=read_news([person_id]),
        not_yet_shown=not_yet_shown([record["record_id"] for record in records]),
        titles=source_titles(about_sources()),
        as_of=reader().as_of,
    )


def _accepted_first(record: Row) -> tuple[bool, str, str]:
    return record["state"] != "accepted", record["source"], record["record_id"]


def _grid(head: Row, records: Sequence[Row], facts: Sequence[Row]) -> Iterable[Line]:
    for title, given, standard, kept in _COMPARED:
        yield Line(title, tuple(_entry(r, given, standard, head[kept]) for r in records))
    for title, say in _TOLD:
        yield Line(title, tuple(Entry(say(record)) for record in records))
    yield Line("Known for", tuple(Entry(_status(record, facts)) for record in records))
    yield Line("Match", tuple(Entry(_match(record)) for record in records))


_COMPARED = (
    ("Forename", "forename_given", "forename", "forename"),
    ("Surname", "surname_given", "surname", "surname"),
    ("Born", "birth_date_given", "birth_date", "birth_date"),
    ("Sex", "sex", "sex", "sex"),
)


def _entry(record: Row, given: str, standard: str, kept: object) -> Entry:
    value = record[standard]
    differs = value is not None and kept is not None and _plain(value) != _plain(kept)
    shown = record[given]
    if shown in (None, ""):
        # A system that has one field for the whole name gives no forename, and yet tells it.
        return Entry(f"read as {value}" if differs else "not given", differs)
    return Entry(str(shown), differs)


def _plain(value: object) -> str:
    return " ".join(str(value).lower().replace("-", " ").split())


def _identifiers(record: Row) -> str:
    return ", ".join(identifier(text) for text in record["identifiers"] or ()) or "none"


def _held(record: Row) -> str:
    last = short_day(record["last_seen"])
    return f"yes, {last}" if record["in_latest"] else f"no, last seen {last}"


def _match(record: Row) -> str:
    said = compared(record["match_key"]) or "only record"
    return (
        f"Possible, {percent(record['probability'])}: {said}"
        if record["state"] == "possible"
        else capital(said)
    )


_TOLD: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("Address", lambda record: record["address_given"] or record["postcode"] or "not given"),
    ("Role there", lambda record: words(record["role"])),
    ("Id there", lambda record: record["source_key"]),
    ("Identifiers", _identifiers),
    ("Still held", _held),
)


def _status(record: Row, facts: Sequence[Row]) -> str:
    if record["state"] == "possible":
        return "with another person now"
    own = [fact for fact in facts if fact["record_id"] == record["record_id"]]
    return "; ".join(cell(own, reader().as_of).lines) or "nothing recorded"
