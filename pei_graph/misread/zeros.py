"""People who are two because a list lost the zeros before their key, as spreadsheets lose them.

In: RECORDS, RECORD_ROWS and DELIVERIES, and the contracts. Out: rows of ISSUES.
"""

from collections.abc import Mapping

import duckdb

from pei_graph.contract import Contract
from pei_graph.misread.issues import tell
from pei_graph.misread.queries import SQL


def tell_zeros(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """ISSUES holds each list whose keys are another list's but for zeros before them."""
    for found in SQL.records(con, "zeros"):
        source, list_id, digits = found["source"], found["list"], found["digits"]
        people = contracts[source].lists[list_id].people
        columns = dict.fromkeys(column for person in people for column in person.key)
        advice = (
            f"{found['people']:,} people of this list stand with zeros before their number in"
            f" {_listed(found['others'])}, and are other people there: spreadsheets drop such"
            f" zeros. If a number has {digits} digits, write `key_digits: {digits}` at the head of"
            f" the contract {source} and run again"
        )
        tell(
            con, source, list_id, columns,
            of="zeros", severity="warning", rows=found["people"], advice=advice,
        )  # fmt: skip


def _listed(lists: list[str]) -> str:
    """Return the names of lists, as one reads them.

    >>> _listed(["children", "visits"])
    'the lists children and visits'
    """
    names = " and ".join(filter(None, [", ".join(lists[:-1]), lists[-1]]))
    return f"the list {names}" if len(lists) == 1 else f"the lists {names}"
