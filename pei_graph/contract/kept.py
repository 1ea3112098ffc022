"""The contracts by which a run was made stay with it, so that whoever reads it knows its sources.

In: contracts, or the tables of a run. Out: the table ``contracts``, or what stands there.
"""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from pei_graph.contract.source import Contract

COLUMNS = ("source", "contract")
"""Of the table: the source's id, and its whole contract as JSON."""


def keep_contracts(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """The run in ``con`` holds its contracts."""
    said = [each.model_dump_json() for each in contracts.values()]
    con.register("kept", pa.table([list(contracts), said], list(COLUMNS)))
    con.execute("CREATE OR REPLACE TABLE contracts AS FROM kept")
    con.unregister("kept")


def kept_contracts(con: duckdb.DuckDBPyConnection) -> dict[str, Contract]:
    """Return the contracts by which the run in ``con`` was made, by source id."""
    rows = con.execute("SELECT source, contract FROM contracts ORDER BY source").fetchall()
    return {source: Contract.model_validate_json(said) for source, said in rows}
