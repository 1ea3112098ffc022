"""Makes a ledger's tables and triggers, and brings older ones up to this version.

Only one process does so at a time: it holds the ledger's one place for a writer meanwhile. All of
it is one transaction, so that a process that ends half-way leaves what was there before.
"""

from sqlalchemy import Connection, insert, inspect, select, update

from pei_graph.errors import LedgerError
from pei_graph.ledger.schema import metadata
from pei_graph.ledger.schema import version as version_table
from pei_graph.ledger.store import Store

VERSION = 2
"""Raised by one whenever tables or triggers change. 0 is a ledger from before they were counted."""

WRITTEN_ONCE = (
    ("audit_changed", "UPDATE ON audit", ""),
    ("audit_cut", "DELETE ON audit", ""),
    (
        "judgement_changed",
        'UPDATE OF id, record_l, record_r, verdict, "by", why, at, model, digest ON judgements',
        "",
    ),
    ("judgement_withdrawn", "UPDATE ON judgements", "WHEN (OLD.withdrawn_at IS NOT NULL)"),
    ("judgement_cut", "DELETE ON judgements", ""),
    ("showing_changed", "UPDATE ON showings", ""),
    ("showing_cut", "DELETE ON showings", ""),
)
"""Triggers by name: what the database itself refuses, and for which rows where not for all."""

EMPTIED = ("audit", "judgements", "showings")
"""PostgreSQL can empty a table without deleting its rows; of these it refuses that too."""

_SQLITE = (
    "CREATE TRIGGER {name} BEFORE {change} {when} BEGIN SELECT RAISE(ABORT, 'written once'); END"
)
_POSTGRES = (
    "CREATE OR REPLACE TRIGGER {name} BEFORE {change}"
    " FOR EACH {each} {when} EXECUTE FUNCTION written_once()"
)
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION written_once() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'written once'; END $$"
)


def make_tables(ledger: Store) -> None:
    """The ledger's tables and triggers are those of this version; what they hold is untouched.

    Raises ``LedgerError`` where a newer version of the product made them.
    """
    with ledger.reading() as con:
        if _version(con) == VERSION:
            return
    with ledger.writing() as con:
        if (found := _version(con)) < VERSION:
            metadata.create_all(con)
            _refuse_changes(con)
            _note_version(con)
        elif found > VERSION:
            raise LedgerError(
                "The ledger was made by a newer version of PEI Graph",
                do="Use that version or a later one; nothing was changed",
            )


def _version(con: Connection) -> int:
    if not inspect(con).has_table(version_table.name):
        return 0
    return int(con.execute(select(version_table.c.version)).scalar() or 0)


def _note_version(con: Connection) -> None:
    if not con.execute(update(version_table).values(version=VERSION)).rowcount:
        con.execute(insert(version_table).values(id=1, version=VERSION))


def _refuse_changes(con: Connection) -> None:
    """What is written once cannot be changed or deleted through the database."""
    trigger = _SQLITE
    if con.dialect.name == "postgresql":
        trigger = _POSTGRES
        con.exec_driver_sql(_POSTGRES_FUNCTION)
        for table in EMPTIED:
            change = f"TRUNCATE ON {table}"
            emptied = trigger.format(
                name=f"{table}_emptied", change=change, each="STATEMENT", when=""
            )
            con.exec_driver_sql(emptied)
    for name, change, when in WRITTEN_ONCE:
        if con.dialect.name == "sqlite":  # whose triggers of an older version are not replaced
            con.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        made = trigger.format(name=name, change=change, each="ROW", when=when)
        con.exec_driver_sql(made)
