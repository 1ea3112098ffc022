"""A list whose files are too odd for YAML passes through one pure function of its own.

The function stands in ``loaders/transforms/<module>.py`` as ``transform(relation)``: it takes the
delivered rows, all text with the row's number in ``_row``, and returns them in the columns that the
contract reads. A row that it leaves out is set aside, so that counts still add up.
"""

from importlib import import_module

import duckdb

from pei_graph import sql
from pei_graph.extract.batches import names as batch_names
from pei_graph.extract.columns import match_columns
from pei_graph.extract.page import CONTENT_LIMIT, Page, Refusal, Reject


def transformed(con: duckdb.DuckDBPyConnection, page: Page) -> Page:
    """Return the page as its list's transform gives it; the page itself where there is none.

    Raises ``Refusal`` where the transform fails, or does not keep one number to each row.
    """
    module = page.wanted.source_list.transform
    if module is None:
        return page
    _land(con, page)
    try:
        given = import_module(f"loaders.transforms.{module}").transform(con.table("landing"))
        given.create_view("given", replace=True)
        con.execute("CREATE OR REPLACE TEMP TABLE transformed AS FROM given")
        columns = [name for name in given.columns if name != "_row"]
    except Exception as error:  # noqa: BLE001  # what a council's own function raises is unknown
        raise Refusal("transform", f"transforms.{module} failed: {type(error).__name__}") from None
    _refuse_repeats(con, module)
    return _page(con, page, columns)


def _land(con: duckdb.DuckDBPyConnection, page: Page) -> None:
    names = match_columns(page.header, page.wanted.source_list).names
    typed = "".join(f", {sql.name(name)} VARCHAR" for name in names)
    con.execute(f"CREATE OR REPLACE TEMP TABLE landing (_row BIGINT{typed})")
    chosen = ", ".join(batch_names(len(names)))
    for batch in page.tables:
        con.register("batch", batch)
        con.execute(f"INSERT INTO landing SELECT {chosen} FROM batch")
        con.unregister("batch")


def _refuse_repeats(con: duckdb.DuckDBPyConnection, module: str) -> None:
    row = con.execute(
        "SELECT count(*) = count(DISTINCT _row) AND bool_and(_row IN (SELECT _row FROM landing))"
        " FROM transformed"
    ).fetchone()
    if row and row[0] is False:
        raise Refusal("transform", f"transforms.{module} must keep each row's number in _row once")


def _page(con: duckdb.DuckDBPyConnection, page: Page, columns: list[str]) -> Page:
    left_out = con.execute(
        f"SELECT _row, left(concat_ws(' | ', *COLUMNS(* EXCLUDE (_row))), {CONTENT_LIMIT})"
        " FROM landing WHERE _row NOT IN (SELECT _row FROM transformed) ORDER BY _row"
    ).fetchall()
    cells = ", ".join(f"{sql.name(name)}::VARCHAR AS c{at}" for at, name in enumerate(columns))
    rejected = [Reject(row, "transform", content) for row, content in left_out]
    return Page(
        page.wanted,
        columns,
        part=page.part,
        sql=f"SELECT _row, {cells} FROM transformed",
        rejected=[*page.rejected, *rejected],
        notes=page.notes,
        delivered_on=page.delivered_on,
    )
