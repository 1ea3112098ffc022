"""The part of a council whose persons may change, resolved again as if there were nothing else.

In: the records that changed, the last run's tables and register, the new LINKS. Out: the rows that
a full run would give those persons, put in the place of theirs before. What is *settled* again is
closed under every link that may join (accepted or possible), every verdict, every person and every
id once given; what stands *around* it keeps its persons and is only looked at. Every choice of the
stage is local to such a part, or follows the order of record ids, which a part keeps.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from pei_graph import tables
from pei_graph.contract import Contract
from pei_graph.resolve import context, families
from pei_graph.resolve import register as last
from pei_graph.resolve.judgements import Judged
from pei_graph.resolve.scripts import SQL
from pei_graph.resolve.stage import resolve_part
from pei_graph.workspace import in_memory, looking_in

_KNOWN = """
CREATE OR REPLACE TEMP TABLE known AS
SELECT record_id, coalesce(hash(was.person_id), hash(record_id)) AS code
FROM (SELECT record_id FROM records)
FULL JOIN (SELECT record_id, person_id FROM last_register WHERE kind = 'record') was
    USING (record_id)
"""
"""Records of now or before, and what stands for the person that each was last: for the record where
it is new. Two whose hashes were alike would be settled together for nothing."""

_LINKED = """
CREATE OR REPLACE TEMP TABLE linked AS
SELECT a.code AS l, b.code AS r, k.state = 'accepted' AS accepted
FROM links k
JOIN known a ON a.record_id = k.record_l
JOIN known b ON b.record_id = k.record_r
WHERE k.state IN ('accepted', 'possible') AND a.code <> b.code
"""
"""What holds persons together that must be settled together."""

_LINKED_SURELY = """
SELECT l, r
FROM linked
WHERE accepted
UNION ALL
SELECT a.code, b.code
FROM judged_pair
JOIN known a ON a.record_id = one
JOIN known b ON b.record_id = other
"""
"""What may make one person of them whatever the household says."""

_SETTLED = """
CREATE OR REPLACE TEMP TABLE settled_code AS FROM chosen;
CREATE OR REPLACE TEMP TABLE part_record AS
SELECT record_id, true AS settled
FROM known
SEMI JOIN chosen USING (code)
"""

_AROUND = """
CREATE OR REPLACE TEMP TABLE around_record AS
SELECT record_id
FROM known
SEMI JOIN chosen USING (code)
ANTI JOIN settled_code USING (code)
WHERE record_id IN (SELECT record_id FROM records)
"""

_PERSONS_AROUND = """
CREATE OR REPLACE TEMP TABLE around AS
SELECT record_id, person_id
FROM members
SEMI JOIN around_record USING (record_id)
WHERE state = 'accepted';
INSERT INTO part_record
SELECT record_id, false AS settled
FROM around;
CREATE OR REPLACE TEMP TABLE part_code AS
SELECT DISTINCT code
FROM known
SEMI JOIN part_record USING (record_id)
"""

_AT_HOME = """
CREATE OR REPLACE TEMP TABLE at_home AS
SELECT a.record_id
FROM around a
JOIN persons p ON p.person_id = a.person_id
SEMI JOIN part_address ON part_address.address_id = p.address_id
"""

_OUTSIDE = """
CREATE OR REPLACE TEMP TABLE outside AS
SELECT address_id
FROM part.addresses
ANTI JOIN part_address USING (address_id)
"""

_SEEDS = """
SELECT DISTINCT code
FROM known
WHERE record_id IN (FROM touched)
    OR record_id IN (SELECT unnest([one, other]) FROM judged_pair)
