"""The stage itself: each step in order, each leaving tables for the next.

In two halves: who the people are, whatever the day, and then where they live and with whom.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from pei_graph import boundary, tables
from pei_graph.contract import Contract
from pei_graph.resolve import (
    clusters,
    context,
    evidence,
    families,
    identities,
    members,
    persons,
    relations,
    residences,
)
from pei_graph.resolve import judgements as verdicts
from pei_graph.resolve import register as last
from pei_graph.resolve.components import Codes
from pei_graph.resolve.judgements import Judged

_CLAIM = """
CREATE OR REPLACE TEMP TABLE claim AS
SELECT
    substr(r.person_id, 3)::BIGINT AS old,
    c.label AS new,
    count(*) FILTER (r.live) AS units,
    count(*) AS remembered
FROM last_register r
JOIN node ON node.record_id = r.record_id
JOIN cluster c ON c.code = node.code
WHERE r.kind = 'record'
GROUP BY ALL
"""

_GROUPING = """
CREATE OR REPLACE TEMP TABLE grouping AS
SELECT label AS new
FROM cluster
WHERE code = label
"""

_NOBODY_AROUND = """
CREATE OR REPLACE TEMP TABLE lived_around (person_id VARCHAR, address_id VARCHAR);
CREATE OR REPLACE TEMP TABLE around (record_id VARCHAR, person_id VARCHAR);
CREATE OR REPLACE TEMP TABLE at_home (record_id VARCHAR);
CREATE OR REPLACE TEMP TABLE outside (address_id VARCHAR)
"""

_STAYING = """
CREATE OR REPLACE TEMP TABLE staying AS
SELECT a.record_id
FROM around a
JOIN whose w ON w.record_id = a.record_id
LEFT JOIN dwelling d ON d.label = w.label
ANTI JOIN at_home h ON h.record_id = a.record_id
WHERE d.address_id IS NULL
    OR d.address_id IN (SELECT address_id FROM outside)
"""

_EVERYBODY = """
CREATE OR REPLACE TEMP VIEW record_number AS
SELECT n, record_id
FROM comparables
"""

_OF_PEOPLE = ("spelt", "verdict", "claim", "grouping", "once_most", "choice")
"""Scaffold of the half that finds people, of which homes need nothing."""

_OF_BOTH = ("node", "spelling", "spoken", "statement", "cluster", "whose", "given_now")
"""Scaffold that says who the people are."""

_OF_HOMES = (
    "last_register", "claim", "grouping", "once_most", "choice", "given", "retirement", "trusted",
    "person", "said", "residence", "dwelling", "resident", "home", "settled", "living", "mourned",
    "begun", "at_home", "outside", "staying",
)  # fmt: skip


def resolve(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    *,
    run: int,
    as_of: date,
    register: Path | None = None,
    judgements: Sequence[Judged] = (),
    others: Callable[[], bool] = lambda: True,
    everyone: str = "records",
) -> bool:
    """MEMBERS, PERSONS, RESIDENCES, FAMILIES, RELATIONS, IDENTITY_LOG and HEIRS stand.

    In: RECORDS, FACTS, ADDRESSES, LINKS, ISSUES, and what the link stage leaves in ``con``: the
    macro ``pair_veto`` over two rows of the table ``comparables``; the contracts, for the trust in
    each source; ``register``, the file that the last run's :func:`write_register` made, if there
    was one. ``as_of`` is the day on which homes are present and people are adults. The next
    register stays in ``con`` as ``identity_register``. Homes are of people alone, whatever judged
    them: where ``others``, asked once MEMBERS stands, says that they are no others than were looked
    at before, no homes are found. Returns whether they were. ``everyone`` is the table of all
    records, where RECORDS are some of them.
    Raises ``WorkspaceError`` where the register is damaged.
    """
    last.read(con, register)
    forget_issues(con)
    context.find_beginnings(con, everyone=everyone)
    with everybody(con):
        label = find_people(con, judgements, run=run)
        wanted = others()
        if wanted:
            find_homes(con, contracts, label=label, run=run, as_of=as_of)
    return wanted


def forget_issues(con: duckdb.DuckDBPyConnection) -> None:
    """ISSUES holds none that this stage tells."""
    con.execute("DELETE FROM issues WHERE file = 'judgements' OR rule = 'overfull_dwelling'")


@contextmanager
def everybody(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """While the body runs the part of the council that the stage looks at is all of it."""
    con.execute(_NOBODY_AROUND)
    con.execute(_EVERYBODY)
    yield
    con.execute("DROP VIEW record_number")


def find_people(con: duckdb.DuckDBPyConnection, judgements: Sequence[Judged], *, run: int) -> Codes:
    """MEMBERS and IDENTITY_LOG stand; return the cluster of each record, in their order.

    Needs besides what :func:`resolve` needs, of the council or a part of it: ``record_number`` (n,
    record_id), the records in their order; ``last_register``, which then says who everybody is now,
    with ``other_register``; ``begun``; and ``lived_around`` (person_id, address_id), where people
    live or lived whose persons stand. ``given`` and ``retirement`` are left.
    """
    con.execute(tables.IDENTITY_LOG.ddl)
    count = evidence.number(con)
    evidence.spell(con)
    verdicts.load(con, judgements)
    links = evidence.links(con)
    context.read(con)
    label = clusters.cluster(con, links, count=count)
    con.execute(_CLAIM)
    con.execute(_GROUPING)
    identities.prepare(con)
    identities.give(con, "P", run=run)
    members.make(con, links, label)
    last.remember(con, run=run)
    _drop(con, _OF_PEOPLE)
    boundary.check(con, tables.MEMBERS, tables.IDENTITY_LOG)
    return label


def know_people(con: duckdb.DuckDBPyConnection) -> Codes:
    """What :func:`find_people` leaves for :func:`find_homes` stands, by MEMBERS; return the same.

    Nothing in it depends on the day.
    """
    evidence.number(con)
    context.read(con)
    return members.know(con)


def forget_people(con: duckdb.DuckDBPyConnection) -> None:
    """What :func:`find_people` leaves for homes is gone: those of others are to be found."""
    _drop(con, _OF_BOTH)


def find_homes(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    *,
    label: Codes,
    run: int,
    as_of: date,
) -> None:
    """PERSONS, RESIDENCES, FAMILIES, RELATIONS, IDENTITY_LOG and HEIRS stand.

    Needs what :func:`find_people` leaves, and of a part: ``around`` (record_id, person_id), records
    of people who stand as they were; ``at_home`` (record_id), those of them whose home was at one
    of the part's addresses; and ``outside`` (address_id), the addresses that are not.
    """
    persons.describe(con, contracts, label=label, as_of=as_of)
    relations.make(con)
    residences.make(con, as_of=as_of)
    persons.make(con)
    con.execute(_STAYING)
    last.set_aside(con)
    families.make(con, run=run)
    families.tell_overfull(con)
    last.store(con)
    last.name_heirs(con)
    _drop(con, (*_OF_BOTH, *_OF_HOMES))
    boundary.check(
        con, tables.PERSONS, tables.RESIDENCES, tables.FAMILIES, tables.RELATIONS,
        tables.IDENTITY_LOG, tables.HEIRS,
    )  # fmt: skip


def _drop(con: duckdb.DuckDBPyConnection, scaffold: Sequence[str]) -> None:
    con.execute("; ".join(f"DROP TABLE {table}" for table in scaffold))
