"""Identifiers first: which are strong, and which pairs of records they put together.

In: IDENTIFIERS, RECORDS and the model's ``generic_cuts``. Out: ``strong_identifiers`` (a record's
identifiers that still have force) and ``identifier_pairs``. Whether a pair links at once or is a
conflict is decided with the names and dates, in ``links``.
"""

import duckdb

from pei_graph.link.scripts import SQL

USUAL = 0.999
"""An identifier is generic when it is held by more different people than this share of its
scheme's shared identifiers: the cut follows the data at hand, scheme by scheme."""

ENOUGH = 1000
"""Fewest shared identifiers of a scheme from which that cut can be learnt."""

LEAST_PEOPLE = 3
"""Never generic up to this many different people: a mistyped digit or a misread name on a good
identifier gives two or three."""

FEW = 6
"""Up to this many holders all pairs are made; beyond it each holder is paired with the next alone,
in the order of birth date and name, so that the pairs grow with the records and not their square.
"""


def find_shared(con: duckdb.DuckDBPyConnection) -> None:
    """The tables ``shared_held`` and ``identifier_values`` stand: who shares which identifier."""
    SQL.run(con, "shared")


def learn_cuts(con: duckdb.DuckDBPyConnection) -> None:
    """The model's table ``generic_cuts`` stands. Needs what :func:`find_shared` leaves."""
    SQL.run(con, "cuts", usual=USUAL, enough=ENOUGH, least=LEAST_PEOPLE)


def find_strong(con: duckdb.DuckDBPyConnection) -> None:
    """The tables ``strong_identifiers`` and ``identifier_pairs`` stand."""
    SQL.run(con, "identifiers", least=LEAST_PEOPLE, few=FEW)
