"""Criteria asked of those alone whom a difference concerns find what they find of everybody."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from changed_graph import changed
from small_council import Council

from pei_graph import criteria, graph
from pei_graph.graph import GraphStore, near
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, connect

SETTINGS = Settings(graph_buffer_mb=512, threads=2)
FOUND = ("findings", "family_areas", "priorities")

DIFFERENCES = {
    "nothing": "SELECT 1",
    "an offence is not known any more": "DELETE FROM facts WHERE fact_id = 4",
    "suspensions of another": "UPDATE facts SET record_id = 'schools:otto' WHERE fact_id = 5",
    "a benefit ends": "UPDATE facts SET to_date = '2026-02-01' WHERE type LIKE '%benefit'",
    "somebody moves out": "DELETE FROM families WHERE person_id = 'tim'",
    "nobody is anybody's parent": "DELETE FROM relations",
    "another source knows somebody": (
        "UPDATE members SET record_id = 'schools:otto' WHERE person_id = 'tim'"
    ),
    "somebody is gone": (
        "DELETE FROM persons WHERE person_id = 'nell'; DELETE FROM members WHERE person_id = 'nell'"
    ),
}

OTHER_FAMILIES = """
CREATE OR REPLACE TEMP TABLE other_family AS
WITH known AS (
    SELECT family_id, person_id, record_id
    FROM families
    LEFT JOIN (FROM members WHERE state = 'accepted') USING (person_id)
),
known_before AS (
    SELECT family_id, person_id, record_id
    FROM before.families
    LEFT JOIN (FROM before.members WHERE state = 'accepted') USING (person_id)
)
SELECT family_id
FROM ((FROM known EXCEPT FROM known_before) UNION ALL (FROM known_before EXCEPT FROM known))
"""


class Counting:
    """A graph that remembers what it was asked."""

    def __init__(self, store: GraphStore) -> None:
        """Ask ``store``."""
        self.store = store
        self.asked: list[str] = []

    def table(self, text: str, **parameters: Any) -> Any:
        """Return what the graph answers."""
        self.asked.append(text)
        return self.store.table(text, **parameters)


def found(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the criteria's tables say."""
    return {name: con.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in FOUND}


def again(
    con: duckdb.DuckDBPyConnection,
    last: RunFolder,
    run: RunFolder,
    packs: Sequence[criteria.Pack],
    days: tuple[date, date],
) -> tuple[dict[str, list[tuple[Any, ...]]], list[str]]:
    """Return what is found where few are asked of, and what the whole graph was asked for that.

    Of ``days`` the first is the run's, the second the last one's. Afterwards the tables say what is
    found of everybody.
    """
    as_of, last_as_of = days
    with changed(con, last, run, SETTINGS, lambda: aged(con, packs, days)) as (store, few):
        whole = Counting(store)
        assert few is not None
        answered = criteria.ask_few(few, packs, as_of=as_of, last_as_of=last_as_of)
        con.execute(OTHER_FAMILIES)
        answered = replace(answered, families=True)
        criteria.evaluate(con, whole, packs, as_of=as_of, of_few=answered)  # type: ignore[arg-type]
        of_few = found(con)
        criteria.evaluate(con, store, packs, as_of=as_of)
    texts = {each.text: each.header.id for pack in packs for each in pack.criteria}
    return of_few, [texts[text] for text in whole.asked if text in texts]


def aged(
    con: duckdb.DuckDBPyConnection, packs: Sequence[criteria.Pack], days: tuple[date, date]
) -> None:
    """Whom the day concerns is among those who are asked of."""
    criteria.note_aged(con, packs, as_of=days[0], last_as_of=days[1])


