"""RECORDS as the model compares them.

In: RECORDS, ADDRESSES and the strong identifiers. Out: the table ``comparables``, one row per
record: every spelling of a name, nicknames, keys to block on. Nothing is compared here.
"""

import duckdb
from nicknames import with_names_csv_path

from pei_graph.link import scripts

FEW_NAMESAKES = 3
"""Birth dates a full name may have for its records to be compared on the name alone: one person's
date is often on record in two or three spellings."""

CROWD = 40
"""Most records such a full name may have: it bounds those pairs, whatever the size of the data."""


LEAST_SEEN = 3
LIFT = 10
"""How often two forenames must stand for one birth date, surname and postcode, and how many times
as often as chance, to count as one name: three households' twins alike by chance are a wonder."""

YOUNGEST_PARENT = 12
OLDEST_PARENT = 70
"""Ages at a child's birth between which a recorded parent is believed: mothers are 12 to 60, and
fathers and adoptive parents some years more."""


ENOUGH_TWINS = 30
"""Homes with twins, and homes with one person under two names, from which to learn to tell them."""


SURE = 4.0
"""Bits from which two forenames of one birth date at one home are one person's: odds of sixteen to
one that they are not twins."""


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``comparables`` stands, one row per record."""
    with with_names_csv_path() as file:
        scripts.execute(con, "nicknames.sql", file=str(file), least=LEAST_SEEN, lift=LIFT)
    scripts.execute(con, "names.sql")
    scripts.execute(con, "sole.sql", enough=ENOUGH_TWINS, sure=SURE)
    scripts.execute(
        con,
        "comparables.sql",
        few=FEW_NAMESAKES,
        crowd=CROWD,
        youngest=YOUNGEST_PARENT,
        oldest=OLDEST_PARENT,
    )
