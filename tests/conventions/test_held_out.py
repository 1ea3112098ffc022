"""The held-out council of the quality page is the same council whoever makes it."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"

MADE = """
import sys
from pathlib import Path

from held_out import families
from held_out_views import write

write(families(60, 78), Path(sys.argv[1]), seed=78)
"""


def _made(folder: Path, seed: str) -> dict[str, str]:
    """Return each file of a council made in a process that orders its sets by ``seed``."""
    surroundings = {**os.environ, "PYTHONPATH": str(BENCHMARKS), "PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, "-c", MADE, str(folder)], check=True, env=surroundings)
    files = (file for file in folder.rglob("*") if file.is_file())
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


def test_one_seed_makes_one_council(tmp_path: Path) -> None:
    """In whatever order a process keeps its sets."""
    assert _made(tmp_path / "one", "1") == _made(tmp_path / "other", "2")
