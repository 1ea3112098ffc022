"""What pages ask of a run's tables is answered however many records there are."""

import re
from collections.abc import Iterator
from importlib.resources import files

import pytest
from flask import Flask

from webapp.sight import SQL, Sight

QUESTIONS = sorted(
    file.name.removesuffix(".sql")
    for file in (files("webapp") / "queries").iterdir()
    if file.name != "sight.sql"
)
EVERY_ROW_AGAINST_EVERY_OTHER = re.compile(r"nested loop|blockwise nl|cross product", re.IGNORECASE)


@pytest.fixture
def seen(app: Flask) -> Iterator[Sight]:
    """The tables of the run that pages read."""
    readers = app.extensions["readers"]
    reader = readers.take()
    yield reader.sight(see_sealed=False)
    readers.give_back(reader)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_holds_every_row_against_every_other(seen: Sight, question: str) -> None:
    """Of so many persons and records as a council has, such a question would find no end."""
    query = SQL.text(question)
    asked: dict[str, object] = {
        name: ["P-1"] if name == "ids" else None for name in re.findall(r"\$(\w+)", query)
    }
    assert not EVERY_ROW_AGAINST_EVERY_OTHER.search(_plan(seen, query, asked))


def test_a_plan_tells_where_every_row_is_held_against_every_other(seen: Sight) -> None:
    """The words looked for are the engine's own."""
    query = "FROM persons p JOIN members m ON p.person_id IN (m.person_id, m.record_id)"
    assert EVERY_ROW_AGAINST_EVERY_OTHER.search(_plan(seen, query, {}))


def _plan(seen: Sight, query: str, asked: dict[str, object]) -> str:
    with seen.asking() as con:
        [(_, plan)] = con.execute(f"EXPLAIN {query}", asked or None).fetchall()
    return str(plan)
