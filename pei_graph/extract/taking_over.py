"""What was read for another run is taken from its tables: its files need not be read again.

In: the tables of that run, attached as ``before``. Out: RAW, QUARANTINE, DELIVERIES and what is
told of files, as they stood there once files were read; what later stages made of them stays
behind.
"""

from collections.abc import Collection

import duckdb

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.extract.tally import TOLD_OF_FILES

_ROWS = """
CREATE OR REPLACE TABLE {table} AS
SELECT * REPLACE (NULL::BOOLEAN AS _aside)
FROM before.{table}
"""

_ASIDE = """
INSERT INTO quarantine BY NAME
FROM before.quarantine AS q
ANTI JOIN {table} AS r ON r._delivery = q.delivery_id AND r._row = q.row
WHERE q.source = $source AND q.list = $list
"""
# Rows that RAW has too were set aside by a later stage.

_TOLD = f"""
INSERT INTO deliveries BY NAME FROM before.deliveries WHERE list_contains($sources, source);
INSERT INTO {TOLD_OF_FILES} BY NAME
FROM before.{TOLD_OF_FILES}
WHERE list_contains($sources, source)
"""


def take_over(con: duckdb.DuckDBPyConnection, contracts: Collection[Contract]) -> None:
    """The tables hold what was read of the contracts' sources for the run ``before``.

    Needs the tables to be there, without anything of those sources.
    """
    for contract in contracts:
        for list_id in contract.lists:
            table = sql.raw_table(contract.id, list_id)
            con.execute(_ROWS.format(table=table))
            con.execute(_ASIDE.format(table=table), {"source": contract.id, "list": list_id})
    for statement in _TOLD.split(";\n"):
        con.execute(statement, {"sources": [contract.id for contract in contracts]})
