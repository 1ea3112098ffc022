"""The few rows of two runs' tables in which their graphs may differ.

In: this run's tables, the last run's, and the names of the graph's tables. Out: two small databases
in memory, one a run, that hold the rows of those records, persons, families, addresses, pairs and
subjects of which anything differs. Every row that a SELECT of ``select/`` gives is made of the rows
of one of them, so what the SELECTs give of the two small databases differs exactly where their
graphs do. Rows are told apart by a hash of 64 bits; none stands twice, since every table between
stages has a key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

from pei_graph import sql
from pei_graph.workspace import in_memory, looking_in

NOW, WAS = "part_now", "part_was"
"""The names of the two small databases."""

TOLD = {
    "records": "record_id, source, role, forename_given, surname_given, birth_date_given,"
    " address_given, forename, middle_names, surname, birth_date, birth_date_quality, sex,"
    " postcode, uprn, case_family, delivery_id, first_seen, last_seen, in_latest, sealed,"
    " address_id",
    "identifiers": "record_id, scheme, value",
    "facts": "record_id, fact_id, kind, type, role, event, from_date, to_date, status, detail,"
    " value, total, unauthorised, worker, telephone, source, address_id",
    "members": "record_id, person_id, state, probability, weakest_link, match_key",
    "ended": "record_id, fact_id, because",
    "persons": "person_id, forename, surname, birth_date, died, said_died, sex, adult, records,"
    " sources, sealed",
    "residences": "person_id, address_id, from_date, to_date, current, placed, sources",
    "relations": "person_id, other_person_id, kind, source, from_date, to_date",
    "families": "family_id, person_id, role, address_id, from_date, to_date",
    "addresses": "address_id, uprn, postcode, house, street, line, kind, sealed",
    "links": "record_l, record_r, weight, reason, state, veto",
    "findings": "subject, subject_kind, pack, criterion, state, since, value, evidence, because",
    "deliveries": "source, delivered_on, status",
}
"""The columns of each table that the graph's SELECTs read: only what differs in those matters."""

_NEWEST = (
    "(SELECT max(delivered_on) FROM {of}deliveries AS d"
    " WHERE d.source = records.source AND d.status = 'loaded')"
)

COMPARED = {
    "records": {
        "delivery_id": f"CASE WHEN last_seen IS DISTINCT FROM {_NEWEST} THEN delivery_id END",
        "last_seen": f"nullif(last_seen, {_NEWEST})",
    },
}
"""Of columns that a SELECT tells in part, what it tells, ``of`` a run's database: a source that is
delivered again says of all its records that they were seen on another day, and the graph once."""

WHOLE = ("deliveries",)
"""Tables of few rows, of which rows of many owners are made: never compared, and copied whole. What
they make of a row is in COMPARED."""

OWNERS = {
    "records": ("record_id",),
    "identifiers": ("record_id",),
    "facts": ("record_id",),
    "members": ("record_id",),
    "ended": ("record_id",),
    "persons": ("person_id",),
    "residences": ("person_id",),
    "relations": ("person_id",),
    "families": ("family_id", "person_id"),
    "addresses": ("address_id",),
    "links": ("record_l",),
    "findings": ("subject",),
}
"""The columns that name what a row belongs to. The tables that a SELECT joins share the one by
which it joins them; the rows that a SELECT puts together share the one by which it does."""

MADE_OF = {
    "Address": ("addresses",),
    "Involvement": ("facts", "records"),
    "Record": ("records", "identifiers", "deliveries"),
    "WITH_AGENCY": ("facts",),
    "FROM_SOURCE": ("records",),
    "EVIDENCES": ("facts",),
    "RECORDED_AT": ("facts", "records"),
    "SAME_AS": ("links",),
    "Person": ("persons", "families", "residences"),
    "Family": ("families",),
    "INVOLVED_IN": ("facts", "members", "ended"),
    "CANDIDATE_FOR": ("members",),
    "LIVES_AT": ("residences",),
    "MEMBER_OF": ("families", "persons"),
    "AT": ("families",),
    "RELATED_TO": ("relations",),
    "MEETS.Person": ("findings",),
    "MEETS.Family": ("findings",),
}
"""By the names of the graph's tables: the tables they are made of. Those that are not here are few
rows made of everything, and are looked at whole."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of two runs' tables before they are compared."""

    alike: frozenset[str] = frozenset()
    """Tables that are the same in both."""
    within: Mapping[str, str] = field(default_factory=dict)
    """By table, the condition or join that holds for all rows that may differ, in either run; any
    row of another table may."""

    owners: Mapping[str, str] = field(default_factory=dict)
    """By table, the query for what rows that differ belong to, by the names in :data:`OWNERS`,
    where a run knows that already; what belongs to others is the same."""

    def told(self, table: str, *, of: str = "") -> str:
        """Return what gives the rows of a table that may differ; ``of`` names a database."""
        return f"{of}{table} {self.within.get(table, '')}"


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Parts:
    """What the small databases hold."""

    here: str
    """The database with all of this run's tables."""
    differing: frozenset[str]
    """Tables of which a row differs."""

    def may_differ(self, name: str) -> bool:
        """Return whether the rows of one of the graph's tables may differ."""
        return name not in MADE_OF or not self.differing.isdisjoint(MADE_OF[name])