"""

_SCAFFOLD = ("tie", "linked", "known", "chosen", "newly", "told_at", "settled_code")


@dataclass(frozen=True, slots=True)
class Part:
    """How many records were settled again, and how many stood around them."""

    settled: int
    around: int


def settle(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    *,
    run: int,
    as_of: date,
    register: Path | None,
    judgements: Sequence[Judged] = (),
) -> Part:
    """MEMBERS, PERSONS, RESIDENCES, FAMILIES and RELATIONS say what a full run would say.

    Needs the temporary table ``touched`` (record_id): records that are new or changed, the ends of
    links that did, and of verdicts made or withdrawn since. The tables hold what the last run said
    on the same day. The next register stays in ``con`` as ``identity_register``; the temporary
    tables ``person_touched`` and ``family_touched`` (id) say whose rows were replaced, and
    ``other_member`` (record_id) which records are in another person, or otherwise.
    """
    last.read(con, register)
    _find_part(con, judgements)
    last.keep_others(con)
    context.find_beginnings(con)
    with in_memory(con, "part"):
        SQL.run(con, "part")
        for statement in (_AT_HOME, _OUTSIDE):
            con.execute(statement)
        con.execute(tables.ISSUES.ddl.replace('"issues"', 'part."issues"'))
        with looking_in(con, "part"):
            resolve_part(con, contracts, run=run, as_of=as_of, judgements=judgements)
        SQL.run(con, "replace")
    families.tell_overfull(con)
    query = "SELECT settled, count(*) FROM part_record GROUP BY settled"
    counts = dict(con.execute(query).fetchall())
    return Part(counts.get(True, 0), counts.get(False, 0))


def _find_part(con: duckdb.DuckDBPyConnection, judgements: Sequence[Judged]) -> None:
    """``part_record`` holds what is settled again and what stands around it; ``around`` the second.

    ``part_address`` holds where the part, and its kin, live or lived, and ``part_code`` what stands
    for its persons.
    """
    con.execute(_KNOWN)
    con.execute(_LINKED)
    with _judged_pairs(con, judgements):
        _tie(con, _LINKED_SURELY)
        _reach(con, _SEEDS)
    _find_settled(con)
    _tie(con, SQL.text("kindred"))
    _find_around(con)
    con.execute("; ".join(f"DROP TABLE {table}" for table in _SCAFFOLD))


def _tie(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """The table ``tie`` (l, r) holds what the query ties together, and ``chosen`` nothing yet."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE tie AS {query}")
    con.execute("CREATE OR REPLACE TEMP TABLE chosen (code UBIGINT)")


def _reach(con: duckdb.DuckDBPyConnection, seeds: str) -> None:
    """``chosen`` (code) holds the seeds too, and all that is tied to them.

    ``seeds`` is a query for codes, of which those that were chosen before do not count. Few are
    reached of many, so going from one to the next costs less than finding every group.
    """
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE newly AS FROM ({seeds}) ANTI JOIN chosen USING (code)"
    )
    con.execute("INSERT INTO chosen FROM newly")
    while _count(con, "newly"):
        SQL.run(con, "reached")


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    [(rows,)] = con.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(rows)


def _find_settled(con: duckdb.DuckDBPyConnection) -> None:
    """``part_record`` holds what is settled again; ``chosen`` has whom its links surely make.

    Who has lived where is told by those, and decides of further links by the household. What that
    makes of others tells nothing more of anybody: once is enough. ``told_at`` says where everybody
    is known, and ``part_address`` where the part is.
    """
    SQL.run(con, "places")
    SQL.run(con, "addresses")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE settled_code AS FROM chosen UNION ({SQL.text('moved')})"
    )
    _tie(con, "SELECT l, r FROM linked")
    _reach(con, "FROM settled_code")
    SQL.run(con, "addresses")
    con.execute(_SETTLED)


def _find_around(con: duckdb.DuckDBPyConnection) -> None:
    """``part_record`` holds those around too, and ``around`` who they are."""
    _reach(con, SQL.text("vague"))
    con.execute(_AROUND)
    SQL.run(con, "addresses")
    while True:
        _reach(con, SQL.text("around"))
        con.execute(_AROUND)
        [(more,)] = con.execute(SQL.text("homeless")).fetchall()
        if not more:
            break
    con.execute(_PERSONS_AROUND)


@contextmanager
def _judged_pairs(con: duckdb.DuckDBPyConnection, judgements: Sequence[Judged]) -> Iterator[None]:
    """While the body runs ``judged_pair`` (one, other) holds the pairs that people judged.

    All of them are settled again, so that what is told of them is told whole.
    """
    ends = [(each.record_l, each.record_r) for each in judgements]
    columns = list(zip(*ends, strict=True)) or [(), ()]
    typed = [pa.array(column, pa.string()) for column in columns]
    con.register("judged_pair", pa.table(dict(zip(("one", "other"), typed, strict=True))))
    try:
        yield
    finally:
        con.unregister("judged_pair")
