"""What the sources told of people lately, and had not told before.

In: FACTS, each with the day of the first delivery that stated it, MEMBERS, DELIVERIES. Out: NEWS.
"""

from datetime import date, timedelta
from importlib.resources import files

import duckdb

from pei_graph.boundary import check
from pei_graph.scripts import Scripts
from pei_graph.tables import NEWS

RECENT_DAYS = 28
"""How long what was told is news: whoever looks at a family once a month misses nothing."""

SQL = Scripts(files("pei_graph"))


def news_since(as_of: date) -> date:
    """Return the last day on which what was told is no news any more."""
    return as_of - timedelta(days=RECENT_DAYS)


def find_news(con: duckdb.DuckDBPyConnection, *, as_of: date) -> None:
    """NEWS holds what was stated of a person in the days before ``as_of`` for the first time.

    What the first delivery of a list says is what there was, not news; nor is an address or a tie
    between two people that any source had told before. Raises ``TableError`` on a defect.
    """
    con.execute(NEWS.ddl)
    SQL.run(con, "news", after=news_since(as_of))
    check(con, NEWS)
