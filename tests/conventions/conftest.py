"""What the convention tests look at: the tracked files, and the product's own Python."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
PACKAGES = ("pei_graph", "loaders", "cypher", "webapp")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository's root."""
    return REPOSITORY


@pytest.fixture(scope="session")
def tracked() -> Sequence[Path]:
    """Every tracked file that exists, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True, text=True
    ).stdout
    files = [Path(name) for name in listed.split("\0") if name]
    assert files
    return [file for file in files if (REPOSITORY / file).is_file()]


@pytest.fixture(scope="session")
def modules(tracked: Sequence[Path]) -> Sequence[Path]:
    """Every Python file of the four packages, relative to the root."""
    return [file for file in tracked if file.suffix == ".py" and file.parts[0] in PACKAGES]
