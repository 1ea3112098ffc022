"""The stage itself: each step in order, each leaving tables for the next."""

from collections.abc import Mapping, Sequence
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
GROUP BY ALL
"""

_GROUPING = """
CREATE OR REPLACE TEMP TABLE grouping AS
SELECT label AS new
FROM cluster
WHERE code = label
"""

_NOBODY_AROUND = """
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

_SCAFFOLD = (
    "node", "spelt", "spelling", "spoken", "statement", "verdict", "cluster", "whose",
    "last_register", "claim", "grouping", "choice", "given_now", "given", "retirement",
    "trusted", "person", "said", "residence", "dwelling", "home", "living", "begun",
    "other_register", "at_home", "outside", "staying",
)  # fmt: skip


def resolve(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    *,
    run: int,
    as_of: date,
    register: Path | None = None,
    judgements: Sequence[Judged] = (),
) -> None:
    """MEMBERS, PERSONS, RESIDENCES, FAMILIES, RELATIONS, IDENTITY_LOG and HEIRS stand.

    In: RECORDS, FACTS, ADDRESSES, LINKS, ISSUES, and what the link stage leaves in ``con``: the
    macro ``pair_veto`` over two rows of the table ``comparables``; the contracts, for the trust in
    each source; ``register``, the file that the last run's :func:`write_register` made, if there
    was one. ``as_of`` is the day on which homes are present and people are adults. The next
    register stays in ``con`` as ``identity_register``.
    Raises ``WorkspaceError`` where the register is damaged.
    """
    last.read(con, register)
    con.execute("DELETE FROM issues WHERE file = 'judgements' OR rule = 'overfull_dwelling'")
    context.find_beginnings(con)
    con.execute(_NOBODY_AROUND)
    con.execute("CREATE OR REPLACE TEMP VIEW record_number AS SELECT n, record_id FROM comparables")
    resolve_part(con, contracts, run=run, as_of=as_of, judgements=judgements)
    con.execute("DROP VIEW record_number")


def resolve_part(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    *,
    run: int,
    as_of: date,
    judgements: Sequence[Judged] = (),
) -> None:
    """As :func:`resolve`, of a part of the council.

    Needs besides: ``record_number`` (n, record_id), the part's records in their order;
    ``last_register`` and ``other_register``; ``begun``; ``around`` (record_id, person_id), records
    whose persons stand; ``at_home`` (record_id), those of them whose home was at one of the part's
    addresses; and ``outside`` (address_id), the addresses that are not.
    """
    con.execute(tables.IDENTITY_LOG.ddl)
    label = _find_people(con, judgements, run=run)
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
    con.execute("; ".join(f"DROP TABLE {table}" for table in _SCAFFOLD))
    boundary.check(
        con, tables.MEMBERS, tables.PERSONS, tables.RESIDENCES, tables.FAMILIES,
        tables.RELATIONS, tables.IDENTITY_LOG, tables.HEIRS,
    )  # fmt: skip


def _find_people(
    con: duckdb.DuckDBPyConnection, judgements: Sequence[Judged], *, run: int
) -> Codes:
    """MEMBERS stands; every cluster has its person id; return the cluster of each record."""
    count = evidence.number(con)
    verdicts.load(con, judgements)
    links = evidence.links(con)
    context.read(con)
    label = clusters.cluster(con, links, count=count)
    con.execute(_CLAIM)
    con.execute(_GROUPING)
    identities.prepare(con)
    identities.give(con, "P", run=run)
    members.make(con, links, label)
    return label
