"""Values as people read them: functions that are given to the templates as filters."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask import has_request_context

from pei_graph.contract import Term, vocabulary
from pei_graph.explain.words import NOTES, SCHEMES, SIGNS, key_words
from pei_graph.explain.words import veto as veto_words
from pei_graph.uk_time import uk_time_of
from webapp.runs import reader

STATES = {
    "met": "Met",
    "cusp": "On the cusp",
    "not_met": "Not met",
    "no_data": "No data",
}
"""The states of an area in words, the gravest first."""


def day(value: date | None) -> str:
    """Return a date as people say it.

    >>> day(date(2017, 5, 4))
    '4 May 2017'
    """
    return f"{value.day} {value:%B %Y}" if value else "not known"


def short_day(value: date | None) -> str:
    """Return a date for a narrow column.

    >>> short_day(date(2017, 5, 4))
    '04/05/2017'
    """
    return f"{value:%d/%m/%Y}" if value else "not known"


def written_day(stamp: str) -> str:
    """Return the day here of a stamp as the ledger writes it.

    >>> written_day("2017-05-04T23:20:00+00:00")
    '05/05/2017'
    """
    return short_day(uk_time_of(stamp).date())


def written_time(stamp: str) -> str:
    """Return the time of day here of a stamp as the ledger writes it.

    >>> written_time("2017-05-04T10:20:00+00:00")
    '11:20'
    """
    return f"{uk_time_of(stamp):%H:%M}"


def month(value: date | None) -> str:
    """Return the month of a date.

    >>> month(date(2017, 5, 4))
    'May 2017'
    """
    return f"{value:%B %Y}" if value else "a date not known"


def age(born: date | None, on: date) -> str:
    """Return how old somebody is in words.

    >>> age(date(2017, 5, 4), date(2026, 5, 3))
    'aged 8'
    """
    if born is None:
        return "age not known"
    if born > on:
        return "not yet born"
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return f"aged {years}"


def birth(born: date | None, on: date) -> str:
    """Return when somebody was born, or is expected to be.

    >>> birth(date(2017, 5, 4), date(2026, 9, 30)), birth(date(2027, 3, 1), date(2026, 9, 30))
    ('born 4 May 2017', 'expected 1 March 2027')
    """
    return f"{'expected' if born and born > on else 'born'} {day(born)}"


def life(row: Mapping[str, Any], on: date) -> str:
    """Return how old somebody is, or that they have died and at what age.

    >>> life({"birth_date": date(2017, 5, 4), "died": date(2026, 5, 3)}, date(2026, 9, 30))
    'died 3 May 2026, aged 8'
    """
    if row.get("died"):
        return f"died {day(row['died'])}, {age(row['birth_date'], row['died'])}"
    doubt = ", in doubt whether they have died" if row.get("said_died") else ""
    return age(row["birth_date"], on) + doubt


def ago(value: date | None, on: date) -> str:
    """Return how long before ``on`` a date lies, roughly.

    >>> ago(date(2026, 9, 1), date(2026, 9, 30))
    '29 days old'
    """
    if value is None:
        return "no delivery"
    days = (on - value).days
    if days < 1:
        return "up to date"
    if days < 60:  # noqa: PLR2004 - about two months
        return plural(days, "day") + " old"
    return f"{round(days / 30.4)} months old"


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> plural(1, "child", "children"), plural(2, "child", "children")
    ('1 child', '2 children')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def full_name(row: Mapping[str, Any]) -> str:
    """Return a person's name, or that it is not known."""
    parts = [part for part in (row.get("forename"), row.get("surname")) if part]
    return " ".join(parts) or "Name not known"


def household(row: Mapping[str, Any]) -> str:
    """Return who makes up a family, in numbers.

    >>> household({"adults": 2, "children": 3})
    '2 adults, 3 children'
    """
    others = row.get("others") or max(0, row.get("members", 0) - row["adults"] - row["children"])
    parts = [
        plural(row["adults"], "adult") if row["adults"] else "",
        plural(row["children"], "child", "children") if row["children"] else "",
        plural(others, "person of unknown age", "people of unknown age") if others else "",
    ]
    return ", ".join(part for part in parts if part) or "nobody"


def homeless(row: Mapping[str, Any]) -> str:
    """Return why somebody is of no family, by the ``kind`` of home and whether they are ``placed``.

    >>> homeless({"kind": "communal", "placed": False})
    'their home is shared: a refuge, home or hostel'
    """
    if row["kind"] == "communal":
        return "their home is shared: a refuge, home or hostel"
    if row["placed"]:
        return "the council has placed them in others' home"
    return "no current dwelling is known"


ENDED = {
    "closed": "closed, no day given",
    "unlisted": "no longer listed",
    "elsewhere": "ended, says another record",
    "died": "ended by their death",
}
"""Why something has ended that gives no day for it, in words."""


def span(row: Mapping[str, Any]) -> str:
    """Return when something was, in words.

    >>> span({"type": "offence", "since": date(2026, 5, 1), "until": None})
    '01/05/2026'
    >>> span({"type": "debt", "since": date(2026, 5, 1), "until": None, "ended": "closed"})
    'from 01/05/2026; closed, no day given'
    """
    since, until, ended = row["since"], row["until"], row.get("ended")
    if ended:
        return f"{_days(since, until)}; {ENDED[ended]}"
    if until is None and is_momentary(row["type"]):
        return _days(since, since)
    return _days(since, until) + (", no end given" if since and not until else "")


