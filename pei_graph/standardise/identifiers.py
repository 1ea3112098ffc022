"""Identifiers that records carry, normalised and checked.

In: ``said_identifiers`` and the records. Out: IDENTIFIERS; ISSUES on invalid and placeholder ones.
"""

from collections.abc import Mapping

import duckdb

from pei_graph.contract import Contract
from pei_graph.standardise.queries import SQL

DOUBTS = {
    "invalid_identifier": (
        "warning",
        (
            "Correct the identifier in the source: its form or check digit is wrong;"
            " it is kept, and marked so that it does not link records by itself"
        ),
    ),
    "placeholder_identifier": (
        "note",
        "Leave the cell empty in the source where no identifier is known; it was not used",
    ),
}
"""Rule: how severe a breach is, and what to do."""


def make_identifiers(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """IDENTIFIERS holds each record's identifiers, its own key among them where others quote it."""
    SQL.run(con, "identifiers")
    schemes = {each.id: each.key_scheme for each in contracts.values() if each.key_scheme}
    con.execute(
        """
        INSERT INTO identifiers BY NAME
        WITH quoted AS (
            SELECT unnest($sources) AS source, unnest($schemes) AS scheme
        )
        SELECT s.record_id, s.scheme, f.value, f.valid
        FROM working.said_identifiers AS s
        JOIN identifier_forms AS f ON f.scheme = s.scheme AND f.given = s.given
        WHERE NOT f.placeholder
        UNION
        SELECT
            r.record_id,
            q.scheme,
            without_zeros(letters_and_digits(r.source_key)) AS value,
            TRUE AS valid
        FROM records AS r
        JOIN quoted AS q ON q.source = r.source
        WHERE value <> ''
            AND (
                q.source IN (SELECT source FROM working.delivery_order WHERE untold)
                OR r.record_id IN (SELECT record_id FROM working.extra)
            )
        """,
        {"sources": list(schemes), "schemes": list(schemes.values())},
    )
    _tell(con)


def _tell(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        INSERT INTO issues BY NAME
        WITH rules AS (
            SELECT
                unnest($rules) AS rule,
                unnest($severities) AS severity,
                unnest($advice) AS advice
        ),
        doubtful AS (
            SELECT
                scheme,
                given,
                CASE WHEN placeholder THEN 'placeholder_identifier' ELSE 'invalid_identifier' END
                    AS rule
            FROM identifier_forms
            WHERE placeholder OR NOT valid
        )
        SELECT
            o.source, o.list, o.delivery_id, o.file, s.column_name AS column,
            min((s.place >> 10) & ((1::BIGINT << 34) - 1)) AS row,
            count(*) AS rows,
            r.rule, r.severity, r.advice
        FROM working.said_identifiers AS s
        JOIN doubtful AS d ON d.scheme = s.scheme AND d.given = s.given
        JOIN rules AS r ON r.rule = d.rule
        JOIN working.delivery_order AS o ON o.number = s.place >> 44
        WHERE o.untold
        GROUP BY
            o.source, o.list, o.delivery_id, o.file, s.column_name,
            r.rule, r.severity, r.advice
        """,
        {
            "rules": list(DOUBTS),
            "severities": [severity for severity, _ in DOUBTS.values()],
            "advice": [advice for _, advice in DOUBTS.values()],
        },
    )
