"""A delivery that is unlike what its contract expects is remarked on, with the reason."""

from collections.abc import Iterator, Sequence

import duckdb

from pei_graph import sql
from pei_graph.contract import Expect
from pei_graph.extract.page import Note
from pei_graph.extract.set_aside import filled
from pei_graph.extract.tally import Delivery


def broken_expectations(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, *, columns: Sequence[str], rows_in: int
) -> Iterator[Note]:
    """Yield a warning for each expectation of the list that the delivery does not meet.

    ``columns`` are those delivered: a layout without a column cannot fill it.
    """
    expect = delivery.wanted.source_list.expect
    if expect is None:
        return
    if expect.rows and not expect.rows[0] <= rows_in <= expect.rows[1]:
        least, most = expect.rows
        advice = f"{rows_in} rows where {least} to {most} are expected: {expect.why}"
        yield Note("expect_rows", "warning", advice, rows=rows_in)
    if rows_in:
        yield from _unfilled(con, delivery, expect, columns)


def _unfilled(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, expect: Expect, columns: Sequence[str]
) -> Iterator[Note]:
    wanted = delivery.wanted
    table = sql.raw_table(wanted.contract.id, wanted.list_id)
    expected = sorted(set(columns) & set(expect.filled))
    if not expected:
        return
    shares = ", ".join(f"avg({filled(name, wanted.contract)}::INTEGER)" for name in expected)
    row = con.execute(
        f"SELECT {shares} FROM {table} WHERE _delivery = ?", [delivery.delivery_id]
    ).fetchone()
    for column, share in zip(expected, row or (), strict=True):
        if share is not None and share < expect.filled[column]:
            least = expect.filled[column]
            advice = f"{share:.0%} filled where {least:.0%} are expected: {expect.why}"
            yield Note("expect_filled", "warning", advice, column=column)
