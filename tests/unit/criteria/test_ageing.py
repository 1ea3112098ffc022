"""Whoever is found otherwise for nothing but the day is among few who are named."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

import duckdb
import pytest
from graph_engines import GRAPH_ENGINES, graph_engine
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from small_council import Council, ExampleFact, ExamplePerson, add_council, empty_tables

from pei_graph import criteria, graph
from pei_graph.criteria.held import dates_held
from pei_graph.settings import Settings
from pei_graph.workspace import connect

SETTINGS = Settings(graph_buffer_mb=512, threads=2)
PACKS = criteria.read_packs()
OF_FEW = [each for pack in PACKS for each in pack.criteria if dates_held(each)]
PERSONS = 300
FIRST = date(2026, 2, 20)
DAYS = 16
"""From the 20th of February to the 7th of March, in which months of every length are counted."""
MONTHS = sorted(
    {
        -(parameter.months_before or -(parameter.months_after or 0))
        for each in OF_FEW
        for parameter in each.header.parameters.values()
        if parameter.moves
    }
)
TYPES = sorted({each for criterion in OF_FEW for each in criterion.header.evidence})
DETAILS = (None, "10A", "11A", "1A", "3A", "4A")

days = st.integers(0, DAYS - 1).map(lambda number: FIRST + timedelta(days=number))
Found = dict[tuple[str, str], Any]


def drawn(dice: random.Random) -> Council:
    """Return people with dates on and beside every day that a criterion reckons with."""

    def day(months: list[int]) -> date:
        near = FIRST + timedelta(days=dice.randrange(-2, DAYS + 2))
        return graph.add_months(near, dice.choice(months))

    persons = {
        f"p{number}": ExamplePerson(born=day([-60, -192, -300]), left=dice.random() < 0.1)
        for number in range(PERSONS)
    }
    facts = tuple(
        ExampleFact(
            person=person,
            type=kind,
            **{"from": dice.choice([None, *[day(MONTHS)] * 4])},
            to=dice.choice([None, day(MONTHS), day([0])]),
            status="not_taken_up",
            detail=dice.choice(DETAILS),
            value=dice.choice([150.0, 170.0, 190.0, 9000.0]),
            total=200.0,
        )
        for person in persons
        for kind in dice.sample(TYPES, 2)
        for _ in range(dice.choice([1, 1, 2, 6]))
    )
    # Three terms some months apart, of which the first is just old enough not to speak.
    terms = tuple(
        ExampleFact(
            person=f"p{number}", type="attendance", value=150.0, total=200.0,
            **{"from": graph.add_months(FIRST + timedelta(days=number % DAYS), -months)},
        )
        for number in range(0, PERSONS, 10)
        for months in (20, 17, 14)
    )  # fmt: skip
    return Council(as_of=FIRST, persons=persons, facts=facts + terms)


class Town:
    """The people in tables, and in a graph that can be asked."""

    def __init__(self, con: duckdb.DuckDBPyConnection, store: graph.GraphStore) -> None:
        """Ask ``store``, of each day once."""
        self.con, self.store = con, store
        self.found = cache(self._found)

    def _found(self, day: date) -> Found:
        return {
            (criterion.header.id, row.pop("subject")): row | {"evidence": sorted(row["evidence"])}
            for criterion in OF_FEW
            for row in self.store.table(
                criterion.text, **criterion.values({"as_of": day}, as_of=day)
            ).to_pylist()
        }

    def aged(self, day: date, last: date) -> set[str]:
        """Return whom another day is said to concern."""
        self.con.execute("CREATE OR REPLACE TEMP TABLE near_person (person_id VARCHAR)")
        criteria.note_aged(self.con, PACKS, as_of=day, last_as_of=last)
        return {row[0] for row in self.con.execute("FROM near_person").fetchall()}


@pytest.fixture(scope="module", params=GRAPH_ENGINES)
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """The same people on each engine."""
    folder = tmp_path_factory.mktemp("aged")
    tables, file = folder / "tables.duckdb", folder / "graph.lbug"
    with graph_engine(request.param, folder) as engine:
        settings = SETTINGS.model_copy(update=engine)
        with connect(tables, SETTINGS) as con:
            empty_tables(con)
            add_council(con, drawn(random.Random(5)))  # noqa: S311 - invented people
        graph.build(tables, file, settings, contracts={})
        with connect(tables, SETTINGS) as con, graph.open_graph(file, settings) as store:
            yield Town(con, store)


def otherwise(town: Town, day: date, last: date) -> set[tuple[str, str]]:
    """Return each criterion with each person of whom it says otherwise on the one day."""
    now, was = town.found(day), town.found(last)
    return {key for key in now.keys() | was.keys() if now.get(key) != was.get(key)}


@hypothesis(max_examples=40, deadline=None)
@given(day=days, last=days)
def test_nobody_is_missed(town: Town, day: date, last: date) -> None:
    """Of any two days: whoever is found otherwise has a date that lies between."""
    assert {person for _, person in otherwise(town, day, last)} <= town.aged(day, last)


def test_each_date_of_each_criterion_matters(town: Town) -> None:
    """Among these people every criterion that is asked of few says otherwise some day, of few."""
    nights = [(FIRST + timedelta(days=n), FIRST + timedelta(days=n + 1)) for n in range(DAYS - 1)]
    differing = [otherwise(town, day, last) for day, last in nights]
    assert {name for each in differing for name, _ in each} == {each.header.id for each in OF_FEW}
    assert max(len(town.aged(day, last)) for day, last in nights) < PERSONS / 2
    assert town.aged(FIRST, FIRST) == set()
