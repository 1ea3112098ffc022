"""From delivered files to findings, as a user meets it at the command line."""

import codecs
import csv
import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from click.testing import CliRunner, Result

from pei_graph.cli import main
from pei_graph.ledger import authenticate, open_ledger
from pei_graph.look_ups import LOOKED_UP
from pei_graph.workspace import Workspace

SAME_IN_EVERY_RUN = {
    "records": "SELECT * EXCLUDE (delivery_id) FROM records ORDER BY record_id",
    "members": "SELECT record_id, person_id, state FROM members ORDER BY ALL",
    "families": "SELECT * FROM families ORDER BY ALL",
    "findings": "SELECT * FROM findings ORDER BY ALL",
    "priorities": "SELECT * FROM priorities ORDER BY ALL",
}


def pei(*arguments: object) -> Result:
    """Run the command in this process and return what it printed and its exit code."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def _rows(workspace: Workspace, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        return con.execute(query).fetchall()


def test_every_count_adds_up(council: SimpleNamespace) -> None:
    """After a run, `pei verify` finds nothing lost and exits with nought."""
    result = pei("verify", "--workspace", council.workspace.root, "--json")
    checks = json.loads(result.output)
    assert [check for check in checks if not check["holds"]] == []
    assert len(checks) > 30
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        ("UPDATE persons SET person_id = 'P-0'", "every person is made of records"),
        ("UPDATE families SET person_id = 'P-0'", "everybody in a family is a person"),
        ("UPDATE findings SET subject = 'P-0'", "every finding is of a person or a family"),
        ("UPDATE record_rows SET row = -1", "every accepted row speaks of a record"),
        ("UPDATE members SET record_id = 'x:0'", "every record belongs to exactly one person"),
    ],
)
def test_as_many_others_are_not_the_same(
    council: SimpleNamespace, tmp_path: Path, spoilt: str, says: str
) -> None:
    """Where one row of a table speaks of another thing all counts agree, and `pei verify` tells."""
    root = tmp_path / "w"
    shutil.copytree(council.workspace.root, root)
    with duckdb.connect(str(Workspace(root).require_current().tables)) as con:
        table = spoilt.split()[1]
        con.execute(f"{spoilt} WHERE rowid = (SELECT min(rowid) FROM {table})")
    result = pei("verify", "-w", root, "--json")
    wrong = [check["says"] for check in json.loads(result.output) if not check["holds"]]
    assert says in wrong
    assert result.exit_code == 1


def test_what_is_looked_up_is_indexed(council: SimpleNamespace) -> None:
    """A finished run has an index on every column that explanations look things up by."""
    query = "SELECT table_name, expressions FROM duckdb_indexes()"
    indexed = {(table, columns.strip("[]")) for table, columns in _rows(council.workspace, query)}
    assert indexed == set(LOOKED_UP)


def test_training_leaves_no_tables(council: SimpleNamespace) -> None:
    """What the model was trained on is not kept in the run's file."""
    names = _rows(council.workspace, "SELECT table_name FROM duckdb_tables() WHERE NOT temporary")
    assert ("links",) in names
    assert [name for (name,) in names if name.startswith("__")] == []


def test_persons_and_families_are_found(council: SimpleNamespace) -> None:
    """`pei evaluate` prints precision, recall and F1 for persons and families as JSON."""
    result = pei("evaluate", "-w", council.workspace.root, "--truth", council.truth, "--json")
    measures = json.loads(result.output)
    assert result.exit_code == 0
    assert measures["measures"]["person F1"]["value"] > 0.9
    assert measures["measures"]["family F1"]["value"] > 0.8


def test_a_truth_that_fits_half_is_told(council: SimpleNamespace, tmp_path: Path) -> None:
    """Rows of the truth that name no record, and records without one, are told beside figures."""
    rows = council.truth.read_text("utf-8").splitlines()
    spoilt = [row.replace(",", ",x", 1) for row in rows[1:11]]
    file = tmp_path / "persons.csv"
    file.write_text("\n".join([rows[0], *spoilt, *rows[21:]]), encoding="utf-8")
    told = " ".join(pei("evaluate", "-w", council.workspace.root, "--truth", file).output.split())
    assert f"10 of {len(rows) - 11:,} rows of the truth name no record of this run" in told
    assert "20 records of this run have no row in the truth" in told


def test_unchanged_input_changes_nothing(council: SimpleNamespace, tmp_path: Path) -> None:
    """A second run over the same deliveries gives the same ids, families and findings."""
    root = tmp_path / "w"
    shutil.copytree(council.workspace.root, root)
    again = Workspace(root)
    before = {name: _rows(again, query) for name, query in SAME_IN_EVERY_RUN.items()}
    assert pei("run", council.sources, "--workspace", root).exit_code == 0
    assert again.require_current().number == council.workspace.require_current().number + 1
    after = {name: _rows(again, query) for name, query in SAME_IN_EVERY_RUN.items()}
    assert after == before
    assert _rows(again, "SELECT * FROM identity_log") == []


