"""Of whom criteria may say otherwise because the day is another: who has a date that lies between.

In: packs, the day that a run looks back from, the last run's. Out: the persons with a birth date,
or a date of what they are involved in, that lies otherwise to what a criterion reckons from the one
day than from the other.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.resources import files

import duckdb
import pyarrow as pa

from pei_graph.criteria.held import dates_held
from pei_graph.criteria.packs import Criterion, Pack
from pei_graph.scripts import Scripts

_SQL = Scripts(files(__package__))

AFTER_IT = {">": (1, 0), "<=": (1, 0), ">=": (0, -1), "<": (0, -1)}
"""By comparison: how many days after the earlier of two days those dates begin that lie otherwise
to the one than to the other, and how many after the later they end."""

_PASSED = pa.schema([("date", pa.string()), ("day", pa.date32())])


def is_asked_of_few(criterion: Criterion, *, another_day: bool) -> bool:
    """Return whether a criterion finds of all what the last run found, but of whom a run can name.

    On another day those whom :func:`note_aged` adds.
    """
    ages = another_day and dates_held(criterion) is None
    return criterion.header.reach == "own" and not ages


def note_aged(
    con: duckdb.DuckDBPyConnection, packs: Sequence[Pack], *, as_of: date, last_as_of: date
) -> None:
    """``near_person`` holds, too, whoever is found otherwise for the day by a criterion of few."""
    if passed := [{"date": kind, "day": day} for kind, day in _passed(packs, as_of, last_as_of)]:
        con.register("passed", pa.Table.from_pylist(passed, schema=_PASSED))
        _SQL.run(con, "aged")
        con.unregister("passed")


def _passed(packs: Sequence[Pack], as_of: date, last_as_of: date) -> Iterator[tuple[str, date]]:
    """Yield each kind of date with each day on which one lies otherwise."""
    of_few = (
        each for pack in packs for each in pack.criteria if is_asked_of_few(each, another_day=True)
    )
    for kind, first, last in {span for each in of_few for span in _spans(each, as_of, last_as_of)}:
        yield from ((kind, first + timedelta(days=n)) for n in range((last - first).days + 1))


def _spans(criterion: Criterion, *days: date) -> Iterator[tuple[str, date, date]]:
    """Yield each kind of date with the first and last on which one lies otherwise."""
    values = [criterion.values({"as_of": each}, as_of=each) for each in days]
    for held in dates_held(criterion) or ():
        earlier, later = sorted(each[held.parameter] for each in values)
        first, last = AFTER_IT[held.side]
        yield held.date, earlier + timedelta(days=first), later + timedelta(days=last)
