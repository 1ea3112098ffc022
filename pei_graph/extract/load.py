"""A page of a delivered file becomes rows of its list's RAW table, or is refused with a reason."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from pei_graph import sql
from pei_graph.contract import SourceList
from pei_graph.extract.columns import Columns, match_columns
from pei_graph.extract.expect import broken_expectations
from pei_graph.extract.find import constants
from pei_graph.extract.odd import transformed
from pei_graph.extract.page import Note, Page, Refusal, Wanted
from pei_graph.extract.set_aside import set_aside
from pei_graph.extract.tally import Delivery, Tally


def make_raw(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> None:
    """The list's RAW table exists, empty, with every column that its contract uses."""
    columns = sorted(wanted.source_list.columns() | set(wanted.source_list.constants))
    typed = "".join(f", {sql.name(column)} VARCHAR" for column in columns)
    table = sql.raw_table(wanted.contract.id, wanted.list_id)
    con.execute(f"CREATE OR REPLACE TABLE {table} (_delivery VARCHAR, _row BIGINT{typed})")


def load_page(
    con: duckdb.DuckDBPyConnection, tally: Tally, delivery: Delivery, *, page: Page
) -> None:
    """Every row of the page stands in RAW or in QUARANTINE, or the delivery is refused.

    Whatever the page's reader raises passes through, after its rows have left RAW again.
    """
    page = transformed(con, page)
    columns = match_columns(page.header, page.wanted.source_list)
    if columns.missing:
        tally.refused(delivery, *columns.notes, *_missing_notes(columns))
        return
    table = sql.raw_table(page.wanted.contract.id, page.wanted.list_id)
    _widen(con, table, columns.names)
    try:
        _insert(con, table, delivery, page=page, columns=columns)
    except BaseException:
        con.execute(f"DELETE FROM {table} WHERE _delivery = ?", [delivery.delivery_id])
        raise
    _settle(con, tally, delivery, page=page, columns=columns)


def _settle(
    con: duckdb.DuckDBPyConnection,
    tally: Tally,
    delivery: Delivery,
    *,
    page: Page,
    columns: Columns,
) -> None:
    table = sql.raw_table(page.wanted.contract.id, page.wanted.list_id)
    counted = con.execute(
        f"SELECT count(*) FROM {table} WHERE _delivery = ?", [delivery.delivery_id]
    ).fetchone()
    rows_in = (int(counted[0]) if counted else 0) + len(page.rejected)
    tally.loaded(delivery, layout=columns.layout, rows_in=rows_in)
    tally.reject(delivery, page.rejected)
    tally.note(delivery, *columns.notes, *page.notes)
    if not rows_in:
        tally.note(delivery, _no_rows(delivery))
    set_aside(con, delivery, columns.names)
    tally.note(
        delivery, *broken_expectations(con, delivery, columns=columns.names, rows_in=rows_in)
    )


def _no_rows(delivery: Delivery) -> Note:
    if delivery.wanted.source_list.reader.record:
        return Note("no_rows", "note", "The file is sound and has no such element")
    return Note("no_rows", "warning", "There is a header and nothing below it")


def _missing_notes(columns: Columns) -> Iterator[Note]:
    among = ", ".join(columns.unknown)
    maybe = f" (perhaps one of: {among})" if among else ""
    advice = (
        f"The contract needs this column and the file has none of its spellings{maybe}:"
        " add the spelling to `headers`, or the column to `optional`"
    )
    for name in columns.missing:
        yield Note("missing_column", "error", advice, column=name)


def _widen(con: duckdb.DuckDBPyConnection, table: str, names: Sequence[str]) -> None:
    has = con.execute(f"SELECT * FROM {table} LIMIT 0").description
    known = {str(column[0]) for column in has}
    new = [name for name in names if name not in known]
    if not new:
        return
    con.begin()
    for name in new:
        con.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {sql.name(name)} VARCHAR")
    con.commit()


def _insert(
    con: duckdb.DuckDBPyConnection,
    table: str,
    delivery: Delivery,
    *,
    page: Page,
    columns: Columns,
) -> None:
    fixed = constants(page.wanted, delivery.file.name, on=delivery.delivered_on)
    insert = _insertion(table, columns.names, page.wanted.source_list, fixed=fixed)
    given = [delivery.delivery_id, *fixed.values()]
    query = insert.format(source=page.sql)
    if page.sql is not None and _inserted(con, query, given, rows=page.sql_rows):
        return
    con.execute(f"DELETE FROM {table} WHERE _delivery = ?", [delivery.delivery_id])
    for batch in page.tables:
        con.register("batch", batch)
        if not _inserted(con, insert.format(source="FROM batch"), given, rows=batch.num_rows):
            raise Refusal("unreadable", "The rows cannot be loaded: run `pei check` for the reason")
        con.unregister("batch")


def _inserted(
    con: duckdb.DuckDBPyConnection, insert: str, given: Sequence[object], *, rows: int | None
) -> bool:
    """Return whether the insertion ran and found as many rows as it should.

    What DuckDB says of a row that it could not read is not passed on: it quotes the row.
    """
    try:
        counted = con.execute(insert, given).fetchone()
    except duckdb.Error:
        return False
    return rows is None or counted == (rows,)


def _insertion(
    table: str, names: Sequence[str], source_list: SourceList, *, fixed: Mapping[str, str | None]
) -> str:
    cells = [
        f"{_cleaned(f'c{at}', source_list)} AS {sql.name(name)}" for at, name in enumerate(names)
    ]
    extra = [f"? AS {sql.name(column)}" for column in fixed]
    chosen = ", ".join(["? AS _delivery", *extra, "_row", *cells])
    escaped = f"INSERT INTO {table} BY NAME SELECT {chosen} ".replace("{", "{{").replace("}", "}}")
    return escaped + "FROM ({source})"


def _cleaned(cell: str, source_list: SourceList) -> str:
    reader = source_list.reader
    steps = {**dict.fromkeys(reader.clean, ""), **reader.replace}
    for pattern, instead in steps.items():
        cell = f"regexp_replace({cell}, {sql.text(pattern)}, {sql.text(instead)}, 'g')"
    return f"nullif({cell}, '')" if steps else cell
