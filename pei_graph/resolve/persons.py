"""Records judged to be one human being get one view: PERSONS."""

from collections.abc import Mapping
from datetime import date

import duckdb
import pyarrow as pa

from pei_graph.contract import Contract
from pei_graph.resolve import names
from pei_graph.resolve.components import Codes
from pei_graph.resolve.scripts import SQL

ADULT_AGE = 18
"""Years. A person of 16 or 17 is a child here; criteria that ask for less say so themselves."""

LIKELY_ADULT = 0.9
"""Share of the days on which a person may have been born that makes them an adult where no more is
known: a claimant or a parent is 15 or 16 and over, and of them all but a few are grown up."""

LONG_AFTER = 90
"""Days after a death in which systems go on writing: cases are closed, enquiries made, claims and
incidents entered. What began later than that says that somebody was alive, or that two people were
taken for one; a twin who lives must not be hidden by the death of the other."""

UNBORN = 9
"""Months before a birth in which somebody may have died who was expected."""

USUAL_TRUST = 50
"""Trust in a source whose contract is not at hand: the contracts' own default."""

_TRUSTED = """
CREATE OR REPLACE TEMP TABLE trusted AS
SELECT DISTINCT r.source, greatest(coalesce(c.trust, $usual), 1) AS trust
FROM records r
LEFT JOIN contract_trust c ON c.source = r.source
"""

_SHOUTED = """
SELECT DISTINCT coalesce(given, name) AS given
FROM spelling
WHERE coalesce(given, name) = upper(coalesce(given, name))
    OR coalesce(given, name) = lower(coalesce(given, name))
"""

_PERSONS = """
CREATE OR REPLACE TABLE persons AS
SELECT
    p.person_id,
    p.forename,
    p.surname,
    p.birth_date,
    p.died,
    p.said_died,
    p.sex,
    d.address_id,
    p.records,
    p.sources,
    p.adult,
    p.sealed
FROM person p
LEFT JOIN dwelling d ON d.label = p.label
"""


def describe(
    con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract], *, label: Codes, as_of: date
) -> None:
    """The temporary table ``person`` holds each cluster's name, birth date, death, sex and age.

    Names are spelt as a source spells them; those that only stand in capitals or small letters get
    a capital at each part. ``trusted`` (source, trust) stands too. Needs ``spelling``, ``spoken``,
    ``given_now``, ``node`` and ``cluster``, whose labels are ``label``, and FACTS.
    """
    trust = {source: contract.trust for source, contract in contracts.items()}
    texts, numbers = pa.array(trust, pa.string()), pa.array(trust.values(), pa.int32())
    con.register("contract_trust", pa.table({"source": texts, "trust": numbers}))
    con.execute(_TRUSTED, {"usual": USUAL_TRUST})
    con.unregister("contract_trust")
    con.register("called", names.choose(con, label))
    con.register("shouted", _shouted(con))
    SQL.run(con, "deaths", as_of=as_of, long_after=LONG_AFTER)
    SQL.run(con, "persons", come_of_age=of_age(as_of), likely=LIKELY_ADULT, unborn=UNBORN)
    con.execute("DROP TABLE death")
    con.unregister("called")
    con.unregister("shouted")


def _shouted(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return names that stand in capitals or small letters alone, and how they are shown."""
    given = [row[0] for row in con.execute(_SHOUTED).fetchall()]
    shown = [name.title() for name in given]
    return pa.table({"given": pa.array(given, pa.string()), "shown": pa.array(shown, pa.string())})


def of_age(as_of: date) -> date:
    """Return on which day they were born who come of age; 29 February becomes 28 February.

    >>> of_age(date(2024, 2, 29))
    datetime.date(2006, 2, 28)
    """
    last = 28 if (as_of.month, as_of.day) == (2, 29) else as_of.day
    return as_of.replace(year=as_of.year - ADULT_AGE, day=last)


def make(con: duckdb.DuckDBPyConnection) -> None:
    """PERSONS stands. Needs ``person`` and ``dwelling``."""
    con.execute(_PERSONS)
