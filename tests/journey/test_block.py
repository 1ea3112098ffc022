"""A house of which others tell the flats, from a contract to the pages."""

import html
import re
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pei_graph.cli import main
from pei_graph.ledger import create_user, open_ledger
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace
from webapp import create_app

CONTRACT = """
id: tenancies
title: Tenancies
agency: Housing
owner: Nobody
contact: {team: Nobody, telephone: "01632 960000"}
freshness: {every: day, since: always, covers: all}
lists:
  tenants:
    title: Tenants
    files: "tenants.csv"
    people:
      - role: adult
        key: id
        fields: {forename: forename, surname: surname, birth_date: born}
        address: {line: line, postcode: postcode}
"""

TENANTS = """\
id,forename,surname,born,line,postcode
1,Testa,Example,1980-01-02,22 Invented Road,ZZ1 1ZZ
2,Tim,Example,1981-01-02,22 Invented Road,ZZ1 1ZZ
3,Mina,Sample,1982-01-02,22 Invented Road,ZZ1 1ZZ
4,Owen,Unlike,1983-01-02,"Flat 3, 22 Invented Road",ZZ1 1ZZ
"""

PASSWORD = "an invented password of some length"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace after a run."""
    root = tmp_path_factory.mktemp("block")
    for name, text in {"contracts/tenancies.yml": CONTRACT, "files/tenants.csv": TENANTS}.items():
        file = root / name
        file.parent.mkdir()
        file.write_text(text)
    folders = [str(root / "files"), "-w", str(root / "w"), "--contracts", str(root / "contracts")]
    said = CliRunner().invoke(main, ["run", *folders, "--as-of", "2026-11-01"])
    assert said.exit_code == 0, said.output
    return Workspace(root / "w")


def family_of(workspace: Workspace, key: str) -> str:
    """Return the family of a tenant."""
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        [(family,)] = con.execute(
            "SELECT family_id FROM families JOIN members USING (person_id) WHERE record_id = ?",
            [f"tenancies:{key}"],
        ).fetchall()
    return str(family)


def page_of(root: Path, family: str) -> str:
    """Return the words of a family's page."""
    settings = Settings(graph_buffer_mb=512, memory_limit="500MB", threads=2)
    with open_ledger(Workspace(root).ledger, settings) as ledger:
        create_user(ledger, "somebody", PASSWORD, "analyst")
    app = create_app(root, settings)
    app.config["WTF_CSRF_ENABLED"] = False
    browser = app.test_client()
    form = {"name": "somebody", "password": PASSWORD, "purpose": "Checking data quality"}
    browser.post("/login", data=form)
    text = browser.get(f"/family/{family}").text
    app.extensions["readers"].close()
    app.extensions["ledger"].close()
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def test_a_block_has_families_of_kin_and_namesakes(workspace: Workspace) -> None:
    """Whose flat nobody told is no family with strangers of the house, and the page says so."""
    example, sample = family_of(workspace, "1"), family_of(workspace, "3")
    assert family_of(workspace, "2") == example
    assert len({example, sample, family_of(workspace, "4")}) == 3
    page = page_of(workspace.root, example)
    assert "flat not told" in page
    assert "no system says which is this family's" in page
    assert f"Mina Sample aged 44 says Tenancies now of family {sample}" in page
    assert "Owen" not in page
