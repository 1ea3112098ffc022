"""Questions in SQL to the tables of a run, for whoever may read the workspace's files anyway.

In: a run's tables, opened for reading, and a question. Out: rows. A question cannot change the
tables, read another file, or reach anything outside the run.
"""

from dataclasses import dataclass
from typing import Any

import duckdb

from pei_graph.errors import PeiError

MOST_ROWS = 1000
"""More than anybody reads on a terminal; `pei export` gives whole tables."""


class QuestionError(PeiError):
    """The question is not SQL that the tables can answer."""

    exit_code = 11


@dataclass(frozen=True, slots=True)
class Answer:
    """The first rows of an answer; ``cut`` where there are more."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: bool


def ask(con: duckdb.DuckDBPyConnection, question: str) -> Answer:
    """Return the answer to one SELECT. Raises ``QuestionError`` where it cannot be answered."""
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    try:
        result = con.execute(question)
        rows = result.fetchmany(MOST_ROWS + 1)
    except duckdb.Error as error:
        # The engine's own words may quote a cell that would not convert.
        raise QuestionError(
            f"The question cannot be answered ({type(error).__name__})",
            do="Ask `SHOW TABLES`, or `DESCRIBE` and a table's name, for what there is",
        ) from None
    columns = tuple(str(column[0]) for column in result.description or ())
    return Answer(columns, tuple(rows[:MOST_ROWS]), cut=len(rows) > MOST_ROWS)