def _days(since: date | None, until: date | None) -> str:
    if since and until:
        return " to ".join(dict.fromkeys((short_day(since), short_day(until))))
    if since:
        return f"from {short_day(since)}"
    return f"until {short_day(until)}" if until else "date not given"


def percent(share: float | None) -> str:
    """Return a share from 0 to 1 as a whole per cent, never rounded up to certainty.

    >>> percent(0.624), percent(0.999)
    ('62 %', '99 %')
    """
    return "not known" if share is None else f"{int(share * 100)} %"


def type_title(kind: str) -> str:
    """Return a fact type's title."""
    return _terms()[kind].title if kind in _terms() else words(kind)


def meaning(said: str | None, kind: str) -> str:
    """Return what a status of a fact says, a code in words.

    >>> meaning("2B", "assessment_factor"), meaning("not_taken_up", "early_years_entitlement")
    ('Drug misuse: a parent or carer (2B)', 'Not taken up')
    """
    return _decoded(said, kind) or words(said)


def detail(row: Mapping[str, Any]) -> str:
    """Return the detail of a fact, a code in words; whatever else it is stays as it is written.

    >>> detail({"type": "suspension", "detail": "two sessions"})
    'two sessions'
    """
    return _decoded(row["detail"], row["type"]) or row["detail"] or ""


def _decoded(said: str | None, kind: str) -> str | None:
    """Return what a code means to facts of a type, with the code behind; None of no such code."""
    term = _terms().get(kind)
    means = term.codes.get((said or "").upper()) if term else None
    return f"{capital(means)} ({said})" if means else None


def area_title(area: str) -> str:
    """Return a problem area's title."""
    return areas().get(area, area.replace("_", " ").capitalize())


def state_title(state: str) -> str:
    """Return an area's state in words."""
    return STATES[state]


def minus(text: str) -> str:
    """Return a text with its hyphens as minus signs: a line is not broken after those.

    >>> minus("-sex")
    '\N{MINUS SIGN}sex'
    """
    return text.replace("-", "\N{MINUS SIGN}")


def match_words(key: str | None) -> str:
    """Return a match key as words.

    >>> match_words("+forename +upn ~birth_date -address")
    'same forename, same UPN, similar date of birth, different address'
    """
    return ", ".join(map(key_words, (key or "").split())) or "no detail of the comparison"


def compared(key: str | None) -> str:
    """Return a match key as words, what compares alike told together.

    >>> compared("+forename +upn ~birth_date +no_twin")
    'same forename, UPN; similar date of birth; two names, hardly twins'
    """
    parts = (key or "").split()
    told = []
    for sign, how in SIGNS.items():
        alike = [key_words(part) for part in parts if part[0] == sign and part not in NOTES]
        if alike:
            told.append(f"{how} " + ", ".join(said.removeprefix(f"{how} ") for said in alike))
    return "; ".join([*told, *(NOTES[part] for part in parts if part in NOTES)])


def capital(text: str) -> str:
    """Return a text that begins a sentence; what stands in capitals within it stays so.

    >>> capital("same UPN")
    'Same UPN'
    """
    return text[:1].upper() + text[1:]


def identifier(text: str) -> str:
    """Return an identifier written ``scheme:value`` with its scheme in words.

    >>> identifier("upn:A800000000001")
    'UPN A800000000001'
    """
    name, _, value = text.partition(":")
    return f"{words(name)} {value}" if value else text


def words(code: str | None) -> str:
    """Return an id made of words as words.

    >>> words("fixed_term"), words("CLOSED"), words("upn")
    ('Fixed term', 'Closed', 'UPN')
    """
    known = SCHEMES.get(code or "")
    return capital(known) if known else (code or "").replace("_", " ").capitalize()


@lru_cache(maxsize=1)
def areas() -> Mapping[str, str]:
    """Return the problem areas in their order, with their titles."""
    return vocabulary().areas


def _terms() -> Mapping[str, Term]:
    """Return what types of involvements mean to the run that is read, or by themselves."""
    return reader().terms if has_request_context() else vocabulary().involvements


def is_momentary(kind: str) -> bool:
    """Return whether a fact of this type happens on a day, so that no end does not mean ongoing."""
    return kind in _terms() and _terms()[kind].momentary


def source_titles(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return each source's title by its id."""
    return {row["source"]: row["title"] or words(row["source"]) for row in rows}


FILTERS: dict[str, Callable[..., str]] = {
    "age": age,
    "ago": ago,
    "area_title": area_title,
    "birth": birth,
    "capital": capital,
    "day": day,
    "detail": detail,
    "full_name": full_name,
    "homeless": homeless,
    "household": household,
    "life": life,
    "match_words": match_words,
    "meaning": meaning,
    "minus": minus,
    "month": month,
    "percent": percent,
    "plural": plural,
    "short_day": short_day,
    "span": span,
    "state_title": state_title,
    "type_title": type_title,
    "veto_words": veto_words,
    "words": words,
    "written_day": written_day,
    "written_time": written_time,
}
