"""What a list's rows left in doubt is told, and rows that speak of nobody are set aside.

In: ``list_rows``. Out: rows of ISSUES (never a value) and QUARANTINE; RAW marks rows that are set
aside.
"""

import duckdb

from pei_graph import sql
from pei_graph.standardise.doubts import Doubt
from pei_graph.standardise.plan import Plan
from pei_graph.standardise.rows import all_doubts
from pei_graph.tables import RAW_COLUMNS

CONTENT_LIMIT = 2000
"""Most characters of a row that is set aside: enough to find it again."""

ROWS_TOLD = 100
"""Most rows of one delivery that are told one by one about one column; one issue tells the rest,
for a column wrong in every row is one matter, not a million."""


def tell(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Doubts stand in ISSUES; rows that name no person in QUARANTINE, no longer in RAW."""
    doubts = all_doubts(plan)
    counts = "".join(f", bool_or(d{number})" for number in range(len(doubts)))
    nobody, *found = (
        con.execute(f"SELECT bool_or({_nobody(plan)}){counts} FROM list_rows").fetchone() or ()
    )
    for number, doubt in enumerate(doubts):
        if found[number]:
            _tell(con, doubt, flag=f"d{number}")
    if nobody:
        _set_aside(con, plan)


def _tell(con: duckdb.DuckDBPyConnection, doubt: Doubt, *, flag: str) -> None:
    told = ROWS_TOLD if doubt.each_row else 0
    con.execute(
        f"""
        INSERT INTO issues BY NAME
        WITH doubtful AS (
            SELECT number, row, row_number() OVER (PARTITION BY number ORDER BY row) AS place
            FROM list_rows
            WHERE {flag}
        ),
        grouped AS (
            SELECT number, min(row) AS row, count(*) AS rows
            FROM doubtful
            GROUP BY number, least(place, $told + 1)
        )
        SELECT
            o.source, o.list, o.delivery_id, o.file, g.row, $column AS column,
            $rule AS rule, $severity AS severity, g.rows, $advice AS advice
        FROM grouped AS g
        JOIN working.delivery_order AS o ON o.number = g.number
        """,
        {
            "told": told,
            "column": doubt.column,
            "rule": doubt.rule,
            "severity": doubt.severity,
            "advice": doubt.advice,
        },
    )


def _nobody(plan: Plan) -> str:
    keys = [f"k{i}" for i in range(len(plan.list.people))]
    return f"coalesce({', '.join(keys)}) IS NULL"


def _set_aside(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    con.execute(
        "CREATE OR REPLACE TEMP TABLE nobody AS"
        " SELECT o.delivery_id, r.row FROM list_rows AS r"
        f" JOIN working.delivery_order AS o ON o.number = r.number WHERE {_nobody(plan)}"
    )
    con.execute(
        f"""
        INSERT INTO quarantine BY NAME
        SELECT
            o.delivery_id, o.source, o.list, o.file, n.row, $column AS column, $rule AS rule,
            $advice AS advice,
            left(concat_ws(' | ', {_content(plan)}), {CONTENT_LIMIT}) AS content
        FROM nobody AS n
        JOIN working.delivery_order AS o ON o.delivery_id = n.delivery_id
        JOIN {plan.table} AS r ON r._delivery = n.delivery_id AND r._row = n.row
        """,
        _rule(plan),
    )
    con.execute(
        f"UPDATE {plan.table} SET _aside = TRUE FROM nobody AS n"
        f" WHERE {plan.table}._delivery = n.delivery_id AND {plan.table}._row = n.row"
    )
    con.execute("DROP TABLE temp.nobody")


def _content(plan: Plan) -> str:
    columns = sorted(plan.present - RAW_COLUMNS.keys())
    return ", ".join(f"coalesce(r.{sql.name(column)}, '')" for column in columns) or "''"


def _rule(plan: Plan) -> dict[str, str]:
    people = plan.list.people
    if all(person.when for person in people):
        return {
            "rule": "no_person",
            "column": people[0].when[0].column,
            "advice": "The conditions of the contract find no person with a key in this row;"
            " nothing to do if such rows are not about people",
        }
    return {
        "rule": "missing_key",
        "column": people[0].key[0],
        "advice": "Fill the key of the person in the source: without it the row belongs to nobody",
    }
