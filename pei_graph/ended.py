"""What goes on no longer, though its source gives no day on which it ended.

In: FACTS, RECORDS, MEMBERS and the types of the contracts. Out: ENDED, for criteria and pages
alike: what counts as open in the one is shown as going on in the other.
"""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files

import duckdb

from pei_graph.boundary import check
from pei_graph.contract import Contract, terms_of
from pei_graph.scripts import Scripts
from pei_graph.tables import ENDED

SQL = Scripts(files("pei_graph"))


def find_ended(
    con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract], *, as_of: date
) -> None:
    """ENDED holds what has ended by ``as_of`` without a day of its own that says so.

    Raises ``TableError`` on a defect.
    """
    terms = terms_of(contracts.values())
    con.execute(ENDED.ddl)
    SQL.run(
        con,
        "ended",
        momentary=[name for name, term in terms.items() if term.momentary],
        one_at_a_time=[name for name, term in terms.items() if term.one_at_a_time],
        as_of=as_of,
    )
    check(con, ENDED)
