"""A page of a delivered file becomes rows of its list's RAW table, or is refused with a reason."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from pei_graph import sql
from pei_graph.contract import Reader, SourceList
from pei_graph.extract.clean import cleaned
from pei_graph.extract.columns import Columns, match_columns
from pei_graph.extract.delivery import Delivery
from pei_graph.extract.expect import broken_expectations, expected_filled
from pei_graph.extract.find import constants
from pei_graph.extract.odd import transformed
from pei_graph.extract.page import Note, Page, Refusal, Wanted
from pei_graph.extract.set_aside import set_aside
from pei_graph.extract.tally import Tally
from pei_graph.tables import RAW_COLUMNS

SOME = 5
"""Columns that are missing which are named where nearly all are."""


def make_raw(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> None:
    """The list's RAW table exists, empty, with every column that its contract uses."""
    table = sql.raw_table(wanted.contract.id, wanted.list_id)
    _create(con, table, _promised(wanted.source_list))


def _promised(source_list: SourceList) -> list[str]:
    return sorted(source_list.columns() | set(source_list.constants))


def _create(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> None:
    typed = {**RAW_COLUMNS, **{sql.name(column): "VARCHAR" for column in columns}}
    told = ", ".join(f"{name} {kind}" for name, kind in typed.items())
    con.execute(f"CREATE OR REPLACE TABLE {table} ({told})")


def load_page(
    con: duckdb.DuckDBPyConnection, tally: Tally, delivery: Delivery, *, page: Page
) -> None:
    """Every row of the page stands in RAW or in QUARANTINE, or the delivery is refused.

    Whatever the page's reader raises passes through, after its rows have left RAW again.
    """
    page = transformed(con, page)
    columns = match_columns(page.header, page.wanted.source_list)
    if columns.missing:
        reader = page.wanted.source_list.reader
        tally.refused(delivery, *columns.notes, *_missing_notes(columns, reader))
        return
    table = sql.raw_table(page.wanted.contract.id, page.wanted.list_id)
    _widen(con, table, page.wanted, columns.names)
    try:
        rows = _insert(con, table, delivery, page=page, columns=columns)
    except BaseException:
        _remove(con, table, delivery)
        raise
    _settle(con, tally, delivery, page=page, columns=columns, rows=rows)


def _settle(
    con: duckdb.DuckDBPyConnection,
    tally: Tally,
    delivery: Delivery,
    *,
    page: Page,
    columns: Columns,
    rows: int,
) -> None:
    rows_in = rows + len(page.rejected)
    tally.loaded(delivery, layout=columns.layout, rows_in=rows_in)
    tally.reject(delivery, page.rejected)
    tally.note(delivery, *columns.notes, *page.notes)
    if not rows_in:
        tally.note(delivery, _no_rows(delivery))
    source_list = page.wanted.source_list
    measured = expected_filled(source_list, columns.names)
    shares = set_aside(con, delivery, columns.names, measured=measured)
    tally.note(delivery, *broken_expectations(source_list, shares, rows_in=rows_in))


def _no_rows(delivery: Delivery) -> Note:
    if delivery.wanted.source_list.reader.record:
        return Note("no_rows", "note", "The file is sound and has no such element")
    return Note("no_rows", "warning", "There is a header and nothing below it")


def _missing_notes(columns: Columns, reader: Reader) -> Iterator[Note]:
    if columns.doubtful:
        advice = (
            f"This row should hold the columns' names, and has hardly any of {_some(columns)}: set"
            " reader.header_row to the row that has them, give the names as reader.columns where"
            " none has, or put the names in the contract right"
        )
        yield Note("no_header", "error", advice, row=reader.header_row)
        return
    among = ", ".join(columns.unknown)
    maybe = f" (perhaps one of: {among})" if among else ""
    advice = (
        f"The contract needs this column and the file has none of its spellings{maybe}:"
        " add the spelling to `headers`, or the column to `optional`"
    )
    for name in columns.missing:
        yield Note("missing_column", "error", advice, column=name)


def _some(columns: Columns) -> str:
    some = ", ".join(columns.missing[:SOME])
    return f"{some} ..." if len(columns.missing) > SOME else some


def _widen(
    con: duckdb.DuckDBPyConnection, table: str, wanted: Wanted, names: Sequence[str]
) -> None:
    """RAW has every column of a delivery; a table without rows is made anew in one statement."""
    if set(names) <= set(_promised(wanted.source_list)):
        return
    has = con.execute(f"SELECT * FROM {table} LIMIT 1")
    known = [str(column[0]) for column in has.description[len(RAW_COLUMNS) :]]
    taken = set(map(_as_compared, known))
    new = [name for name in names if _as_compared(name) not in taken]
    if has.fetchall():
        _add(con, table, new)
    else:
        _create(con, table, [*known, *new])


def _as_compared(column: str) -> bytes:
    """Return a column's name as DuckDB compares it: without the case of ASCII letters alone."""
    return column.encode("utf-8", "surrogatepass").lower()


def _add(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> None:
    con.begin()
    for column in columns:
        con.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {sql.name(column)} VARCHAR")
    con.commit()


def _insert(
    con: duckdb.DuckDBPyConnection,
    table: str,
    delivery: Delivery,
    *,
    page: Page,
    columns: Columns,
) -> int:
    """Every row that can be loaded stands in RAW; return how many."""
    fixed = constants(page.wanted, delivery.file.name, on=delivery.delivered_on)
    insert = _insertion(table, columns.names, page.wanted.source_list, fixed=fixed)
    given = [delivery.delivery_id, *fixed.values()]
    if page.sql is not None:
        rows = _inserted(con, insert.format(source=page.sql), given)
        if rows is not None and page.sql_rows in {None, rows}:
            return rows
        _remove(con, table, delivery)
    return sum(_insert_batch(con, insert, given, batch=batch) for batch in page.tables)


def _insert_batch(
    con: duckdb.DuckDBPyConnection, insert: str, given: Sequence[object], *, batch: pa.Table
) -> int:
    con.register("batch", batch)
    rows = _inserted(con, insert.format(source="FROM batch"), given)
    if rows is None or rows != batch.num_rows:
        raise Refusal("unreadable", "The rows cannot be loaded: run `pei check` for the reason")
    con.unregister("batch")
    return rows


def _remove(con: duckdb.DuckDBPyConnection, table: str, delivery: Delivery) -> None:
    con.execute(f"DELETE FROM {table} WHERE _delivery = ?", [delivery.delivery_id])


def _inserted(con: duckdb.DuckDBPyConnection, insert: str, given: Sequence[object]) -> int | None:
    """Return how many rows were inserted, or None where the insertion did not run.

    What DuckDB says of a row that it could not read is not passed on: it quotes the row.
    """
    try:
        [(rows,)] = con.execute(insert, given).fetchall()
    except duckdb.Error:
        return None
    return int(rows)


def _insertion(
    table: str, names: Sequence[str], source_list: SourceList, *, fixed: Mapping[str, str | None]
) -> str:
    cells = [
        f"{cleaned(f'c{at}', source_list)} AS {sql.name(name)}" for at, name in enumerate(names)
    ]
    extra = [f"? AS {sql.name(column)}" for column in fixed]
    chosen = ", ".join(["? AS _delivery", *extra, "_row", *cells])
    escaped = f"INSERT INTO {table} BY NAME SELECT {chosen} ".replace("{", "{{").replace("}", "}}")
    return escaped + "FROM ({source})"
