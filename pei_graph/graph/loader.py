"""A process of its own that copies tables into a graph while the next are still being written."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, cast

from pei_graph.errors import GraphError
from pei_graph.graph import ladybug
from pei_graph.graph.store import Question
from pei_graph.settings import Settings


class Loader:
    """What is told to the process runs there in order; telling does not wait for it."""

    def __init__(self, process: subprocess.Popen[str], settings: Settings) -> None:
        """Speak to ``process``, which reads one JSON value a line."""
        self._process, self._settings = process, settings

    def tell(self, line: object) -> None:
        """The process has the line, or ``GraphError`` says why it ended."""
        told = cast("IO[str]", self._process.stdin)
        try:
            told.write(json.dumps(line) + "\n")
            told.flush()
        except BrokenPipeError:
            self.finish()

    def ask(self, question: Question, file: Path) -> None:
        """The graph's answer will stand in ``file``: how it is once all told so far has run."""
        days = {
            name: value.isoformat()
            for name, value in question.parameters.items()
            if isinstance(value, date)
        }
        values = {name: each for name, each in question.parameters.items() if name not in days}
        timeout_s = self._settings.query_timeout_s
        self.tell(
            {
                "ask": question.text,
                "values": values,
                "days": days,
                "file": str(file),
                "timeout_s": timeout_s,
            }
        )

    def answered(self) -> None:
        """One more question is answered, or ``GraphError`` says why none will be."""
        if not cast("IO[str]", self._process.stdout).readline():
            self.finish()

    def finish(self) -> None:
        """Everything told has run; raises ``GraphError`` with the process's last words if not."""
        _, said = self._process.communicate()
        if self._process.returncode:
            why = (said.strip().splitlines() or ["it said nothing"])[-1]
            raise GraphError(
                f"The graph could not be loaded (its loader ended with "
                f"{self._process.returncode}): {why}",
                do=f"The last good graph is still in place; {_advice(why)}",
            )


def _advice(why: str) -> str:
    if "Buffer manager" in why:
        return "set PEI_GRAPH_BUFFER_MB higher: the graph's engine had too little memory"
    return "run again, or report this"


@contextmanager
def loader(graph: Path, settings: Settings) -> Iterator[Loader]:
    """Give a loader of ``graph``; it is gone when the body ends, finished or not."""
    # By its path: as a module it would import its whole package. Safely (-P): its folder holds a
    # module of the engine's name, which is itself.
    with subprocess.Popen(  # noqa: S603 - the product's own module, no shell
        [sys.executable, "-P", ladybug.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            started = Loader(process, settings)
            started.tell(
                {
                    "graph": str(graph),
                    "buffer_mb": settings.graph_buffer_mb,
                    "threads": settings.threads,
                }
            )
            yield started
        finally:
            process.kill()
