"""The commands that a document shows: each that begins with ``$`` in a block marked ``console``."""

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```console( exact)?\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a page, and the lines its output must hold."""

    command: str
    promised: Sequence[str]


def steps(text: str) -> Iterator[Step]:
    """Return each command of a page, in order."""
    for exact, block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            yield Step(command, [line for line in shown if line.strip()] if exact else [])


def _folded(text: str) -> str:
    return " ".join(text.split())


def _holds(output: str, line: str) -> bool:
    pieces = map(re.escape, map(_folded, line.split("...")))
    return re.search(".*".join(pieces), _folded(output)) is not None


def assert_works(step: Step, folder: Path, environment: Mapping[str, str]) -> None:
    """The command ends well in ``folder``, and its output holds what the page shows."""
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", step.command],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    output = ended.stdout + ended.stderr
    assert ended.returncode == 0, f"{step.command}\n{output[-2000:]}"
    assert [line for line in step.promised if not _holds(output, line)] == []
