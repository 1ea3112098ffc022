"""Birth dates that stand for *not known*, told by what they are and by how common they are.

In: ``merged``, whose placeholders are so far those that each source's own contract declares. Out:
the same days are placeholders in every source, and so are days that nobody declared but that are
far commoner than any birthday.
"""

from collections.abc import Iterable

import duckdb

from pei_graph.contract import Contract
from pei_graph.standardise.queries import SQL

WHOLE = len("YYYY-MM-DD")
"""A day of any year is declared shorter; it is a habit of one source and says nothing of others."""

FEWEST = 20
"""Records a day must have to be told from a birthday by its number."""

TIMES = 10
"""Times as many records as the usual day of its year, and as the same day of the years around: many
families are given 1 January of their year of birth, which is then common in every year."""

AROUND = 10
"""Years before and after in which a day is looked at."""


def find_placeholders(con: duckdb.DuckDBPyConnection, contracts: Iterable[Contract]) -> None:
    """``said.placeholder_days`` holds every day that stands for *not known*.

    Adds to ``said.birth_days`` the records of ``merged``, which may be those of some sources only.
    """
    declared = {day for each in contracts for day in each.placeholder_dates if len(day) == WHOLE}
    con.execute("SET VARIABLE declared = ?", [sorted(declared)])
    for name, value in (("fewest", FEWEST), ("times", TIMES), ("around", AROUND)):
        con.execute(f"SET VARIABLE {name} = {value}")
    SQL.run(con, "placeholders")


def mark_placeholders(con: duckdb.DuckDBPyConnection) -> None:
    """In ``merged`` every birth date that stands for *not known* is a placeholder."""
    SQL.run(con, "marked")
