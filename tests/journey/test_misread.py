"""What a contract reads wrongly, and what went amiss with deliveries, is told where users look."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from alike_sources import ABOUT
from click.testing import CliRunner, Result

from loaders import CONTRACTS
from pei_graph.cli import main
from pei_graph.errors import ContractError
from pei_graph.workspace import Workspace

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"

HELD_OUT = """
import sys
from pathlib import Path

from held_out import families
from held_out_views import write

write(families(300, 5), Path(sys.argv[1]), seed=5)
"""


def pei(*arguments: object) -> Result:
    """Run the command in this process and return what it printed."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result


def wrong_contracts() -> list[dict[str, Any]]:
    """Return three packaged contracts, in each of which something is exchanged."""
    police, roll, benefits = (
        yaml.safe_load((CONTRACTS / f"{source}.yml").read_text())
        for source in ("asp", "capita_one", "dwp")
    )
    read = police["lists"]["nominals"]["people"][0]["fields"]
    read["forename"], read["surname"] = read["surname"], read["forename"]
    roll["dates"] = ["%m/%d/%Y"]
    sexes = benefits["codes"]["sex"].items()
    benefits["codes"]["sex"] = {spelt: {"M": "F", "F": "M"}[sex] for spelt, sex in sexes}
    return [police, roll, benefits]


@pytest.fixture(scope="module")
def wrong(
    council: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workspace, Path]:
    """Return a workspace after a run by wrong contracts, and their folder."""
    contracts, root = tmp_path_factory.mktemp("contracts"), tmp_path_factory.mktemp("wrong")
    for contract in wrong_contracts():
        (contracts / f"{contract['id']}.yml").write_text(yaml.safe_dump(contract))
    pei("run", council.sources, "-w", root, "--contracts", contracts)
    return Workspace(root), contracts


def misread(workspace: Workspace) -> list[dict[str, Any]]:
    """Return what the report of the current run says of columns that are exchanged."""
    report = json.loads(workspace.require_current().report.read_text())
    found: list[dict[str, Any]] = report["misread"]
    return found


def test_what_a_wrong_contract_exchanges_is_in_the_report(wrong: tuple[Workspace, Path]) -> None:
    """Names, births and sexes, each of the list that was read wrongly and of no other."""
    told = {(each["source"], each["list"], each["column"]) for each in misread(wrong[0])}
    assert told == {
        ("asp", "nominals", "SURNAME, FORENAME"),
        ("capita_one", "roll", "DOB"),
        ("dwp", "benefits", "TITLE"),
    }


def test_what_is_exchanged_stands_at_the_end_of_a_run(wrong: tuple[Workspace, Path]) -> None:
    """Of one that is built upon the last too, which says the same."""
    workspace, contracts = wrong
    before = misread(workspace)
    said = pei("settle", "-w", workspace.root, "--contracts", contracts).output
    assert "Built upon the last run" in said
    assert "Contracts that need looking at" in said
    assert misread(workspace) == before


def test_a_sound_council_is_told_of_nothing(council: SimpleNamespace) -> None:
    """Where every contract says what its columns hold, and every file is read."""
    report = json.loads(council.workspace.require_current().report.read_text())
    assert (report["misread"], report["amiss"], report["unknown"]) == ([], [], 0)


def test_what_went_amiss_stands_at_the_end_of_a_run(
    council: SimpleNamespace, tmp_path: Path
) -> None:
    """A list that was cut off, one that was refused, and a file that nobody knows.

    What was refused is told of no more once the list came as it should.
    """
    root, sources = tmp_path / "w", tmp_path / "sources"
    shutil.copytree(council.workspace.root, root)
    benefits, clients, other = (
        sources / name for name in ("dwp/dwp_benefits.csv", "lcs/clients.csv", "lcs/other.csv")
    )
    for file in (benefits, clients):
        file.parent.mkdir(parents=True)
        lines = (council.sources / file.relative_to(sources)).read_text().splitlines()
        file.write_text("\n".join(lines[:20]))
    clients.write_text(clients.read_text().replace("PERSON_ID", "NUMBER"))
    other.write_text("number\n1\n")
    said = " ".join(pei("run", sources, "-w", root).output.split())
    assert "Deliveries that need looking at" in said
    assert "No contract speaks of 1 of the files" in said
    assert amiss(root) == [
        ("dwp", "benefits", "fewer_rows", "warning"),
        ("lcs", "clients", "missing_column", "error"),
    ]
    shutil.copyfile(council.sources / "lcs/clients.csv", clients)
    pei("run", clients, "-w", root)
    assert amiss(root) == [("dwp", "benefits", "fewer_rows", "warning")]
    report = json.loads(Workspace(root).require_current().report.read_text())
    assert report["noted"] < report["tables"]["issues"]