@pytest.fixture
def run(last: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunFolder:
    """The next run, its tables those of the last one; however many are concerned, they are few."""
    monkeypatch.setattr(near, "MANY", 10)
    copy = RunFolder(2, tmp_path)
    shutil.copyfile(last.tables, copy.tables)
    return copy


@pytest.mark.parametrize("what", DIFFERENCES)
def test_few_are_asked_of_as_if_all_were(
    what: str, last: RunFolder, run: RunFolder, council: Council
) -> None:
    """Findings, areas and priorities are those of everybody, and one criterion asks everybody."""
    with connect(run.tables, SETTINGS) as con:
        before = found(con)
        con.execute(DIFFERENCES[what])
        days = (council.as_of, council.as_of)
        of_few, asked = again(con, last, run, criteria.read_packs(), days)
        assert of_few == found(con)
    assert (of_few == before) == (what == "nothing")
    assert asked == ["community_order"]


@pytest.mark.parametrize(
    ("what", "day"),
    [
        ("nothing", date(2026, 11, 2)),
        ("nothing", date(2026, 12, 1)),
        ("nothing", date(2026, 12, 2)),
        ("nothing", date(2026, 12, 15)),
        ("nothing", date(2027, 1, 1)),
        ("nothing", date(2026, 6, 14)),
        ("nothing", date(2029, 11, 1)),
        ("a benefit ends", date(2026, 11, 2)),
        ("somebody moves out", date(2027, 1, 12)),
    ],
)
def test_few_are_asked_of_on_another_day(
    what: str, day: date, last: RunFolder, run: RunFolder, council: Council
) -> None:
    """Whatever else differs, what is found on another day is what would be found of everybody."""
    with connect(run.tables, SETTINGS) as con:
        before = found(con)
        con.execute(DIFFERENCES[what])
        of_few, asked = again(con, last, run, criteria.read_packs(), (day, council.as_of))
        assert of_few == found(con)
    assert (of_few == before) == (what == "nothing" and day == date(2026, 11, 2))
    assert asked == ["community_order"]


@pytest.mark.parametrize(
    ("last_day", "day"),
    [
        (date(2026, 12, 20), date(2027, 1, 5)),
        (date(2026, 10, 14), date(2026, 10, 16)),
        (date(2026, 11, 1), date(2026, 11, 15)),
    ],
    ids=["newest three months ago", "lately four months ago", "before eight months ago"],
)
def test_points_age_by_themselves(
    last_day: date, day: date, last: RunFolder, run: RunFolder
) -> None:
    """A family's points follow the day though nothing else is found of anybody."""
    packs = [lately_in_months(4)]
    with connect(last.tables, SETTINGS) as con, graph.open_graph(last.graph, SETTINGS) as store:
        criteria.evaluate(con, store, packs, as_of=last_day)
        before = found(con)
    shutil.copyfile(last.tables, run.tables)
    with connect(run.tables, SETTINGS) as con:
        of_few, _ = again(con, last, run, packs, (day, last_day))
        assert of_few == found(con)
    assert [name for name in FOUND if of_few[name] != before[name]] == ["priorities"]


def lately_in_months(months: int) -> criteria.Pack:
    """Return the packaged pack, what grows counted in other months."""
    (pack,) = criteria.read_packs()
    weights = pack.rules.priority
    growing = weights.growing.model_copy(update={"months": months})
    rules = pack.rules.model_copy(
        update={"priority": weights.model_copy(update={"growing": growing})}
    )
    return replace(pack, rules=rules)


@pytest.mark.parametrize(("day", "asked_of_all"), [(1, []), (2, ["proven_offence"])])
def test_a_text_that_is_not_understood_is_asked_of_everybody(
    day: int, asked_of_all: list[str], last: RunFolder, run: RunFolder
) -> None:
    """On another day; on the same day it is asked of few, as it promises."""
    (pack,) = criteria.read_packs()
    odd = [
        replace(each, text=each.text.replace("$as_of", "(($as_of))"))
        if each.header.id == "proven_offence"
        else each
        for each in pack.criteria
    ]
    with connect(run.tables, SETTINGS) as con:
        packs = [replace(pack, criteria=tuple(odd))]
        days = (date(2026, 11, day), date(2026, 11, 1))
        of_few, asked = again(con, last, run, packs, days)
        assert of_few == found(con)
    assert asked == ["community_order", *asked_of_all]
