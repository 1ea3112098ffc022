"""Proof that a finished run adds up: nothing was lost, and the parts agree with each other.

Each check is a question with one number for each side; a run is sound when every pair is equal.
"""

from dataclasses import dataclass

import duckdb

from pei_graph import boundary, graph, sql
from pei_graph.errors import PeiError
from pei_graph.layout import readable_run
from pei_graph.ledger import open_ledger
from pei_graph.settings import Settings
from pei_graph.tables import STAGE_TABLES
from pei_graph.workspace import RunFolder, Workspace, connect


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold, whether it does, and the figures that show it."""

    says: str
    holds: bool
    figures: str


def verify(workspace: Workspace, settings: Settings) -> list[Check]:
    """Return every check of the current run, its graph, and the ledger."""
    run = readable_run(workspace)
    with connect(run.tables, settings, read_only=True) as con:
        checks = [*_tables_keep_their_word(con), *_rows_add_up(con), *_records_add_up(con)]
        checks += _graph_agrees(con, run, settings)
        checks.append(_register_agrees(con, workspace, run))
    checks.append(_audit_is_whole(workspace, settings))
    return checks


def _number(con: duckdb.DuckDBPyConnection, query: str, *values: str) -> int:
    row = con.execute(query, list(values)).fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _equal(says: str, left: int, right: int) -> Check:
    return Check(says, left == right, f"{left:,} = {right:,}")


def _same(con: duckdb.DuckDBPyConnection, says: str, left: str, right: str) -> Check:
    """Two queries have the same rows; with as many of others their counts would agree too."""
    either, both = (
        _number(con, f"SELECT count(*) FROM (({left}) {how} ({right}))")
        for how in ("UNION", "INTERSECT")
    )
    return _equal(says, either, both)


def _among(con: duckdb.DuckDBPyConnection, says: str, part: str, whole: str) -> Check:
    """Every row of a query is one of another's too."""
    rows = _number(con, f"SELECT count(*) FROM (SELECT DISTINCT * FROM ({part}))")
    found = _number(con, f"SELECT count(*) FROM (({part}) INTERSECT ({whole}))")
    return _equal(says, rows, found)


def _tables_keep_their_word(con: duckdb.DuckDBPyConnection) -> list[Check]:
    checks = []
    for table in STAGE_TABLES:
        try:
            boundary.check(con, table)
        except PeiError as error:
            checks.append(Check(f"{table.name} keeps its specification", holds=False,
                                figures=error.what))  # fmt: skip
        else:
            rows = _number(con, f"SELECT count(*) FROM {sql.name(table.name)}")
            checks.append(Check(f"{table.name} keeps its specification", holds=True,
                                figures=f"{rows:,} rows"))  # fmt: skip
    return checks


def _rows_add_up(con: duckdb.DuckDBPyConnection) -> list[Check]:
    checks = []
    lists = con.execute("SELECT DISTINCT source, list FROM deliveries ORDER BY ALL").fetchall()
    for source, list_id in lists:
        delivered = _number(
            con,
            "SELECT sum(rows_in) FROM deliveries WHERE source = ? AND list = ?",
            source,
            list_id,
        )
        accepted = _accepted(con, source, list_id)
        set_aside = _number(
            con,
            "SELECT count(*) FROM quarantine WHERE source = ? AND list = ?",
            source,
            list_id,
        )
        repeated = _number(
            con,
            "SELECT sum(repeated) FROM deliveries WHERE source = ? AND list = ?",
            source,
            list_id,
        )
        checks.append(
            Check(
                f"{source}.{list_id}: rows delivered = rows accepted + rows quarantined"
                " + rows repeated by a later delivery",
                delivered == accepted + set_aside + repeated,
                f"{delivered:,} = {accepted:,} + {set_aside:,} + {repeated:,}",
            )
        )
    return checks


def _accepted(con: duckdb.DuckDBPyConnection, source: str, list_id: str) -> int:
    exists = _number(
        con,
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'raw' AND table_name = ?",
        f"{source}.{list_id}",
    )
    if not exists:
        return 0
    table = sql.raw_table(source, list_id)
    return _number(con, f"SELECT count(*) FROM {table} WHERE _aside IS NOT TRUE")


def _records_add_up(con: duckdb.DuckDBPyConnection) -> list[Check]:
    raw = con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'raw'").fetchall()
    union = " UNION ALL ".join(
        f"SELECT _delivery, _row FROM raw.{sql.name(table)} WHERE _aside IS NOT TRUE"
        for (table,) in raw
    )
    held = "SELECT person_id FROM members WHERE state = 'accepted'"
    families = "SELECT family_id FROM families"
    return [
        _same(con, "every accepted row speaks of a record",
              union or "SELECT NULL, NULL WHERE false",
              "SELECT delivery_id, row FROM record_rows"),
        _same(con, "every record belongs to exactly one person",
              "SELECT record_id, 1 FROM records",
              "SELECT record_id, count(*) FROM members WHERE state = 'accepted' GROUP BY ALL"),
        _same(con, "every person is made of records", "SELECT person_id FROM persons", held),
        _among(con, "everybody in a family is a person", "SELECT person_id FROM families", held),
        _among(con, "every finding is of a person or a family", "SELECT subject FROM findings",
               f"{held} UNION ALL {families}"),
    ]  # fmt: skip


def _graph_agrees(
    con: duckdb.DuckDBPyConnection, run: RunFolder, settings: Settings
) -> list[Check]:
    counted = {
        "Record": _number(con, "SELECT count(*) FROM records"),
        "Person": _number(con, "SELECT count(*) FROM persons"),
        "Family": _number(con, "SELECT count(DISTINCT family_id) FROM families"),
        "Address": _number(con, "SELECT count(*) FROM addresses"),
        "Involvement": _number(con, "SELECT count(*) FROM facts WHERE kind = 'involvement'"),
    }
    with graph.open_graph(run.graph, settings) as store:
        return [
            _equal(f"the graph holds every {label}", rows, store.count(label))
            for label, rows in counted.items()
        ]


def _register_agrees(con: duckdb.DuckDBPyConnection, workspace: Workspace, run: RunFolder) -> Check:
    file = workspace.register(run)
    if not file.exists():
        return Check("the register of ids is kept", holds=False, figures="no register")
    kept = _number(
        con,
        "SELECT count(*) FROM members m JOIN read_parquet(?) r USING (record_id, person_id)"
        " WHERE m.state = 'accepted'",
        str(file),
    )
    members = _number(con, "SELECT count(*) FROM members WHERE state = 'accepted'")
    return _equal("the register of ids holds every record's person", members, kept)


def _audit_is_whole(workspace: Workspace, settings: Settings) -> Check:
    with open_ledger(workspace.ledger, settings) as ledger:
        broken = ledger.broken_audit_entries()
    return Check("the audit chain is whole", not broken, f"{len(broken)} entries broken")
