"""The part of a council whose persons may change, resolved again as if there were nothing else.

In: the records that changed, the last run's tables and register, the new LINKS. Out: the rows that
a full run would give those persons, put in the place of theirs before. Who the people are is
*settled* again of a part that is closed under every link that may join (accepted or possible),
every verdict, every person and every id once given. Most turn out to be made of the same records.
Homes are found again only around those who are not, or of whom something else is told: what stands
*around* them is only looked at. Every choice of the stage is local to such a part, or follows the
order of record ids, which a part keeps.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from pei_graph import sql, tables
from pei_graph.contract import Contract
from pei_graph.resolve import context, evidence, families, persons
from pei_graph.resolve import register as last
from pei_graph.resolve.judgements import Judged
from pei_graph.resolve.scripts import SQL
from pei_graph.resolve.stage import (
    everybody,
    find_homes,
    find_people,
    forget_issues,
    forget_people,
    know_people,
)
from pei_graph.workspace import in_memory, looking_in

_KNOWN = """
CREATE OR REPLACE TEMP TABLE known AS
SELECT record_id, hash(record_id) AS record, hash(person_id) AS code
FROM last_register
WHERE kind = 'record'
UNION ALL
SELECT record_id, hash(record_id), hash(record_id)
FROM records
SEMI JOIN retold USING (record_id)
ANTI JOIN (FROM last_register WHERE kind = 'record') USING (record_id)
"""
"""Records of now or before, and what stands for the person that each was last: for the record where
it is new, and so in ``retold``. Two whose hashes were alike would be settled together for nothing.
The hash of a record is joined in less time than its id."""

_LINKED = """
CREATE OR REPLACE TEMP TABLE linked AS
WITH link AS (
    SELECT hash(record_l) AS l, hash(record_r) AS r, state = 'accepted' AS accepted
    FROM links
    WHERE state IN ('accepted', 'possible')
)
SELECT a.code AS l, b.code AS r, link.accepted
FROM link
JOIN known a ON a.record = link.l
JOIN known b ON b.record = link.r AND b.code <> a.code
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

_PART = """
CREATE OR REPLACE TEMP TABLE {records} AS
SELECT record_id
FROM known
SEMI JOIN chosen USING (code);
CREATE OR REPLACE TEMP TABLE part_code AS
FROM chosen
"""
"""The records of whoever was chosen, and what stands for them."""

_LIVED_AROUND = """
CREATE OR REPLACE TEMP TABLE lived_around AS
SELECT person_id, address_id
FROM residences
SEMI JOIN part_address USING (address_id)
WHERE len(sources) > 0
    AND hash(person_id) NOT IN (FROM chosen)
"""
"""Where those live or lived who are not settled again: what sources say of them is what it was."""

_CHANGED_CODE = """
CREATE OR REPLACE TEMP TABLE settled_code AS
SELECT hash(id) AS code
FROM person_changed
UNION
SELECT known.code
FROM known
SEMI JOIN retold USING (record_id);
CREATE OR REPLACE TEMP TABLE chosen AS
FROM settled_code
"""

_AROUND = """
CREATE OR REPLACE TEMP TABLE around_record AS
SELECT record_id
FROM known
SEMI JOIN chosen USING (code)
WHERE code NOT IN (SELECT hash(id) FROM person_changed)
    AND record_id IN (SELECT record_id FROM records)
"""
"""Whoever did not change themselves: also who is only remembered to have had a record that did."""

