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

from pei_graph import criteria
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
    as_of: date,
) -> tuple[dict[str, list[tuple[Any, ...]]], list[str]]:
    """Return what is found where few are asked of, and what the whole graph was asked for that.

    Afterwards the tables say what is found of everybody.
    """
    with changed(con, last, run, SETTINGS) as (store, few):
        whole = Counting(store)
        assert few is not None
        answered = criteria.ask_few(few, packs, as_of=as_of)
        con.execute(OTHER_FAMILIES)
        answered = replace(answered, families=True)
        criteria.evaluate(con, whole, packs, as_of=as_of, of_few=answered)  # type: ignore[arg-type]
        of_few = found(con)
        criteria.evaluate(con, store, packs, as_of=as_of)
    return of_few, whole.asked


@pytest.mark.parametrize("what", DIFFERENCES)
def test_few_are_asked_of_as_if_all_were(
    what: str, last: RunFolder, council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Findings, areas and priorities are those of everybody, and one criterion asks everybody."""
    monkeypatch.setattr(near, "MANY", 10)
    run = RunFolder(2, tmp_path)
    shutil.copyfile(last.tables, run.tables)
    packs = criteria.read_packs()
    with connect(run.tables, SETTINGS) as con:
        before = found(con)
        con.execute(DIFFERENCES[what])
        of_few, asked = again(con, last, run, packs, council.as_of)
        assert of_few == found(con)
    assert (of_few == before) == (what == "nothing")
    texts = {each.text: each.header.id for pack in packs for each in pack.criteria}
    assert [texts[text] for text in asked if text in texts] == ["community_order"]
