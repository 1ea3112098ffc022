"""A run made anew, by another contract or another version, reads no file that it need not."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from same_run import differing

from pei_graph import basis
from pei_graph.cli import main
from pei_graph.contract.reading import CONTRACTS
from pei_graph.workspace import Workspace

pytestmark = pytest.mark.long

AS_OF = ("--as-of", "2026-09-30")


def pei(*arguments: object) -> dict[str, Any]:
    """Run the command and return the report it prints."""
    result = CliRunner().invoke(main, [*map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


@pytest.fixture
def workspace(council: SimpleNamespace, tmp_path: Path) -> Workspace:
    """Give a copy of the council's workspace, to be changed."""
    shutil.copytree(council.workspace.root, tmp_path / "w")
    return Workspace(tmp_path / "w")


@pytest.fixture
def contracts(tmp_path: Path) -> Path:
    """Give a folder with one contract that says something else than the packaged one."""
    told = (Path(str(CONTRACTS)) / "ehm.yml").read_text(encoding="utf-8")
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/ehm.yml").write_text(f"{told}\nbirths_from: 1990-01-01\n", encoding="utf-8")
    return tmp_path / "ours"


@contextmanager
def unread(workspace: Workspace, which: Callable[[Path], bool]) -> Iterator[None]:
    """Within the body whoever reads such a delivery finds nothing in it."""
    files = [each for each in workspace.deliveries.rglob("*.*") if each.is_file() and which(each)]
    content = {each: each.read_bytes() for each in files if each.suffix != ".changed"}
    assert content
    for each, told in content.items():
        each.write_bytes(b" " * len(told))
    yield
    for each, told in content.items():
        each.write_bytes(told)


def test_another_contract_reads_its_own_source_alone(
    workspace: Workspace, contracts: Path, tmp_path: Path
) -> None:
    """All else stands as it was read; the run is the run that reads all files."""
    by_ours = ("--contracts", contracts, *AS_OF)
    with unread(workspace, lambda file: "ehm" not in file.parts):
        upon = pei("settle", "-w", workspace.root, *by_ours)
    assert upon["full"] == "other contracts"
    twin = Workspace(tmp_path / "twin")
    shutil.copytree(workspace.root, twin.root)
    assert pei("rebuild", "-w", twin.root, *by_ours)["full"] == "asked for"
    assert set(differing(workspace, twin)) <= {"identity_log"}


def test_another_version_that_reads_alike_reads_no_file(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the code that reads is another too, all files are read again."""
    before = pei("settle", "-w", workspace.root, *AS_OF)
    monkeypatch.setattr(basis, "product_digest", lambda: "another")
    with unread(workspace, lambda _: True):
        alike = pei("settle", "-w", workspace.root, *AS_OF)
    assert (alike["full"], alike["tables"]) == ("another version of the product", before["tables"])
    monkeypatch.setattr(basis, "product_digest", lambda: "a third")
    monkeypatch.setattr(basis, "reading_digest", lambda: "another")
    with unread(workspace, lambda file: "dwp" in file.parts):
        other = pei("settle", "-w", workspace.root, *AS_OF)
    assert other["tables"]["records"] < before["tables"]["records"]
