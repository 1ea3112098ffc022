"""A small invented council as a workspace with one finished run: the web tests' fixture."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb

from pei_graph.contract import Contract, keep_contracts, read_contracts
from pei_graph.ended import find_ended
from pei_graph.graph import build
from pei_graph.layout import layout
from pei_graph.ledger import create_user, open_ledger
from pei_graph.link import link
from pei_graph.news import find_news
from pei_graph.resolve import write_log
from pei_graph.settings import Settings
from pei_graph.tables import STAGE_TABLES
from pei_graph.workspace import RunFolder, Workspace, connect

AS_OF = date(2026, 9, 30)
PASSWORD = "an invented password"
REGISTER = """
SELECT 'record' AS kind, record_id, NULL::VARCHAR AS id, person_id, NULL::VARCHAR AS family_id,
    true AS live, false AS housed, NULL::BIGINT AS number
FROM members
WHERE state = 'accepted'
UNION ALL
SELECT 'highest', NULL, letter, NULL, NULL, NULL, NULL, 99
FROM (VALUES ('P'), ('F')) t(letter)
"""
ROWS = Path(__file__).with_suffix(".sql")


def make_workspace(root: Path, settings: Settings) -> Workspace:
    """Return a workspace with one finished run and a user of each role."""
    workspace = Workspace(root)
    publish_run(workspace, settings)
    with open_ledger(workspace.ledger, settings) as ledger:
        for role in ("practitioner", "reviewer", "analyst", "admin"):
            create_user(ledger, role, PASSWORD, role)
    return workspace


def publish_run(
    workspace: Workspace,
    settings: Settings,
    extra: str = "",
    *,
    contracts: Mapping[str, Contract] | None = None,
) -> RunFolder:
    """Return a new run of the council, changed by the statements ``extra``, that readers see.

    It was made by the packaged contracts, where none are given.
    """
    with workspace.writing() as run:
        with connect(run.tables, settings) as con:
            for table in STAGE_TABLES:
                con.execute(table.ddl)
            con.execute("CREATE TABLE applied (record_l TEXT, record_r TEXT, verdict TEXT)")
            con.execute(ROWS.read_text(encoding="utf-8"))
            con.execute(extra or "SELECT 1").fetchall()
            described = read_contracts() if contracts is None else contracts
            find_ended(con, described, as_of=AS_OF)
            find_news(con, as_of=AS_OF)
            keep_contracts(con, described)
            _keep_model(con)
        build(run.tables, run.graph, settings)
        with connect(run.tables, settings) as con:
            write_log(con, workspace.identity_log(run))
            con.sql(REGISTER).write_parquet(str(workspace.register(run)))
        run.report.write_text(
            json.dumps({"run": run.number, "as_of": str(AS_OF), "layout": layout()})
        )
        workspace.publish(run)
    return run


def _keep_model(con: duckdb.DuckDBPyConnection) -> None:
    """The run keeps a model as every run does; its links stay those written by hand."""
    con.execute("CREATE TEMP TABLE by_hand AS FROM links")
    link(con, {})
    con.execute("DELETE FROM links")
    con.execute("INSERT INTO links FROM by_hand")
    con.execute("DROP TABLE by_hand")
