"""How rare a full name is, told from how common its parts are."""

import duckdb

_RARITY = """
CREATE OR REPLACE MACRO name_rarity(forename, surname, records) AS
CASE
    WHEN 2 * forename * surname * records < 0.0625 THEN 'rare'
    WHEN 2 * forename * surname * records < 0.25 THEN 'seldom'
    ELSE 'common'
END
"""
"""By how many would bear the name in so many records if forenames and surnames were dealt out."""


def create_name_rarity(con: duckdb.DuckDBPyConnection) -> None:
    """The macro ``name_rarity(forename, surname, records)`` stands, of two shares."""
    con.execute(_RARITY)
