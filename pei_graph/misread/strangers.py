"""People whom a list names by a key and nobody describes: the key is written otherwise there.

In: RECORDS, MEMBERS and DELIVERIES, and the contracts. Out: rows of ISSUES.
"""

from collections.abc import Mapping

import duckdb

from pei_graph.contract import Contract, SourceList
from pei_graph.misread.issues import tell
from pei_graph.misread.queries import SQL

FEWEST = 10
"""People whom nobody describes, from which they are told of: some are deleted in any system."""

SHARE = 0.05
"""Of a source's people, from which they are told of. In a sound invented council it is one in 85
(adopters, of whom Annex A says no name); where one list writes its keys otherwise, three in ten."""


def tell_strangers(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """ISSUES holds each list that names many people of whom nobody says who they are."""
    for found in SQL.records(con, "strangers", fewest=FEWEST, share=SHARE):
        source, list_id = found["source"], found["list"]
        columns = _columns(contracts[source].lists[list_id], found["role"])
        advice = (
            f"{found['strangers']:,} of {found['people']:,} people of this source are known by"
            " their key in this column alone: no list of any source says who they are. See whether"
            " the key is written otherwise here than in the list that describes people (`clean` and"
            " `replace` of the reader mend it), or whether that list was not delivered"
        )
        tell(
            con, source, list_id, columns,
            of="keys", severity="warning", rows=found["strangers"], advice=advice,
        )  # fmt: skip


def _columns(source_list: SourceList, role: str) -> list[str]:
    """Return the columns of the role's key, of all keys where the role is another list's."""
    people = source_list.people
    asked = [person for person in people if person.role == role] or people
    return list(dict.fromkeys(column for person in asked for column in person.key))
