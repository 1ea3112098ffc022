"""Letters of every script as ASCII, by distinct spelling.

In: the names and address lines that hold other than ASCII letters. Out: ``transliterated``.
"""

import duckdb
import pyarrow as pa
from anyascii import anyascii

DISTINCT = """
    WITH spelt AS (
        SELECT forename AS spelling
        FROM working.merged
        UNION ALL
        SELECT middle_names
        FROM working.merged
        UNION ALL
        SELECT surname
        FROM working.merged
        UNION ALL
        SELECT name
        FROM working.merged
        UNION ALL
        SELECT spelling
        FROM working.said_names
        UNION ALL
        SELECT split_part(said, chr(31), 2)
        FROM working.said_addresses
        WHERE strlen(said) > length(said)
    )
    SELECT DISTINCT spelling
    FROM spelt
    WHERE strlen(spelling) > length(spelling)
"""
"""Only an ASCII text has as many bytes as letters."""


def transliterate(con: duckdb.DuckDBPyConnection) -> None:
    """Table ``transliterated`` gives each spelling that needs it in ASCII, by anyascii."""
    spellings = [str(row[0]) for row in con.execute(DISTINCT).fetchall()]
    plain = pa.table(
        {
            "spelling": pa.array(spellings, pa.string()),
            "plain": pa.array([anyascii(spelling) for spelling in spellings], pa.string()),
        }
    )
    con.register("plain_spellings", plain)
    con.execute("CREATE OR REPLACE TEMP TABLE transliterated AS SELECT * FROM plain_spellings")
    con.unregister("plain_spellings")