_PERSONS_AROUND = """
CREATE OR REPLACE TEMP TABLE around AS
SELECT record_id, person_id
FROM members
SEMI JOIN around_record USING (record_id)
WHERE state = 'accepted'
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

_TOUCHED = "IN (SELECT id FROM person_touched)"

_REPLACED = (
    (tables.PERSONS, "person_id", f"person_id {_TOUCHED}"),
    (tables.RESIDENCES, "person_id", f"person_id {_TOUCHED}"),
    (
        tables.FAMILIES,
        "family_id, person_id",
        "address_id IN (SELECT address_id FROM place_touched)",
    ),
    (tables.RELATIONS, "person_id", f"person_id {_TOUCHED} OR other_person_id {_TOUCHED}"),
)
"""The tables of homes: what names whose a row is, and which rows may be others."""

_SCAFFOLD = ("tie", "linked", "known", "chosen", "newly", "told_at", "settled_code")

_AROUND_COUNTED = "SELECT count(*) FROM {table} ANTI JOIN settled_record USING (record_id)"


@dataclass(frozen=True, slots=True)
class Part:
    """Of how many records it was asked again whose they are, and of how many others the homes."""

    settled: int
    around: int


def settle_people(
    con: duckdb.DuckDBPyConnection,
    *,
    run: int,
    as_of: date,
    register: Path | None,
    judgements: Sequence[Judged] = (),
    last_as_of: date,
) -> None:
    """MEMBERS says what a full run would say; :func:`settle_homes` does the rest.

    Needs the temporary table ``touched`` (record_id): records that are new or changed, the ends of
    links that did, and of verdicts made or withdrawn since; and ``retold``, those of them that are
    new or gone, or of which something else is told that homes or names are found from. The tables
    hold what the last run said as of ``last_as_of``. The temporary table ``other_member``
    (record_id) says which records are in another person, or otherwise.
    """
    last.read(con, register)
    forget_issues(con)
    context.find_beginnings(con)
    if not _in_another_month(last_as_of, as_of):
        _age(con, last_as_of, as_of)
    _settle_people(con, judgements, run=run)


def settle_homes(
    con: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, Contract],
    *,
    run: int,
    as_of: date,
    last_as_of: date,
) -> Part:
    """PERSONS, RESIDENCES, FAMILIES and RELATIONS say what a full run would say.

    Needs what :func:`settle_people` leaves. Where ``last_as_of`` is in another month, by which what
    sources say is aged, all homes are found again. The next register stays in ``con`` as
    ``identity_register``; the temporary tables ``other_persons``, ``other_residences``,
    ``other_relations`` (person_id) and ``other_families`` (family_id, person_id) say whose rows of
    those tables differ, where not all homes were found again.
    """
    all_homes = _in_another_month(last_as_of, as_of)
    if all_homes:
        with everybody(con):
            find_homes(con, contracts, label=know_people(con), run=run, as_of=as_of)
    else:
        _settle_homes(con, contracts, run=run, as_of=as_of)
    around = "records" if all_homes else "part_record"
    [(others,)] = con.execute(_AROUND_COUNTED.format(table=around)).fetchall()
    return Part(_count(con, "settled_record"), int(others))


def _in_another_month(one: date, other: date) -> bool:
    return one.replace(day=1) != other.replace(day=1)


def _age(con: duckdb.DuckDBPyConnection, *days: date) -> None:
    """``retold`` holds those too for whom it matters which of two days of a month it is."""
    first, last_day = min(days), max(days)
    if first < last_day:
        SQL.run(
            con,
            "aged",
            first=first,
            last=last_day,
            of_age_first=persons.of_age(first),
            of_age_last=persons.of_age(last_day),
            likely=persons.LIKELY_ADULT,
        )


def _settle_people(
    con: duckdb.DuckDBPyConnection, judgements: Sequence[Judged], *, run: int
) -> None:
    """MEMBERS and IDENTITY_LOG stand; ``person_changed`` (id) says who is not who they were.

    ``known``, ``told_at`` and what :func:`find_people` leaves for the register are left.
    """
    _find_settled(con, judgements)
    last.keep_others(con)
    with in_memory(con, "part"):
        _copy_records(con, "settled_record")
        con.execute(SQL.text("people_part").format(read_by_vetoes=evidence.READ_BY_VETOES))
        con.execute(tables.ISSUES.ddl.replace('"issues"', 'part."issues"'))
        with looking_in(con, "part"):
            find_people(con, judgements, run=run)
            forget_people(con)
        SQL.run(con, "people_replaced")


def _settle_homes(
    con: duckdb.DuckDBPyConnection, contracts: Mapping[str, Contract], *, run: int, as_of: date
) -> None:
    """PERSONS, RESIDENCES, FAMILIES, RELATIONS and HEIRS stand."""
    _find_around(con)
    last.keep_others(con)
    with in_memory(con, "part"):
        _copy_records(con, "part_record")
        SQL.run(con, "homes_part")
        for statement in (_AT_HOME, _OUTSIDE):
            con.execute(statement)
        for table in (tables.IDENTITY_LOG, tables.ISSUES):
            con.execute(table.ddl.replace(f'"{table.name}"', f'part."{table.name}"'))
        with looking_in(con, "part"):
            find_homes(con, contracts, label=know_people(con), run=run, as_of=as_of)
        SQL.run(con, "homes_touched")
        for table, whose, rows in _REPLACED:
            _replace(con, table, whose, rows)
        SQL.run(con, "homes_replaced")
    families.tell_overfull(con)


def _replace(con: duckdb.DuckDBPyConnection, table: tables.Table, whose: str, rows: str) -> None:
    """Rows of the part stand in the place of those before; of whom any differs is noted."""
    digest = sql.digest(map(sql.name, table.columns))
    for statement in SQL.text("rows_replaced").split(";\n"):
        con.execute(statement.format(table=table.name, whose=whose, replaced=rows, digest=digest))


def _copy_records(con: duckdb.DuckDBPyConnection, whose: str) -> None:
    """The records in the table ``whose`` stand in the part, numbered in their order."""
    con.execute(SQL.text("records_part").format(whose=whose))


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


def _find_settled(con: duckdb.DuckDBPyConnection, judgements: Sequence[Judged]) -> None:
    """``settled_record`` holds the records whose persons are found again, ``part_code`` the codes.

    Who has lived where is told by those whom links surely make, and decides of further links by the
    household. What that makes of others tells nothing more of anybody: once is enough. ``told_at``
    says where everybody is known, and ``part_address`` where the part is.
    """
    con.execute(_KNOWN)
    con.execute(_LINKED)
    with _judged_pairs(con, judgements):
        _tie(con, _LINKED_SURELY)
        _reach(con, _SEEDS)
    SQL.run(con, "places")
    SQL.run(con, "addresses")
    further = f"CREATE OR REPLACE TEMP TABLE further AS FROM chosen UNION ({SQL.text('moved')})"
    con.execute(further)
    _tie(con, "SELECT l, r FROM linked")
    _reach(con, "FROM further")
    SQL.run(con, "addresses")
    con.execute(_PART.format(records="settled_record"))
    con.execute(_LIVED_AROUND)


def _find_around(con: duckdb.DuckDBPyConnection) -> None:
    """``part_record`` holds those whose homes are found again, and those around them.

    The second are in ``around``. ``part_address`` holds where the first, and their kin, live or
    lived, and ``part_code`` what stands for them all.
    """
    con.execute(_CHANGED_CODE)
    con.execute(_KNOWN)
    SQL.run(con, "addresses")
    _tie(con, SQL.text("kindred"))
    _reach(con, SQL.text("vague"))
    con.execute(_AROUND)
    SQL.run(con, "addresses")
    while True:
        _reach(con, SQL.text("around"))
        con.execute(_AROUND)
        [(more,)] = con.execute(SQL.text("homeless")).fetchall()
        if not more:
            break
    con.execute(_PART.format(records="part_record"))
    con.execute(_PERSONS_AROUND)
    con.execute("; ".join(f"DROP TABLE {table}" for table in _SCAFFOLD))


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