def test_a_model_is_trained_once_and_again_when_asked(
    council: SimpleNamespace, tmp_path: Path
) -> None:
    """Later runs use the model of the first; --retrain makes the next one, and runs then use it."""
    root = tmp_path / "w"
    shutil.copytree(council.workspace.root, root)
    again = Workspace(root)
    used = []
    for options in ([], ["--retrain"], []):
        result = pei("run", council.sources, "--workspace", root, "--json", *options)
        used.append(json.loads(result.stdout)["model"])
        assert _rows(again, "SELECT number FROM model") == [(used[-1],)]
    assert used == [1, 2, 2]


def test_everything_derived_can_be_rebuilt(council: SimpleNamespace, tmp_path: Path) -> None:
    """With everything derived gone, `pei rebuild` makes the same persons and findings again."""
    root = tmp_path / "w"
    shutil.copytree(council.workspace.root, root)
    again = Workspace(root)
    before = {name: _rows(again, query) for name, query in SAME_IN_EVERY_RUN.items()}
    shutil.rmtree(root / "derived")
    assert pei("rebuild", "--workspace", root).exit_code == 0
    assert {name: _rows(again, query) for name, query in SAME_IN_EVERY_RUN.items()} == before


def test_a_person_is_explained(council: SimpleNamespace) -> None:
    """`pei explain PERSON` names the records that make the person, and what holds each in."""
    ((person,),) = _rows(
        council.workspace,
        "SELECT person_id FROM persons ORDER BY records DESC, person_id LIMIT 1",
    )
    result = pei("explain", person, "-w", council.workspace.root, "--json")
    said = json.loads(result.output)
    assert said["person_id"] == person
    assert len(said["records"]) > 2
    assert pei("explain", person, "-w", council.workspace.root).exit_code == 0


def test_a_pair_adds_up(council: SimpleNamespace) -> None:
    """`pei explain A B` gives a prior and bits whose sum is the weight."""
    ((left, right),) = _rows(
        council.workspace,
        "SELECT record_l, record_r FROM links WHERE reason = 'model' ORDER BY ALL LIMIT 1",
    )
    said = json.loads(pei("explain", right, left, "-w", council.workspace.root, "--json").output)
    sums = said["waterfall"]
    total = sums["prior"] + sum(step["bits"] for step in sums["steps"])
    assert total == pytest.approx(sums["weight"])


def test_an_unknown_id_is_a_clear_error(council: SimpleNamespace) -> None:
    """Asking about what is not there says so, with an exit code of its own."""
    result = pei("explain", "P-0", "-w", council.workspace.root)
    assert result.exit_code == 9


@pytest.mark.parametrize("subject", ["persons", "families", "findings", "links"])
@pytest.mark.parametrize("form", ["csv", "parquet", "json"])
def test_exports(council: SimpleNamespace, tmp_path: Path, subject: str, form: str) -> None:
    """Each subject can be written in each format, and is read back with rows."""
    file = tmp_path / f"{subject}.{form}"
    result = pei("export", subject, file, "-w", council.workspace.root)
    assert result.exit_code == 0, result.output
    with duckdb.connect() as con:
        reader = {"csv": "read_csv_auto", "parquet": "read_parquet", "json": "read_json_auto"}[form]
        ((rows,),) = con.execute(f"SELECT count(*) FROM {reader}(?)", [str(file)]).fetchall()
    assert rows > 0


def test_exports_are_read_by_others(council: SimpleNamespace, tmp_path: Path) -> None:
    """JSON is one document, and CSV says that it is UTF-8, without which Excel garbles names."""
    for form in ("json", "csv"):
        pei("export", "persons", tmp_path / f"persons.{form}", "-w", council.workspace.root)
    rows = json.loads((tmp_path / "persons.json").read_text("utf-8"))
    with (tmp_path / "persons.csv").open(encoding="utf-8-sig", newline="") as opened:
        told = list(csv.DictReader(opened))
    assert [row["person_id"] for row in rows] == [row["person_id"] for row in told]
    assert (tmp_path / "persons.csv").read_bytes().startswith(codecs.BOM_UTF8)


@pytest.mark.parametrize(
    "command", [["export", "persons"], ["sample"], ["model", "report"], ["queue", "--sheet"]]
)
def test_what_cannot_be_written_is_told(
    council: SimpleNamespace, tmp_path: Path, command: list[str]
) -> None:
    """Where a folder stands in the way, or a spreadsheet holds the file, it says what to do."""
    (tmp_path / "there.csv").mkdir()
    result = pei(*command, tmp_path / "there.csv", "-w", council.workspace.root)
    assert "cannot be written. Close it where it is open" in " ".join(result.output.split())
    assert isinstance(result.exception, SystemExit)


