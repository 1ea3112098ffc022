"""An empty run for every test of this folder."""

from collections.abc import Iterator

import duckdb
import pytest

from pei_graph import tables


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database with the empty tables of a run."""
    with duckdb.connect(config={"threads": 1}) as con:
        for table in (tables.RECORDS, tables.MEMBERS, tables.FAMILIES):
            con.execute(table.ddl)
        yield con
