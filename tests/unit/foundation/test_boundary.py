"""A table at a boundary is held to its specification."""

from collections.abc import Iterator

import duckdb
import pytest

from pei_graph.boundary import check
from pei_graph.errors import TableError
from pei_graph.tables import RESIDENCES, STAGE_TABLES, Table

VISITS = Table(
    "visits",
    "an invented table",
    ("visit_id",),
    {"visit_id": "VARCHAR", "place": "VARCHAR", "costs": "DOUBLE"},
    ("place",),
)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database."""
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize("table", STAGE_TABLES, ids=lambda table: table.name)
def test_a_table_made_from_its_specification_keeps_it(
    con: duckdb.DuckDBPyConnection, table: Table
) -> None:
    """Each specification's own statement makes a table that passes its check."""
    con.execute(table.ddl)
    check(con, table)
    found = con.execute("SELECT count(*) FROM duckdb_columns() WHERE table_name = ?", [table.name])
    assert found.fetchone() == (len(table.columns),)


def test_specifications_agree_with_themselves() -> None:
    """Keys and required columns are columns, and no two tables share a name."""
    strays = {
        (table.name, column)
        for table in STAGE_TABLES
        for column in (*table.key, *table.required)
        if column not in table.columns
    }
    names = [table.name for table in STAGE_TABLES]
    assert (strays, len(names)) == (set(), len(set(names)))


def test_a_missing_table_is_named(con: duckdb.DuckDBPyConnection) -> None:
    """A table that no stage made is an error that names it."""
    with pytest.raises(TableError, match="Table visits is missing"):
        check(con, VISITS)


def test_another_type_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    """A column of another type than promised is named with both types."""
    con.execute("CREATE TABLE visits AS SELECT 'v1' AS visit_id, 'Road' AS place, 1.5 AS costs")
    with pytest.raises(TableError, match="DECIMAL") as caught:
        check(con, VISITS)
    assert "costs" in str(caught.value)
    assert "DOUBLE" in str(caught.value)


def test_another_column_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    """A column that was not promised is refused, so that nothing relies on it."""
    con.execute(f"{VISITS.ddl}; ALTER TABLE visits ADD COLUMN weather VARCHAR")
    with pytest.raises(TableError, match="weather"):
        check(con, VISITS)


def test_an_empty_required_column_is_counted(con: duckdb.DuckDBPyConnection) -> None:
    """Rows that lack a required value are counted, and their column named."""
    con.execute(f"{VISITS.ddl}; INSERT INTO visits VALUES ('v1', NULL, 1), ('v2', NULL, 2)")
    with pytest.raises(TableError, match="column place: 2 rows are empty"):
        check(con, VISITS)


def test_a_repeated_key_is_counted_and_not_shown(con: duckdb.DuckDBPyConnection) -> None:
    """Keys that stand more than once are counted; the key itself may be personal and stays out."""
    con.execute(f"{VISITS.ddl}; INSERT INTO visits VALUES ('v1', 'Road', 1), ('v1', 'Lane', 2)")
    with pytest.raises(TableError, match="1 keys") as caught:
        check(con, VISITS)
    assert "v1" not in str(caught.value)


def test_a_key_that_came_again_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    """Of rows that came none may have the key of another, be that one new or old."""
    con.execute(f"{VISITS.ddl}; INSERT INTO visits VALUES ('v1', 'Road', 1), ('v2', 'Road', 1)")
    con.execute("CREATE TABLE newer AS FROM visits WHERE visit_id = 'v2'")
    check(con, VISITS, came={"visits": "newer"})
    con.execute("INSERT INTO visits VALUES ('v2', 'Lane', 2)")
    with pytest.raises(TableError, match="1 keys"):
        check(con, VISITS, came={"visits": "newer"})


def test_a_key_of_two_columns_is_held_whole(con: duckdb.DuckDBPyConnection) -> None:
    """Either column of a key may repeat, the two together may not, whichever table comes first."""
    con.execute(f"{VISITS.ddl}; INSERT INTO visits VALUES ('v1', 'Road', 1), ('v2', 'Road', 1)")
    pairs = Table("pairs", "invented", ("one", "other"), {"one": "VARCHAR", "other": "BIGINT"})
    con.execute(f"{pairs.ddl}; INSERT INTO pairs VALUES ('a', 1), ('a', 2), ('b', 1)")
    check(con, VISITS, pairs)
    con.execute("INSERT INTO pairs VALUES ('a', 2), ('b', 1), ('b', 1)")
    with pytest.raises(TableError, match="Table pairs: 2 keys"):
        check(con, VISITS, pairs)


def test_a_raw_table_of_the_same_name_is_not_mistaken(con: duckdb.DuckDBPyConnection) -> None:
    """A table of that name in another schema does not stand in for the missing one."""
    con.execute("CREATE SCHEMA raw; CREATE TABLE raw.residences (anything VARCHAR)")
    with pytest.raises(TableError, match="Table residences is missing"):
        check(con, RESIDENCES)
