"""Identifiers that records carry, normalised and checked.

In: ``said_identifiers`` and the records. Out: IDENTIFIERS; ISSUES on invalid and placeholder ones.
"""

from collections.abc import Mapping

import duckdb

from pei_graph.contract import Contract
from pei_graph.standardise.queries import run

DOUBTS = {
    "invalid_identifier": (
        "NOT f.placeholder AND NOT f.valid",
        "warning",
        (
            "Correct the identifier in the source: its form or check digit is wrong;"
            " it is kept, and marked so that it does not link records by itself"
        ),
    ),
    "placeholder_identifier": (
        "f.placeholder",
        "note",
        "Leave the cell empty in the source where no identifier is known; it was not used",
    ),
}
"""Rule: which identifiers break it, how severe that is, and what to do."""


def make_identifiers(con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract]) -> None:
    """IDENTIFIERS holds each record's identifiers, its own key among them where others quote it."""
    run(con, "identifiers")
    con.execute(
        """
        INSERT INTO identifiers BY NAME
        SELECT DISTINCT s.record_id, s.scheme, f.value, f.valid
        FROM said_identifiers AS s
        JOIN identifier_forms AS f ON f.scheme = s.scheme AND f.given = s.given
        WHERE NOT f.placeholder
        """
    )
    for contract in contracts.values():
        if contract.key_scheme:
            _add_own_keys(con, contract.id, contract.key_scheme)
    _tell(con)


def _add_own_keys(con: duckdb.DuckDBPyConnection, source: str, scheme: str) -> None:
    con.execute(
        """
        INSERT INTO identifiers BY NAME
        SELECT
            record_id,
            $scheme AS scheme,
            regexp_replace(upper(source_key), '[^A-Z0-9]', '', 'g') AS value,
            TRUE AS valid
        FROM records
        WHERE source = $source AND value <> ''
        EXCEPT
        SELECT record_id, scheme, value, TRUE
        FROM identifiers
        """,
        {"source": source, "scheme": scheme},
    )


def _tell(con: duckdb.DuckDBPyConnection) -> None:
    for rule, (holds, severity, advice) in DOUBTS.items():
        con.execute(
            f"""
            INSERT INTO issues BY NAME
            SELECT
                o.source, o.list, o.delivery_id, o.file, s.column_name AS column,
                min((s.place >> 10) & ((1::BIGINT << 34) - 1)) AS row,
                count(*) AS rows,
                $rule AS rule, $severity AS severity, $advice AS advice
            FROM said_identifiers AS s
            JOIN identifier_forms AS f ON f.scheme = s.scheme AND f.given = s.given
            JOIN delivery_order AS o ON o.number = s.place >> 44
            WHERE {holds}
            GROUP BY o.source, o.list, o.delivery_id, o.file, s.column_name
            """,
            {"rule": rule, "severity": severity, "advice": advice},
        )
