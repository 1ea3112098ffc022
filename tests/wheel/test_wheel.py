"""The wheel holds everything the product needs, and runs where nothing else is."""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
PACKAGES = ("pei_graph", "loaders", "cypher", "webapp")
PEOPLE = 300

pytestmark = [pytest.mark.wheel, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def wheel() -> Path:
    """The one wheel that `make wheel` built."""
    (built,) = (REPOSITORY / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that holds the wheel and the locked packages, no more."""
    folder = tmp_path_factory.mktemp("installed")
    uv = shutil.which("uv") or str(REPOSITORY / ".tools" / "bin" / "uv")
    python = folder / "bin" / "python"
    lock = REPOSITORY / "requirements.lock"
    install = [uv, "pip", "install", "--quiet", "--python", python]
    for command in (
        [uv, "venv", "--quiet", "--allow-existing", folder],
        [*install, "--require-hashes", "-r", lock],
        [*install, "--no-deps", wheel],
    ):
        subprocess.run(command, check=True, cwd=folder)
    return folder / "bin" / "pei"


def _elsewhere(command: Path, *arguments: str, folder: Path) -> str:
    """Run the installed command in another folder, with nothing of this repository in reach."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    ended = subprocess.run(
        [command, *arguments], cwd=folder, env=plain, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    """Each tracked file of the four packages is in the wheel, and so are the browser assets."""
    listed = subprocess.run(
        ["git", "ls-files", *PACKAGES], cwd=REPOSITORY, capture_output=True, check=True, text=True
    ).stdout.split()
    assets = {
        str(file.relative_to(REPOSITORY))
        for file in (REPOSITORY / "webapp" / "static" / "vendor").rglob("*")
        if file.is_file()
    }
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    assert assets
    assert ({*listed} | assets) - names == set()


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    """No tests, downloads of node or workspaces are packed by mistake."""
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    strays = {name for name in names if not name.startswith((*PACKAGES, "pei_graph-"))}
    assert strays | {name for name in names if "node_modules" in name} == set()


def test_the_demo_runs_from_an_installed_wheel(installed: Path, tmp_path: Path) -> None:
    """In another folder, `pei demo --no-serve` makes a run that `pei verify` finds whole."""
    _elsewhere(installed, "demo", "--no-serve", "--people", str(PEOPLE), folder=tmp_path)
    checks = json.loads(
        _elsewhere(installed, "verify", "-w", f"demo/{PEOPLE}-1", "--json", folder=tmp_path)
    )
    assert checks
    assert [check for check in checks if not check["holds"]] == []