def test_a_finding_is_exported_with_its_day(council: SimpleNamespace, tmp_path: Path) -> None:
    """Every finding in an export says which day it is as of: the run's."""
    file = tmp_path / "findings.parquet"
    pei("export", "findings", file, "-w", council.workspace.root)
    report = json.loads(council.workspace.require_current().report.read_text(encoding="utf-8"))
    with duckdb.connect() as con:
        days = con.execute("SELECT DISTINCT as_of::VARCHAR FROM read_parquet(?)", [str(file)])
        assert days.fetchall() == [(report["as_of"],)]


def test_links_are_told_as_they_came_out(council: SimpleNamespace, tmp_path: Path) -> None:
    """A link is a match inside a person, possible where a record is a candidate, and else none."""
    file = tmp_path / "links.parquet"
    pei("export", "links", file, "-w", council.workspace.root)
    tables = council.workspace.require_current().tables
    with duckdb.connect(str(tables), read_only=True) as con:
        con.execute(f"CREATE TEMP TABLE told AS FROM read_parquet('{file}')")
        held, maybe = (
            set(con.execute(f"SELECT record_id, person_id FROM members WHERE {state}").fetchall())
            for state in ("state = 'accepted'", "state = 'possible'")
        )
        links = con.execute(
            "SELECT match, system_1 || ':' || id_1, system_2 || ':' || id_2 FROM told"
        ).fetchall()
    person = dict(held)
    seen = set()
    for match, left, right in links:
        crossed = {(left, person[right]), (right, person[left])}
        expected = "yes" if crossed <= held else "possible" if crossed & maybe else "no"
        assert match == expected
        seen.add(match)
    assert seen == {"yes", "possible", "no"}


def test_exports_leave_out_what_is_sealed(council: SimpleNamespace, tmp_path: Path) -> None:
    """No sealed person stands in an export, nor anything about the family they live in."""
    root = tmp_path / "w"
    shutil.copytree(council.workspace.root, root)
    tables = Workspace(root).require_current().tables
    with duckdb.connect(str(tables)) as con:
        ((family, person),) = con.execute(
            "SELECT family_id, subject FROM findings WHERE family_id IS NOT NULL"
            " AND subject <> family_id ORDER BY ALL LIMIT 1"
        ).fetchall()
        con.execute("UPDATE persons SET sealed = true WHERE person_id = ?", [person])
    for subject in ("persons", "families", "findings"):
        file = tmp_path / f"{subject}.csv"
        pei("export", subject, file, "-w", root)
        cells = {cell for line in file.read_text().splitlines() for cell in line.split(",")}
        assert person not in cells
        assert subject == "persons" or family not in cells


def test_links_of_somebody_sealed_are_not_exported(
    council: SimpleNamespace, tmp_path: Path
) -> None:
    """One sealed record seals the person: what others hold of them stands in no link either."""
    file = tmp_path / "links.parquet"
    pei("export", "links", file, "-w", council.workspace.root)
    told = _rows(council.workspace, f"SELECT system_1 || ':' || id_1 FROM '{file}'")
    told += _rows(council.workspace, f"SELECT system_2 || ':' || id_2 FROM '{file}'")
    sealed = _rows(
        council.workspace,
        "SELECT record_id FROM members JOIN persons USING (person_id)"
        " WHERE sealed AND state = 'accepted'",
    )
    assert len(sealed) > 1
    assert set(told) & set(sealed) == set()


def test_a_question_is_answered(council: SimpleNamespace) -> None:
    """`pei ask` answers a SELECT over the run's tables, as a table or as JSON."""
    question = "SELECT count(*) AS people FROM persons"
    result = pei("ask", question, "-w", council.workspace.root, "--json")
    assert json.loads(result.output)[0]["people"] > 100
    assert "1 rows" in pei("ask", question, "-w", council.workspace.root).output


@pytest.mark.parametrize(
    "question",
    ["DROP TABLE persons", "SELECT * FROM read_csv('/etc/passwd')", "COPY persons TO 'x.csv'", "?"],
)
def test_a_question_can_change_and_reach_nothing(council: SimpleNamespace, question: str) -> None:
    """A question that writes, or reads anything but the run, is refused."""
    assert pei("ask", question, "-w", council.workspace.root).exit_code == 11


def test_somebody_is_invited(council: SimpleNamespace, tmp_path: Path) -> None:
    """`pei invite` prints a password that signs in with the role given; a name is given once."""
    root = tmp_path / "w"
    shutil.copytree(council.workspace.root, root)
    said = pei("invite", "testa", "--role", "admin", "-w", root).output
    password = said.split("password ")[1].split()[0]
    with open_ledger(Workspace(root).ledger) as ledger:
        user = authenticate(ledger, "testa", password)
    assert user is not None
    assert user.role == "admin"
    assert pei("invite", "testa", "-w", root).exit_code == 1


def test_a_workspace_without_a_run_is_a_clear_error(tmp_path: Path) -> None:
    """Commands that need a run say that there is none, and what to do."""
    for command in ("verify", "serve"):
        assert pei(command, "--workspace", tmp_path).exit_code == 6
    assert pei("rebuild", "--workspace", tmp_path).exit_code == 6
