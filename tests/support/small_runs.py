"""Files of a few rows run by the command, what the tables then hold, and what pages say of it."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from click.testing import CliRunner
from flask.testing import FlaskClient

from pei_graph.cli import main
from pei_graph.ledger import create_user, open_ledger
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace
from webapp import create_app

PASSWORD = "an invented password of some length"


def deliver(folder: Path, files: dict[str, str]) -> Path:
    """The files stand in the folder; return it."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def pei(*arguments: object) -> str:
    """Run the command and return what it prints."""
    said = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert said.exit_code == 0, said.output
    return said.output


def rows(workspace: Workspace, query: str) -> set[tuple[object, ...]]:
    """Return what the tables of the current run answer."""
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        return set(con.execute(query).fetchall())


@contextmanager
def signed_in(workspace: Workspace, *roles: str) -> Iterator[dict[str, FlaskClient]]:
    """Give a browser for each role, signed in."""
    settings = Settings(graph_buffer_mb=512, memory_limit="500MB", threads=2)
    with open_ledger(workspace.ledger, settings) as ledger:
        for role in roles:
            create_user(ledger, role, PASSWORD, role)
    app = create_app(workspace.root, settings)
    app.config["WTF_CSRF_ENABLED"] = False
    browsers = {role: app.test_client() for role in roles}
    for role, browser in browsers.items():
        form = {"name": role, "password": PASSWORD, "purpose": "Checking data quality"}
        browser.post("/login", data=form)
    try:
        yield browsers
    finally:
        app.extensions["readers"].close()
        app.extensions["ledger"].close()


def words(page: str) -> str:
    """Return the words of a page."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