def test_columns_that_are_mostly_not_understood_stand_at_the_end_of_a_run(tmp_path: Path) -> None:
    """With their rule, where half of a delivery's rows are concerned; a few stay on the page.

    So do deliveries of which half the rows are set aside.
    """
    rows = [
        f"T{n},Testa{n} Example,{'04.05.1990' if n % 2 else '04/05/1990'},{n}" for n in range(40)
    ]
    file = tmp_path / "sources" / "tenants.csv"
    file.parent.mkdir()
    file.write_text("\n".join(["Tenancy,Name,Born,Owes", *rows, "T40,Testo Example,?,?"]))
    keys = ["1.2E+11"] * 20
    (file.parent / "visits.csv").write_text("\n".join(["Tenancy", *keys, "T1"]))
    contracts = tmp_path / "contracts"
    contracts.mkdir()
    tenant = {"role": "tenant", "key": "Tenancy", "fields": {"name": "Name", "birth_date": "Born"}}
    debt = {"type": "debt", "about": "tenant", "value": "Owes"}
    tenants = {"title": "Tenants", "files": "tenants.csv", "people": [tenant], "facts": [debt]}
    visits = {"title": "Visits", "files": "visits.csv", "people": [{**tenant, "fields": {}}]}
    lists = {"tenants": tenants, "visits": visits}
    contract = {"id": "housing", "title": "Housing", **ABOUT, "lists": lists}
    (contracts / "housing.yml").write_text(yaml.safe_dump(contract))
    pei("run", tmp_path / "sources", "-w", tmp_path / "w", "--contracts", contracts)
    assert amiss(tmp_path / "w") == [
        ("housing", "tenants", "bad_date", "warning"),
        ("housing", "visits", "rounded_key", "warning"),
    ]


def test_a_source_is_not_lost_with_its_contract(tmp_path: Path) -> None:
    """A run that forgets the folder of contracts stops; one without the files needs it no more.

    Nor is a source whose files another contract takes lost.
    """
    person = {"role": "tenant", "key": "Id", "fields": {"name": "Name"}}
    tenants = {"title": "Tenants", "files": "sources/tenants.csv", "people": [person]}
    contract = {"id": "housing", "title": "Housing", **ABOUT, "lists": {"tenants": tenants}}
    sources, mine, others = (tmp_path / name for name in ("sources", "mine", "others"))
    for folder in (sources, mine, others):
        folder.mkdir()
    (mine / "housing.yml").write_text(yaml.safe_dump(contract))
    (others / "homes.yml").write_text(yaml.safe_dump({**contract, "id": "homes"}))
    (sources / "tenants.csv").write_text("Id,Name\n1,Testa Example\n")
    root = ["-w", str(tmp_path / "w")]
    pei("run", sources, *root, "--contracts", mine)
    result = CliRunner().invoke(main, ["settle", *root])
    assert result.exit_code == ContractError.exit_code
    assert "The last run read housing by contracts that are not given now" in result.output
    pei("settle", *root, "--contracts", others)
    [delivery] = json.loads(pei("deliveries", *root, "--json").output)
    pei("deliveries", *root, "withdraw", delivery["id"], "--why", "invented")
    assert "No delivery could be loaded" in CliRunner().invoke(main, ["settle", *root]).output


@pytest.mark.parametrize(("name", "head"), [({"pattern": "("}, {}), ({}, {"postcodes": "("})])
def test_a_pattern_that_is_wrong_stops_a_run(
    tmp_path: Path, name: dict[str, str], head: dict[str, str]
) -> None:
    """In plain words, and before anything is received."""
    person = {"role": "tenant", "key": "Id", "fields": {"name": {"from": "Name", **name}}}
    tenants = {"title": "Tenants", "files": "tenants.csv", "people": [person]}
    contract = {"id": "housing", "title": "Housing", **ABOUT, **head, "lists": {"all": tenants}}
    (tmp_path / "housing.yml").write_text(yaml.safe_dump(contract))
    (tmp_path / "tenants.csv").write_text("Id,Name\n1,Testa Example\n")
    told = [str(tmp_path / "tenants.csv"), "-w", str(tmp_path / "w"), "--contracts", str(tmp_path)]
    result = CliRunner().invoke(main, ["run", *told])
    assert result.exit_code == ContractError.exit_code
    assert "In the contract housing the pattern ( is no regular expression" in result.output
    assert not list(tmp_path.glob("w/precious/deliveries/*"))


def amiss(root: Path) -> list[tuple[str, ...]]:
    """Return what the current run tells of deliveries."""
    report = json.loads(Workspace(root).require_current().report.read_text())
    names = ("source", "list", "rule", "severity")
    return [tuple(str(each[name]) for name in names) for each in report["amiss"]]


@pytest.mark.long
def test_a_sound_council_of_other_hands_is_told_of_nothing(tmp_path: Path) -> None:
    """One made by nothing of the product's own, with other names, layouts and errors."""
    made = [sys.executable, "-c", HELD_OUT, str(tmp_path)]
    subprocess.run(made, check=True, cwd=BENCHMARKS)
    contracts = BENCHMARKS / "contracts"
    pei("run", tmp_path / "sources", "-w", tmp_path / "w", "--contracts", contracts)
    assert misread(Workspace(tmp_path / "w")) == []
