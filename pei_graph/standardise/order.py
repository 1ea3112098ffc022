"""The deliveries in the order in which their statements count.

In: DELIVERIES and the contracts. Out: the working table ``delivery_order``.
"""

from collections.abc import Collection, Mapping

import duckdb

from pei_graph.contract import Contract
from pei_graph.standardise.queries import SQL


def make_order(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    *,
    sources: Collection[str] | None = None,
) -> None:
    """Table ``delivery_order`` numbers the loaded deliveries, newest first.

    ``current`` deliveries are those whose facts count: the newest of a snapshot list, every one of
    an appended list, which never takes a statement back. ``untold`` are those whose issues are
    still to be told: of ``sources``, or of all.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE list_order"
        " (source VARCHAR, list VARCHAR, position INTEGER, appended BOOLEAN)"
    )
    lists = [
        (contract.id, list_id, position, source_list.mode == "append")
        for contract in contracts.values()
        for position, (list_id, source_list) in enumerate(contract.lists.items())
    ]
    if lists:
        con.execute(
            "INSERT INTO list_order SELECT unnest(?), unnest(?), unnest(?), unnest(?)",
            [list(column) for column in zip(*lists, strict=True)],
        )
    SQL.run(con, "delivery_order", all=sources is None, sources=list(sources or ()))
