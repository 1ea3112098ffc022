"""A process of its own that copies tables into a graph while the next are still being written."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from pei_graph.errors import GraphError
from pei_graph.graph import ladybug
from pei_graph.settings import Settings


class Loader:
    """What is told to the process runs there in order; telling does not wait for it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Speak to ``process``, which reads one JSON value a line."""
        self._process = process

    def tell(self, line: object) -> None:
        """The process has the line, or ``GraphError`` says why it ended."""
        told = cast("IO[str]", self._process.stdin)
        try:
            told.write(json.dumps(line) + "\n")
            told.flush()
        except BrokenPipeError:
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
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            started = Loader(process)
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