@contextmanager
def narrowed(
    con: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    *,
    before: str,
    known: Known,
) -> Iterator[Parts]:
    """While the body runs the small databases hold what ``names`` are made of, where it differs.

    ``before`` is the database with the last run's tables. What is known to be the same in both is
    not compared.
    """
    tables = dict.fromkeys(table for name in names for table in MADE_OF.get(name, ()))
    with in_memory(con, NOW), in_memory(con, WAS):
        differing = _find_owners(con, tables, before, known)
        for table in tables:
            _fill(con, NOW, table, table)
            _fill(con, WAS, table, f"{sql.name(before)}.{table}")
        con.execute("DROP TABLE owners")
        [(here,)] = con.execute("SELECT current_database()").fetchall()
        yield Parts(str(here), differing)


@contextmanager
def looking_at(con: duckdb.DuckDBPyConnection, part: str, name: str, whole: str) -> Iterator[None]:
    """While the body runs ``con`` finds one of the graph's tables' rows of a run that may differ.

    ``part`` is the run's small database, ``whole`` the one with all of its tables.
    """
    with looking_in(con, part if name in MADE_OF else whole):
        yield


def _find_owners(
    con: duckdb.DuckDBPyConnection, tables: Iterable[str], before: str, known: Known
) -> frozenset[str]:
    """The table ``owners`` names what rows that differ belong to; return the tables with any."""
    con.execute("CREATE OR REPLACE TEMP TABLE owners (named_by VARCHAR, owner VARCHAR)")
    found = set()
    for table in tables:
        if table in known.alike or table in WHOLE:
            continue
        con.execute(f"CREATE OR REPLACE TEMP TABLE odd AS {_differing(table, before, known)}")
        for column in OWNERS[table]:
            con.execute(f"INSERT INTO owners SELECT DISTINCT '{column}', {column} FROM odd")
        if con.execute("SELECT 1 FROM odd LIMIT 1").fetchall():
            found.add(table)
        con.execute("DROP TABLE odd")
    return frozenset(found)


def _differing(table: str, before: str, known: Known) -> str:
    if table in known.owners:
        return f"SELECT {', '.join(OWNERS[table])} FROM ({known.owners[table]})"
    last = f"{sql.name(before)}."
    either = (f"coalesce(now_is.{each}, was.{each}) AS {each}" for each in OWNERS[table])
    return (
        f"SELECT {', '.join(either)} FROM ({_told(table, known, of='')}) AS now_is"
        f" FULL JOIN ({_told(table, known, of=last)}) AS was"
        " ON now_is.told = was.told"
        " WHERE now_is.told IS NULL OR was.told IS NULL"
    )


def _told(table: str, known: Known, *, of: str) -> str:
    """Return the query for the owners of each row that may differ, and a hash of what it says."""
    told = COMPARED.get(table, {})
    columns = (told.get(each, each).format(of=of) for each in TOLD[table].split(", "))
    owners = ", ".join(OWNERS[table])
    return f"SELECT {owners}, {sql.digest(columns)} AS told FROM {known.told(table, of=of)}"


def _fill(con: duckdb.DuckDBPyConnection, part: str, table: str, whole: str) -> None:
    """A small database holds the rows of a table that belong to any of the owners."""
    if table in WHOLE:
        con.execute(f"CREATE TABLE {part}.{table} AS SELECT {TOLD[table]} FROM {whole}")
        return
    owned = " OR ".join(
        f"{each} IN (SELECT owner FROM owners WHERE named_by = '{each}')" for each in OWNERS[table]
    )
    con.execute(f"CREATE TABLE {part}.{table} AS SELECT {TOLD[table]} FROM {whole} WHERE {owned}")
